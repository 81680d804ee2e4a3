using System.Net;
using System.Text.RegularExpressions;

namespace MsaOrleans.Web.Tests.Operations;

/// <summary>Files that pages link to come compressed, are kept for good, and are asked for anew when their content is another.</summary>
public sealed partial class StaticFilesTests(ProductionSite site) : IClassFixture<ProductionSite>
{
    [Theory]
    [InlineData("/inscription/profil", 4)]
    [InlineData("/assistance/connexion", 4)]
    [InlineData("/nulle-part", 4)]
    public async Task What_a_page_links_to_has_its_content_in_its_name(string page, int files)
    {
        using var http = Client();
        var linked = await Linked(http, page);

        Assert.Equal(files, linked.Count);
        Assert.All(linked, file => Assert.Matches(Fingerprinted(), file));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("gzip, deflate, br, zstd")] // what is built has gzip alone, what is published Brotli too
    public async Task It_comes_as_it_was_compressed_ahead_and_is_kept_for_good(string accepted)
    {
        using var http = Client();
        foreach (var file in await Linked(http, "/inscription/profil"))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, file) { Headers = { { "Accept-Encoding", accepted } } };
            using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);

            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal(["gzip"], response.Content.Headers.ContentEncoding);
            Assert.InRange(response.Content.Headers.ContentLength!.Value, 1, 10_000); // the style sheet has 35,000
            Assert.Contains("Accept-Encoding", response.Headers.Vary);
            var kept = response.Headers.CacheControl!;
            Assert.Equal(TimeSpan.FromDays(365), kept.MaxAge);
            Assert.Contains(kept.Extensions, extension => extension.Name == "immutable");
        }
    }

    [Fact]
    public async Task Who_understands_no_compression_gets_it_as_it_is()
    {
        using var http = Client();
        var style = (await Linked(http, "/inscription/profil")).Single(file => file.EndsWith(".css", StringComparison.Ordinal));
        using var response = await http.GetAsync(style, TestContext.Current.CancellationToken);

        Assert.Empty(response.Content.Headers.ContentEncoding);
        Assert.StartsWith("text/css", response.Content.Headers.ContentType!.ToString(), StringComparison.Ordinal);
        Assert.Contains("{", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private HttpClient Client() => new(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = new Uri(site.Address) };

    private static async Task<IReadOnlyList<string>> Linked(HttpClient http, string page)
    {
        using var response = await http.GetAsync(page, TestContext.Current.CancellationToken);
        return [.. File().Matches(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Select(match => match.Groups[1].Value)];
    }

    [GeneratedRegex("""<(?:link|script)[^>]* (?:href|src)="([^"]+)""")]
    private static partial Regex File();

    [GeneratedRegex(@"^/(?:css/|js/)?\w+\.[a-z0-9]{10}\.(?:css|js|svg)$")]
    private static partial Regex Fingerprinted();
}

/// <summary>As visitors meet it: where pages are edited, files are asked for anew each time.</summary>
public sealed class ProductionSite() : Site(["--environment", "Production"], population: 1);
