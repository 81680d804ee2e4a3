using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Headers;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MsaOrleans.Testing;
using MsaOrleans.Web.Limits;
using MsaOrleans.Web.Tests.FranceConnect;

namespace MsaOrleans.Web.Tests.Limits;

/// <summary>Limits by address, through the doors that visitors use.</summary>
public sealed class RequestLimitsTests(LimitedSite site, DistrustfulSite distrustful) : IClassFixture<LimitedSite>, IClassFixture<DistrustfulSite>
{
    private static int nextClient;

    [Fact]
    public async Task Who_has_made_too_many_requests_hears_when_to_come_back_on_a_calm_page_that_keeps_nothing_and_sets_no_cookie()
    {
        using var visitor = NewVisitor();
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
        using var visitor = NewVisitor();
        foreach (var _ in Enumerable.Range(0, LimitedSite.Everything + 1))
            await visitor.Open("/");
        Assert.Equal((429, "Trop de demandes en peu de temps"), (visitor.Status, visitor.Heading));
    }

    [Fact]
    public async Task The_period_over_he_is_served_again()
    {
        using var visitor = NewVisitor();
        await Exhaust(visitor);
        site.Pass(TimeSpan.FromMinutes(10));
        await visitor.Open("/aide/numero-carte-vitale");
        Assert.Equal(200, visitor.Status);
    }

