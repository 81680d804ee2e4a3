using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Routing;
using MsaOrleans.Testing;
using MsaOrleans.Web.Limits;

namespace MsaOrleans.Web.Tests.Limits;

/// <summary>Limits by address, through the doors that visitors use: who is counted as one, where, for how long, and what is told of it.</summary>
public sealed class RequestLimitsTests(LimitedSite site, DistrustfulSite distrustful) : IClassFixture<LimitedSite>, IClassFixture<DistrustfulSite>
{
    [Fact]
    public async Task Who_has_made_too_many_requests_hears_when_to_come_back_on_a_calm_page_that_keeps_nothing_and_sets_no_cookie()
    {
        using var visitor = site.NewVisitor();
        foreach (var _ in Enumerable.Range(0, LimitedSite.HelpPages))
        {
            await visitor.Open("/aide/numero-carte-vitale");
            Assert.Equal(200, visitor.Status);
        }
        await visitor.Open("/aide/numero-carte-vitale");

        Assert.Equal((429, "Trop de demandes en peu de temps"), (visitor.Status, visitor.Heading));
        Assert.InRange(visitor.Response.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));
        Assert.Contains("Rien n'est perdu. Attendez 10 minutes, puis appuyez sur Réessayer.", visitor.Words, StringComparison.Ordinal);
        Assert.Contains("09 69 36 37 03", visitor.Words, StringComparison.Ordinal);
        Assert.True(visitor.Response.Headers.CacheControl?.NoStore);
        Assert.False(visitor.Response.Headers.Contains("Set-Cookie"));
        Assert.Contains("frame-ancestors 'none'", visitor.Response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        await visitor.Open("/");
        Assert.Equal(200, visitor.Status); // another endpoint
    }

    [Fact]
    public async Task The_page_that_says_so_is_not_refused_itself_when_it_is_everything_that_is_limited()
    {
        using var visitor = site.NewVisitor();
        foreach (var _ in Enumerable.Range(0, LimitedSite.Everything + 1))
            await visitor.Open("/");
        Assert.Equal((429, "Trop de demandes en peu de temps"), (visitor.Status, visitor.Heading));
    }

    [Fact]
    public async Task The_period_over_he_is_served_again()
    {
        using var visitor = site.NewVisitor();
        await Exhaust(visitor);
        site.Pass(TimeSpan.FromMinutes(10));
        await visitor.Open("/aide/numero-carte-vitale");
        Assert.Equal(200, visitor.Status);
    }

