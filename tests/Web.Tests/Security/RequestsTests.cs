using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using MsaOrleans.Testing;
using MsaOrleans.Web.Resilience;

namespace MsaOrleans.Web.Tests.Security;

/// <summary>Requests that no browser of good faith sends.</summary>
public sealed class RequestsTests(Site site)
{
    private const string Foreign = "evil.example";

    [Fact]
    public void Whoever_sends_or_reads_slowly_or_says_too_much_is_cut_off()
    {
        var limits = site.Get<IOptions<KestrelServerOptions>>().Value.Limits;
        foreach (var rate in (MinDataRate?[])[limits.MinRequestBodyDataRate, limits.MinResponseDataRate])
        {
            Assert.True(rate!.BytesPerSecond >= 240);
            Assert.True(rate.GracePeriod <= TimeSpan.FromSeconds(5));
        }
        Assert.True(limits.RequestHeadersTimeout <= TimeSpan.FromSeconds(30));
        Assert.True(limits.KeepAliveTimeout <= TimeSpan.FromSeconds(130));
        Assert.True(limits.MaxRequestBodySize <= 5 * 1024 * 1024);
        Assert.True(limits.MaxRequestHeadersTotalSize <= 32 * 1024);
        Assert.True(limits.MaxRequestHeaderCount <= 100);
        Assert.True(limits.MaxRequestLineSize <= 64 * 1024); // ten thousand characters that are sought get a sentence
    }

    // The framework takes such names for those of jQuery, in forms and in addresses, and throws where one does not end.
    [Fact]
    public async Task A_field_whose_name_has_half_a_bracket_is_a_field_like_any_other()
    {
        using var http = new HttpClient();
        using var form = await http.PostAsync($"{site.Address}/connexion", new FormUrlEncodedContent([KeyValuePair.Create("Identifier[", "1")]), TestContext.Current.CancellationToken);
        using var address = await http.GetAsync($"{site.Address}/recherche?q[=1", TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.OK), (form.StatusCode, address.StatusCode));
    }

    [Fact]
    public async Task What_comes_compressed_is_not_unpacked()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            await gzip.WriteAsync("Identifier=mot-qui-se-remarque"u8.ToArray(), TestContext.Current.CancellationToken);
        using var http = new HttpClient();
        using var answer = await http.PostAsync(
            $"{site.Address}/connexion",
            new ByteArrayContent(packed.ToArray()) { Headers = { { "Content-Type", "application/x-www-form-urlencoded" }, { "Content-Encoding", "gzip" } } },
            TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotContain("mot-qui-se-remarque", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=b", "Identifier=1", 400)] // ends before it begins
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=Identifier\r\n\r\n1", 400)]
    [InlineData("application/x-www-form-urlencoded", "Identifier=%00", 400)] // no text has such a character
    [InlineData("application/x-www-form-urlencoded; charset=utf-7", "Identifier=1", 415)]
    [InlineData("application/x-www-form-urlencoded; charset=\"UTF-7\"", "Identifier=1", 415)]
    [InlineData("application/x-www-form-urlencoded; charset=UTF-8", "Identifier=1", 400)] // has no token
    public async Task A_form_that_cannot_be_read_is_refused_on_a_page_and_breaks_nothing(string type, string body, int status)
    {
        using var http = new HttpClient();
        foreach (var path in (string[])["/connexion", "/inscription/profil", "/assistance/connexion", "/franceconnect/token", "/"])
        {
            using var form = new ByteArrayContent(Encoding.ASCII.GetBytes(body));
            form.Headers.TryAddWithoutValidation("Content-Type", type);
            using var answer = await http.PostAsync(site.Address + path, form, TestContext.Current.CancellationToken);
            Assert.True((int)answer.StatusCode < 500, $"{path}: {answer.StatusCode}");
            if (path == "/connexion")
            {
                Assert.Equal(status, (int)answer.StatusCode);
                Assert.Contains("<h1", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("/../keys/pseudonym.key")]
    [InlineData("/%2e%2e/%2e%2e/keys/pseudonym.key")]
    [InlineData("/css/..%2f..%2fkeys/pseudonym.key")]
    [InlineData("/css/..%5c..%5ckeys/pseudonym.key")]
    [InlineData("/css/%2e%2e/%2e%2e/Web.dll")]
    [InlineData("/Web.dll")]
    [InlineData("/.git/config")]
    [InlineData("/appsettings.json")]
    [InlineData("/css/")]
    public async Task No_file_is_reached_by_its_path(string path)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(site.Address + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Contains(answer.StatusCode, (HttpStatusCode[])[HttpStatusCode.NotFound, HttpStatusCode.BadRequest]);
    }

    [Theory]
    [InlineData("TRACE")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("SEARCH")]
    public async Task A_method_that_no_page_knows_is_refused(string method)
    {
        using var http = new HttpClient();
        using var answer = await http.SendAsync(new HttpRequestMessage(new HttpMethod(method), $"{site.Address}/connexion"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    [Fact]
    public async Task The_name_that_a_visitor_calls_the_site_by_is_in_no_answer()
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        http.DefaultRequestHeaders.Host = Foreign;
        foreach (var header in (string[])["X-Forwarded-Host", "X-Original-Host", "Forwarded"])
            http.DefaultRequestHeaders.TryAddWithoutValidation(header, header == "Forwarded" ? $"host={Foreign}" : Foreign);
        foreach (var path in (string[])["/", "/connexion", "/espace-prive", "/mot-de-passe/oublie", "/inscription", "/assistance", "/n-existe-pas"])
        {
            using var answer = await http.GetAsync(site.Address + path, TestContext.Current.CancellationToken);
            Assert.DoesNotContain(Foreign, $"{answer.Headers}{await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}", StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    public async Task Signing_in_leads_nowhere_that_an_address_or_a_field_names(string destination)
    {
        string[] names = ["ReturnUrl", "returnUrl", "redirect", "redirect_uri", "next", "url", "retour", "suite", "Path"];
        var address = "/connexion?" + string.Join('&', names.Select(name => $"{name}={Uri.EscapeDataString(destination)}"));
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        using var visitor = new Observer(site);
        // The form comes back to this site, at the address that was asked for, and nothing else names the other one.
        var itself = $"action=\"{address.Replace("&", "&amp;", StringComparison.Ordinal)}\"";
        var page = (await visitor.Open(address)).Body;
        Assert.Contains(itself, page, StringComparison.Ordinal);
        Assert.DoesNotContain(Foreign, page.Replace(itself, "", StringComparison.Ordinal), StringComparison.Ordinal);
        var answer = await visitor.Send(address, [("Identifier", person.Nir), ("Password", Journeys.GoodPassword), .. names.Select(name => (name, destination))]);
        Assert.Equal((302, "/espace-prive"), (answer.Status, answer.Location));
    }

    [Theory]
    [InlineData("//evil.example/a", "/evil.example/a?b=c")]
    [InlineData("///evil.example", "/evil.example?b=c")]
    [InlineData("/\\evil.example", "/%5Cevil.example?b=c")]
    [InlineData("/connexion", "/connexion?b=c")]
    public async Task What_may_be_sent_again_is_sent_to_this_site(string path, string address)
    {
        var context = new DefaultHttpContext { Request = { Method = "GET", Path = path, QueryString = new("?b=c") } };
        Assert.Equal(address, (await InterruptedRequest.From(context.Request)).Address);
    }
}
