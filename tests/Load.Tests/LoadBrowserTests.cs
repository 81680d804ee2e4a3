namespace MsaOrleans.Load.Tests;

public sealed class LoadBrowserTests : IAsyncLifetime
{
    private readonly LoadMeter meter = new();
    private StubSite site = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => site = await StubSite.Start();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Fact]
    public async Task Style_sheets_scripts_and_the_icon_are_fetched_once_a_visitor()
    {
        using (var browser = Browser(assets: true))
        {
            await browser.Open("/connexion", TimeSpan.Zero, Stop);
            await browser.Open("/espace-prive", TimeSpan.Zero, Stop);
        }
        Assert.Equal(["GET /connexion", "GET /css/site.css", "GET /espace-prive", "GET /favicon.svg", "GET /js/site.js"], site.Asked.Order(StringComparer.Ordinal));
        using var another = Browser(assets: true);
        await another.Open("/connexion", TimeSpan.Zero, Stop);
        Assert.Equal(2, site.Asked.Count(asked => asked == "GET /css/site.css"));
        Assert.Equal(6, meter.Pages[LoadBrowser.AssetsPage].FromSending.Count);
    }

    [Fact]
    public async Task A_form_is_sent_with_the_hidden_fields_of_the_page_and_not_of_its_header()
    {
        using var browser = Browser();
        await browser.Open("/connexion", TimeSpan.Zero, Stop);
        await browser.Send(TimeSpan.Zero, Stop, ("Identifier", "1"));
        await browser.SignOut(TimeSpan.Zero, Stop);
        Assert.Equal(["GET /connexion", "POST /connexion Token=a%26b&Identifier=1", "POST /deconnexion Header=h"], site.Asked);
    }

    [Fact]
    public async Task Redirects_are_requests_of_their_own_and_cookies_come_back()
    {
        site.Then(302, "", ("Location", "/espace-prive?x=1"), ("Set-Cookie", "session=1; path=/"));
        using var browser = Browser();
        await browser.Open("/", TimeSpan.Zero, Stop);
        Assert.Equal(("/espace-prive", 200), (browser.Path, browser.Status));
        Assert.Equal(["/", "/espace-prive"], meter.Pages.Keys.Order());
    }

    [Fact]
    public async Task Who_comes_too_often_waits_as_long_as_he_is_told_and_sends_the_same_again()
    {
        site.Then(200, StubSite.Page).Then(429, "", ("Retry-After", "1")).Then(429, "", ("Retry-After", "0"));
        var browser = Browser();
        await browser.Open("/connexion", TimeSpan.Zero, Stop);
        var before = meter.Now;
        await browser.Send(TimeSpan.Zero, Stop, ("Identifier", "1"));
        Assert.True(meter.Now - before >= TimeSpan.FromMilliseconds(990));
        Assert.Equal(200, browser.Status);
        Assert.Equal(3, site.Asked.Count(asked => asked == "POST /connexion Token=a%26b&Identifier=1"));
        Assert.Equal([new(LoadBrowser.TooManyRequests, 2)], meter.Refusals);
        Assert.Equal(1, meter.Pages["POST /connexion"].FromSending.Count);
        browser.Dispose();
        Assert.Equal(1_000, meter.Waits[LoadBrowser.TooManyRequests].Summary().Max, tolerance: 1);
        Assert.Empty(meter.Errors);
        Assert.True(browser.Busy <= meter.Now - TimeSpan.FromMilliseconds(990)); // the site was not at work meanwhile
    }

    [Fact]
    public async Task A_bot_does_not_wait()
    {
        site.Then(429, "", ("Retry-After", "3600"));
        using var bot = new LoadBrowser(new(site.Address, meter, null, Assets: false), impatient: true);
        await bot.Open("/connexion", TimeSpan.Zero, Stop);
        await bot.Open("/connexion", TimeSpan.Zero, Stop);
        Assert.Equal(["429", "bot: /connexion"], meter.Pages.Keys.Order(StringComparer.Ordinal));
        Assert.Equal([new(LoadBrowser.TooManyRequests, 1)], meter.Refusals);
        Assert.Empty(meter.Waits);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(503)]
    public async Task In_a_waiting_room_he_stays_until_its_refresh_lets_him_in(int status)
    {
        site.Then(status, WaitingRoom("1")).Then(status, WaitingRoom("0;url=/inscription?place=2"));
        var browser = Browser();
        await browser.Open("/inscription/profil", TimeSpan.Zero, Stop);
        Assert.Equal(("/inscription", 200), (browser.Path, browser.Status));
        Assert.Equal(["GET /inscription/profil", "GET /inscription/profil", "GET /inscription"], site.Asked);
        Assert.Equal([new(LoadBrowser.WaitingRoom, 2)], meter.Refusals);
        Assert.Equal(["/inscription", "waiting room"], meter.Pages.Keys.Order());
        Assert.Equal(2, meter.Pages[LoadBrowser.WaitingRoom].FromSending.Count);
        browser.Dispose();
        Assert.Equal(1_000, meter.Waits[LoadBrowser.WaitingRoom].Summary().Max, tolerance: 1);
        Assert.Equal(1, meter.Waits[LoadBrowser.WaitingRoom].Count); // one visitor, whatever often he was told
    }

    [Fact]
    public async Task A_503_that_is_no_waiting_room_is_an_error()
    {
        site.Then(503, "<main>Indisponible</main>");
        using var browser = Browser();
        var failed = await Assert.ThrowsAsync<VisitFailedException>(() => browser.Open("/connexion", TimeSpan.Zero, Stop));
        Assert.Equal("503", failed.Kind);
        Assert.Equal(["503"], meter.Pages.Keys);
        Assert.Empty(meter.Refusals);
    }

    [Fact]
    public async Task What_should_have_been_asked_earlier_is_measured_from_then_on()
    {
        using var browser = Browser();
        await browser.Open("/connexion", TimeSpan.FromSeconds(3), Stop);
        var page = meter.Pages["/connexion"];
        Assert.InRange(page.FromIntention.Summary().Max - page.FromSending.Summary().Max, 2_980, 3_020);
    }

    [Fact]
    public async Task A_visitor_behind_a_proxy_has_an_address_of_his_own()
    {
        using var browser = new LoadBrowser(new(site.Address, meter, "198.18.0.7", Assets: false));
        await browser.Open("/connexion", TimeSpan.Zero, Stop);
        Assert.Equal("198.18.0.7", site.ForwardedFor);
    }

    [Fact]
    public async Task A_site_that_is_not_there_is_an_error_by_its_kind()
    {
        using var browser = new LoadBrowser(new(new($"http://127.0.0.1:{Testing.FreePort.Next()}"), meter, null, Assets: false));
        var failed = await Assert.ThrowsAsync<VisitFailedException>(() => browser.Open("/connexion", TimeSpan.Zero, Stop));
        Assert.Equal("connection: ConnectionError", failed.Kind);
    }

    private LoadBrowser Browser(bool assets = false) => new(new(site.Address, meter, null, assets));

    private static string WaitingRoom(string refresh) => $"""<html><head><meta http-equiv="refresh" content="{refresh}"></head><main id="contenu" data-waiting-room>Patientez</main></html>""";
}