    [Fact]
    public async Task Two_rules_of_one_endpoint_hold_each_by_itself_and_a_refusal_counts_under_neither()
    {
        using var visitor = site.NewVisitor();
        foreach (var expected in (int[])[400, 400, 429, 429, 429])
        {
            await visitor.Post("/connexion");
            Assert.Equal(expected, visitor.Status);
        }
        Assert.InRange(visitor.Response.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(50), TimeSpan.FromMinutes(1));
        foreach (var expected in (int[])[400, 429, 429])
        {
            site.Pass(TimeSpan.FromMinutes(1));
            await visitor.Post("/connexion");
            Assert.Equal(expected, visitor.Status);
        }
        Assert.InRange(visitor.Response.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromMinutes(50), TimeSpan.FromMinutes(60));
        Assert.Contains("57 minutes", visitor.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/CONNEXION")]
    [InlineData("/connexion/")]
    [InlineData("/connexion?handler=x")]
    public async Task However_the_path_is_written_it_is_the_same_endpoint(string path)
    {
        using var visitor = site.NewVisitor();
        foreach (var _ in Enumerable.Range(0, LimitedSite.SignIns))
            await visitor.Post("/connexion");
        await visitor.Post(path);
        Assert.Equal(429, visitor.Status);
    }

    [Fact]
    public async Task Who_is_not_a_declared_proxy_is_not_believed_when_he_says_where_he_comes_from()
    {
        using var liar = new Browser(distrustful.Address, ("X-Forwarded-For", "203.0.113.200"));
        await Exhaust(liar);
        using var other = new Browser(distrustful.Address, ("X-Forwarded-For", "203.0.113.201"), ("X-Forwarded-Proto", "https"));
        await other.Open("/aide/numero-carte-vitale");
        Assert.Equal(429, other.Status);
        Assert.False(other.Response.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task What_a_visitor_wrote_before_the_declared_proxy_is_not_believed_either()
    {
        using var first = new Browser(site.Address, ("X-Forwarded-For", "203.0.113.1, 198.51.100.77"));
        await Exhaust(first);
        using var second = new Browser(site.Address, ("X-Forwarded-For", "203.0.113.2, 198.51.100.77"));
        await second.Open("/aide/numero-carte-vitale");
        Assert.Equal(429, second.Status);
    }

    [Fact]
    public async Task Neighbours_in_one_64_are_one_client_and_others_are_others()
    {
        using var first = new Browser(site.Address, ("X-Forwarded-For", "2001:db8:1:2::1"));
        await Exhaust(first);
        using var neighbour = new Browser(site.Address, ("X-Forwarded-For", "2001:db8:1:2:ffff::9"));
        await neighbour.Open("/aide/numero-carte-vitale");
        Assert.Equal(429, neighbour.Status);
        using var stranger = new Browser(site.Address, ("X-Forwarded-For", "2001:db8:1:3::1"));
        await stranger.Open("/aide/numero-carte-vitale");
        Assert.Equal(200, stranger.Status);
    }

    [Fact]
    public async Task Exempt_addresses_and_exempt_endpoints_are_not_counted()
    {
        using var exempt = new Browser(site.Address, ("X-Forwarded-For", "192.0.2.44"));
        foreach (var _ in Enumerable.Range(0, 3 * LimitedSite.HelpPages))
        {
            await exempt.Open("/aide/numero-carte-vitale");
            Assert.Equal(200, exempt.Status);
        }
        using var visitor = site.NewVisitor();
        foreach (var _ in Enumerable.Range(0, 3 * LimitedSite.HelpPages))
        {
            await visitor.Open("/aide/numero-securite-sociale");
            Assert.Equal(200, visitor.Status);
        }
    }

    [Fact]
    public async Task Neither_static_files_nor_health_are_counted()
    {
        using var visitor = site.NewVisitor();
        await visitor.Open("/");
        var style = visitor.Page.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!;
        foreach (var path in Enumerable.Repeat<string[]>([style, "/sante/vivant"], LimitedSite.Everything).SelectMany(paths => paths))
        {
            await visitor.Open(path);
            Assert.Equal(200, visitor.Status);
        }
    }

    [Theory]
    [InlineData("empty", "GET")]
    [InlineData("image", "GET")]
    [InlineData(null, "HEAD")]
    public async Task Where_nobody_reads_there_is_no_page(string? destination, string method)
    {
        var client = site.NextClient();
        using var visitor = new Browser(site.Address, ("X-Forwarded-For", client));
        await Exhaust(visitor);
        using var http = new HttpClient { BaseAddress = new Uri(site.Address) };
        using var request = new HttpRequestMessage(new HttpMethod(method), "/aide/numero-carte-vitale") { Headers = { { "X-Forwarded-For", client } } };
        if (destination is not null)
            request.Headers.Add("Sec-Fetch-Dest", destination);
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.Equal("", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Refusals_are_counted_by_endpoint_and_told_to_the_log_once_a_minute_without_an_address()
    {
        var counted = new ConcurrentQueue<(long, object?)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == "msa.requests.limited" && instrument.Meter.Scope == site.Get<IMeterFactory>())
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => counted.Enqueue((value, tags.ToArray().Single(tag => tag.Key == "endpoint").Value)));
        listener.Start();
        using var visitor = new Browser(site.Address, ("X-Forwarded-For", "198.51.100.250"));
        foreach (var _ in Enumerable.Range(0, LimitedSite.Rare))
            await visitor.Open("/accessibilite");
        Assert.DoesNotContain(counted, one => one.Item2 is "*:/accessibilite");
        foreach (var _ in Enumerable.Range(0, 3))
            await visitor.Open("/accessibilite");
        Assert.Equal(3, counted.Count(one => one is (1, "*:/accessibilite")));
        site.Pass(TimeSpan.FromMinutes(1));
        await visitor.Open("/accessibilite");

        Assert.Equal(["1", "3"], site.Lines.Where(line => line.StartsWith("*:/accessibilite", StringComparison.Ordinal)).Select(line => line.Split(' ')[1]));
        Assert.DoesNotContain(site.Lines, line => line.Contains("198.51.100", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_endpoint_of_the_standard_rules_is_a_page_of_the_site()
    {
        var routes = site.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(route => "/" + route.RoutePattern.RawText!.TrimStart('/')).ToList();
        Assert.All(LimitSettings.Standard, rule =>
        {
            Assert.True(EndpointPattern.TryParse(rule.Endpoint, out var pattern));
            Assert.Contains(routes, route => pattern.Matches("POST", route));
        });
    }

    private static async Task Exhaust(Browser visitor)
    {
        foreach (var _ in Enumerable.Range(0, LimitedSite.HelpPages + 1))
            await visitor.Open("/aide/numero-carte-vitale");
        Assert.Equal(429, visitor.Status);
    }
}