    [Fact]
    public async Task A_form_that_came_too_soon_keeps_what_was_typed_and_is_accepted_when_it_is_sent_again()
    {
        using var visitor = NewVisitor();
        await visitor.Open("/mot-de-passe/oublie");
        foreach (var _ in Enumerable.Range(0, LimitedSite.Forms))
            await visitor.Post("/mot-de-passe/oublie");
        var person = site.NextPerson();
        await visitor.Open("/mot-de-passe/oublie");
        await visitor.Send(("Identifier", person.Nir), ("Email", person.Email));

        Assert.Equal(429, visitor.Status);
        Assert.Contains("Ce que vous avez écrit est gardé. Attendez 10 minutes, puis appuyez sur Réessayer.", visitor.Words, StringComparison.Ordinal);
        Assert.Equal(person.Email, visitor.ValueOf("Email"));
        site.Pass(TimeSpan.FromMinutes(10));
        await visitor.Send();
        Assert.Equal((200, "/mot-de-passe/oublie/envoi"), (visitor.Status, visitor.Path));
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(12_000_000)] // more than other forms may hold
    public async Task Of_a_form_with_large_files_the_text_is_kept_and_the_files_are_asked_for_again(int bytes)
    {
        var client = $"198.51.100.{Interlocked.Increment(ref nextClient)}";
        using var http = await Exhausted(client, "/espace-prive/contact");
        using var form = new MultipartFormDataContent { { new StringContent("Bonjour, voici ma facture à 15 h."), "Message" } };
        form.Add(new ByteArrayContent(new byte[bytes]), "Files", "facture.pdf");
        form.Add(NoFile());
        form.Add(new StringContent("le jeton"), "__RequestVerificationToken");

        using var answer = await http.PostAsync("/espace-prive/contact", form, TestContext.Current.CancellationToken);

        var page = await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal(
            [("Message", "Bonjour, voici ma facture à 15 h."), ("__RequestVerificationToken", "le jeton"), ("Files", "facture.pdf")],
            page.QuerySelectorAll("main input[type=hidden]").Select(field => (field.GetAttribute("name")!, field.GetAttribute("value")!)));
        Assert.Contains("Ce que vous avez écrit est gardé, mais pas vos fichiers", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Large_files_sent_to_a_page_that_takes_none_are_not_read()
    {
        using var http = await Exhausted($"198.51.100.{Interlocked.Increment(ref nextClient)}");
        using var form = new MultipartFormDataContent { { new StringContent("Bonjour"), "Message" }, { new ByteArrayContent(new byte[12_000_000]), "Files", "facture.pdf" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mot-de-passe/oublie") { Content = form, Headers = { ExpectContinue = true } };

        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Contains("Ce que vous avez envoyé n'a pas pu être gardé ici.", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=b")]
    public async Task Of_a_form_with_too_much_text_the_page_says_that_it_is_lost(string type)
    {
        var client = $"198.51.100.{Interlocked.Increment(ref nextClient)}";
        using var http = await Exhausted(client);
        var text = new string('a', 70_000);
        using var form = new StringContent(type[0] == 'a' ? $"Message={text}" : $"--b\r\nContent-Disposition: form-data; name=Message\r\n\r\n{text}\r\n--b--\r\n");
        form.Headers.ContentType = MediaTypeHeaderValue.Parse(type);

        using var answer = await http.PostAsync("/mot-de-passe/oublie", form, TestContext.Current.CancellationToken);

        var page = await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Empty(page.QuerySelectorAll("main input[type=hidden]"));
        Assert.Contains("Ce que vous avez envoyé n'a pas pu être gardé ici.", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Rien n'est perdu", page.Body.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=")]
    [InlineData("multipart/form-data; boundary=bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb")]
    [InlineData("multipart/form-data; boundary=c")]
    public async Task A_form_that_is_none_is_refused_like_any_other(string type)
    {
        using var http = await Exhausted($"198.51.100.{Interlocked.Increment(ref nextClient)}");
        using var form = new StringContent("--b\r\nContent-Disposition: form-data; name=Message\r\n\r\nBonjour\r\n--b--\r\n");
        form.Headers.Remove("Content-Type");
        form.Headers.TryAddWithoutValidation("Content-Type", type);
        using var answer = await http.PostAsync("/mot-de-passe/oublie", form, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
    }

    [Fact]
    public async Task A_password_is_not_written_into_the_page()
    {
        using var visitor = NewVisitor();
        foreach (var _ in Enumerable.Range(0, LimitedSite.SignIns))
            await visitor.Post("/connexion");
        await visitor.Post("/connexion", ("Identifier", Person.LamyFritz.Nir), ("Password", "Montagne-Verte-9"));

        Assert.Equal(429, visitor.Status);
        Assert.DoesNotContain("Montagne-Verte-9", visitor.Page.Source.Text, StringComparison.Ordinal);
        Assert.Contains("Par sécurité votre mot de passe n'est pas gardé", visitor.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_rules_of_one_endpoint_hold_each_by_itself_and_a_refusal_counts_under_neither()
    {
        using var visitor = NewVisitor();
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
        using var visitor = NewVisitor();
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
        using var visitor = NewVisitor();
        foreach (var _ in Enumerable.Range(0, 3 * LimitedSite.HelpPages))
        {
            await visitor.Open("/aide/numero-securite-sociale");
            Assert.Equal(200, visitor.Status);
        }
    }

    [Fact]
    public async Task Neither_static_files_nor_health_are_counted()
    {
        using var visitor = NewVisitor();
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
        var client = $"198.51.100.{Interlocked.Increment(ref nextClient)}";
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

    // Each test is somebody else, behind the proxy of this machine, which is declared.
    private Browser NewVisitor() => new(site.Address, ("X-Forwarded-For", $"198.51.100.{Interlocked.Increment(ref nextClient)}"));

    // As browsers send a field for a file in which none was chosen.
    private static ByteArrayContent NoFile() => new([]) { Headers = { ContentDisposition = ContentDispositionHeaderValue.Parse("form-data; name=\"Files\"; filename=\"\"") } };

    private async Task<HttpClient> Exhausted(string client, string path = "/mot-de-passe/oublie")
    {
        var http = new HttpClient { BaseAddress = new Uri(site.Address), DefaultRequestHeaders = { { "X-Forwarded-For", client } } };
        foreach (var _ in Enumerable.Range(0, LimitedSite.Forms))
            (await http.PostAsync(path, null, TestContext.Current.CancellationToken)).Dispose();
        return http;
    }

    private static async Task Exhaust(Browser visitor)
    {
        foreach (var _ in Enumerable.Range(0, LimitedSite.HelpPages + 1))
            await visitor.Open("/aide/numero-carte-vitale");
        Assert.Equal(429, visitor.Status);
    }
}

/// <summary>A site that has a limit, and declares no proxy.</summary>
public sealed class DistrustfulSite() : Site(["--RateLimiting:IpWhitelist=", .. LimitedSite.Rule(0, "get:/aide/*", "10m", LimitedSite.HelpPages)], population: 1);

/// <summary>A site with narrow limits, a proxy on 127.0.0.1, and a clock that can be put forward.</summary>
public sealed class LimitedSite() : Site(
    [
        "--Site:Proxies", "127.0.0.1",
        "--RateLimiting:IpWhitelist", "192.0.2.0/24",
        "--RateLimiting:EndpointWhitelist", "get:/aide/numero-securite-sociale",
        .. Rule(0, "*", "1h", Everything),
        .. Rule(1, "*:/aide/*", "10m", HelpPages),
        .. Rule(2, "post:/mot-de-passe/oublie", "10m", Forms),
        .. Rule(3, "post:/connexion", "1m", SignIns),
        .. Rule(4, "POST:/connexion", "1h", SignIns + 1),
        .. Rule(5, "*:/accessibilite", "1h", Rare),
        .. Rule(6, "post:/espace-prive/contact", "10m", Forms),
        .. ProviderSite.Settings,
    ],
    population: 20)
{
    public const int Everything = 30;
    public const int HelpPages = 3;
    public const int Forms = 2;
    public const int SignIns = 2;
    public const int Rare = 2;

    private readonly HurriedClock clock = new();
    private readonly ConcurrentQueue<string> lines = new();

    public IReadOnlyCollection<string> Lines => lines;

    public void Pass(TimeSpan time) => clock.Ahead += time;

    protected override void Configure(IServiceCollection services)
    {
        services.AddSingleton<TimeProvider>(clock);
        services.AddLogging(logging => logging.AddProvider(new Notes(lines)));
    }

    internal static string[] Rule(int order, string endpoint, string period, int limit) =>
    [
        $"--RateLimiting:GeneralRules:{order}:Endpoint={endpoint}", $"--RateLimiting:GeneralRules:{order}:Period={period}", $"--RateLimiting:GeneralRules:{order}:Limit={limit}",
    ];

    private sealed class HurriedClock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;

        public override long GetTimestamp() => System.GetTimestamp() + (long)(Ahead.TotalSeconds * TimestampFrequency);
    }

    private sealed class Notes(ConcurrentQueue<string> lines) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => new Note(lines);

        public void Dispose()
        {
        }

        private sealed class Note(ConcurrentQueue<string> lines) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                lines.Enqueue(formatter(state, exception));
        }
    }
}
