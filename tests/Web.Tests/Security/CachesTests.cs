using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace MsaOrleans.Web.Tests.Security;

/// <summary>No cache keeps what is about somebody: every page of the site is asked for, whoever adds one.</summary>
public sealed partial class CachesTests(Site site)
{
    [Fact]
    public async Task Every_page_that_somebody_signed_in_may_see_is_kept_in_no_cache()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        using var visitor = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
        visitor.DefaultRequestHeaders.Add("Cookie", $"msa-session={browser.Cookies["msa-session"]}");

        // What does not know who asks may be kept.
        foreach (var (path, page) in await KeptPages(visitor))
        {
            Assert.Matches(TellsOfNobody(), path);
            Assert.DoesNotContain(person.DisplayName, WebUtility.HtmlDecode(page), StringComparison.OrdinalIgnoreCase); // a family name alone may be a word of the page
            Assert.DoesNotContain("/deconnexion", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Only_pages_that_say_the_same_to_everybody_may_be_kept()
    {
        using var visitor = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        var kept = await KeptPages(visitor);
        Assert.Contains(kept, page => page.Path == "/aide/numero-securite-sociale");
        Assert.All(kept, page => Assert.Matches(TellsOfNobody(), page.Path));
    }

    private async Task<IReadOnlyList<(string Path, string Page)>> KeptPages(HttpClient visitor)
    {
        var kept = new List<(string, string)>();
        foreach (var path in Pages())
        {
            using var answer = await visitor.GetAsync(site.Address + path, TestContext.Current.CancellationToken);
            if (answer.Headers.CacheControl?.NoStore == true)
                continue;
            Assert.True(!answer.IsSuccessStatusCode || answer.Headers.Vary.Contains("Cookie"), path);
            kept.Add((path, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        }
        return kept;
    }

    private List<string> Pages()
    {
        var pages = site.Get<IActionDescriptorCollectionProvider>().ActionDescriptors.Items.OfType<PageActionDescriptor>()
            .Select(page => "/" + Parameter().Replace(page.AttributeRouteInfo!.Template!, "1").ToLowerInvariant())
            .Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.True(pages.Count > 60, $"{pages.Count} pages");
        return pages;
    }

    [GeneratedRegex("^/(index)?$|^/aide(/|$)|^/(accessibilite|conditions-generales|donnees-personnelles|mentions-legales)$")]
    private static partial Regex TellsOfNobody();

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
