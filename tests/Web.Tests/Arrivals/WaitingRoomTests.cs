using System.Globalization;
using System.Text;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using MsaOrleans.Testing;
using MsaOrleans.Web.Arrivals;
using MsaOrleans.Web.Journey;
using MsaOrleans.Web.Tests.Accessibility;
using MsaOrleans.Web.Visitors;

namespace MsaOrleans.Web.Tests.Arrivals;

/// <summary>A site with room for one, until it has seen that it can serve more.</summary>
public sealed class SmallSite() : Site(["--WaitingRoom:Enabled=true", "--WaitingRoom:FirstLimit=1"], population: 30);

public sealed class WaitingRoomTests(Site site, SmallSite small) : IClassFixture<SmallSite>
{
    private const string Cookie = "msa-attente";

    [Fact]
    public async Task Who_finds_no_room_waits_on_a_page_that_refreshes_itself_and_comes_in_in_order_at_the_page_he_asked_for()
    {
        await Crowd(5);
        using Browser first = small.NewBrowser(), second = small.NewBrowser();
        await first.Open("/inscription/profil");
        await second.Open("/inscription/profil");
        Assert.Equal((200, "Vous êtes dans la file d’attente", "/inscription/profil"), (first.Status, first.Heading, first.Path));
        Assert.Equal("no-store", $"{first.Response.Headers.CacheControl}");
        Assert.InRange(int.Parse(first.Page.QuerySelector("noscript meta[http-equiv=refresh]")!.GetAttribute("content")!, CultureInfo.InvariantCulture), 3, 30);
        Assert.StartsWith($"{PlaceOf(first)}ᵉ dans la file", first.Title, StringComparison.Ordinal);
        var style = first.Page.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href");
        Assert.Equal(PlaceOf(first) + 1, PlaceOf(second));

        // Refreshed, it is the same place, or a better one.
        var place = PlaceOf(second);
        await second.Open("/inscription/profil");
        Assert.InRange(PlaceOf(second) ?? 0, 0, place!.Value);

        await Waiting.For(
            async () =>
            {
                await second.Open("/inscription/profil");
                if (PlaceOf(second) is not null)
                    return null;
                await first.Open("/inscription/profil");
                return second.Heading;
            },
            () => "the second's turn");
        Assert.Equal(("Vous êtes...", "Vous êtes..."), (first.Heading, second.Heading));
        Assert.Equal(style, second.Page.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")); // nothing is fetched twice
        var person = small.NextPerson();
        await second.SignUp(person);
        Assert.Equal("/inscription/terminee", second.Path);
        Assert.Null(second.Cookies[Cookie]);
        await second.Open("/inscription/terminee"); // he stays in
        Assert.Equal("/inscription/terminee", second.Path);
    }

    [Fact]
    public async Task The_page_can_be_told_to_stay_still_and_to_refresh_itself_again_and_is_sound_both_ways()
    {
        var (html, page) = await Draw("?a=%22%3E%3Cb%3E&a=2");
        Assert.NotNull(page.QuerySelector("noscript meta[http-equiv=refresh]"));
        Assert.NotNull(page.QuerySelector("main[data-waiting-room]"));
        Assert.All(PageReading.Faults(html, page), fault => Assert.Contains("<meta http-equiv=\"refresh\"", fault, StringComparison.Ordinal));

        var stop = page.QuerySelectorAll("a").Single(link => link.TextContent == "arrêtez l’actualisation").GetAttribute("href")!;
        Assert.Equal("?a=%22%3E%3Cb%3E&a=2&actualiser=non", stop);
        (html, page) = await Draw(stop);
        Assert.Null(page.QuerySelector("meta[http-equiv=refresh]"));
        Assert.Null(page.QuerySelector("main[data-waiting-room]"));
        Assert.NotNull(page.QuerySelector("[data-place]"));
        Assert.Empty(PageReading.Faults(html, page));

        (_, page) = await Draw(page.QuerySelectorAll("a").Single(link => link.TextContent == "laissez-la s’actualiser").GetAttribute("href")!);
        Assert.NotNull(page.QuerySelector("noscript meta[http-equiv=refresh]"));

        async Task<(string Html, IHtmlDocument Page)> Draw(string query)
        {
            using var body = new MemoryStream();
            await using var services = new ServiceCollection().AddSingleton(site.Get<TextSize>()).BuildServiceProvider();
            var context = new DefaultHttpContext { RequestServices = services, Request = { Path = "/inscription/profil", QueryString = new(query) }, Response = { Body = body } };
            await WaitingPage.Write(context, 12, TimeSpan.FromMinutes(2));
            var html = Encoding.UTF8.GetString(body.ToArray());
            return (html, await new HtmlParser().ParseDocumentAsync(html, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task A_place_that_was_altered_is_none_and_another_one_at_the_end_takes_its_place()
    {
        await Crowd(20);
        using var browser = small.NewBrowser();
        await browser.Open("/inscription/profil");
        var (cookie, place) = (browser.Cookies[Cookie]!, KeptBy(browser)!);
        await Crowd(5);
        browser.Cookies.Set(Cookie, $"{cookie[..20]}{(cookie[20] == 'A' ? 'B' : 'A')}{cookie[21..]}");
        Assert.Null(KeptBy(browser));

        await browser.Open("/inscription/profil");

        Assert.InRange(KeptBy(browser)?.Number ?? 0, place.Number + 6, long.MaxValue);
    }

    [Fact]
    public async Task A_form_of_somebody_who_is_not_in_does_nothing_and_leads_to_the_line()
    {
        await Crowd(100);
        using var browser = small.NewBrowser();
        await browser.Post("/inscription/profil", ("Profile", "individual"));
        Assert.Equal((200, "/inscription"), (browser.Status, browser.Path));
        Assert.NotNull(PlaceOf(browser));
        Assert.Null(browser.Cookies["msa-inscription"]);
    }

    [Fact]
    public async Task A_place_that_is_passed_round_is_worth_three_sign_ups()
    {
        using var browser = small.NewBrowser();
        await Enter(browser);
        await Crowd(300);
        await browser.Open("/inscription/profil");
        await browser.Send(("Profile", "individual"));
        for (var i = 0; i < 3; i++)
        {
            await browser.Fill("/inscription/identifiant", ("Nir", small.NextPerson().Nir));
            Assert.Equal("/inscription/a-preparer", browser.Path);
        }
        await browser.Fill("/inscription/identifiant", ("Nir", small.NextPerson().Nir));
        Assert.Null(browser.Cookies[Cookie]);

        using var friend = small.NewBrowser();
        await friend.Open("/inscription/profil");
        Assert.NotNull(PlaceOf(friend));
    }

    [Fact]
    public async Task Whoever_has_begun_is_in_without_a_place_and_nobody_waits_to_sign_in()
    {
        using var browser = small.NewBrowser();
        await Enter(browser);
        await browser.BeginSignUp(small.NextPerson().Nir);
        browser.Cookies.Set(Cookie, "");
        await Crowd(100);
        await browser.Open("/inscription/a-preparer");
        Assert.Equal("/inscription/a-preparer", browser.Path);
        Assert.Null(PlaceOf(browser));
        await browser.Open("/connexion");
        Assert.Equal("/connexion", browser.Path);
    }

    [Fact]
    public async Task Where_it_is_off_nobody_has_a_place()
    {
        using var browser = site.NewBrowser();
        await browser.Open("/inscription/profil");
        Assert.Equal("Vous êtes...", browser.Heading);
        Assert.Null(browser.Cookies[Cookie]);
    }

    [Theory]
    [InlineData(null, "nous l’estimons dès que la file avance", 3)]
    [InlineData(3.0, "moins d’une minute", 3)]
    [InlineData(60.0, "moins d’une minute", 20)]
    [InlineData(61.0, "environ 2\u00a0minutes", 20)]
    [InlineData(3600.0, "environ 60\u00a0minutes", 30)]
    [InlineData(7201.0, "environ 3\u00a0heures", 30)]
    public void The_wait_is_told_in_words_and_the_page_comes_back_sooner_when_it_is_short(double? seconds, string words, int refresh)
    {
        TimeSpan? wait = seconds is null ? null : TimeSpan.FromSeconds(seconds.Value);
        Assert.Equal((words, refresh), (WaitingPage.InWords(wait), WaitingPage.RefreshSeconds(wait)));
    }

    // As the site reads it.
    private Place? KeptBy(Browser browser) => small.Get<ProtectedCookie<Place>>()
        .Read(new DefaultHttpContext { Request = { Headers = { Cookie = $"{Cookie}={browser.Cookies[Cookie]}" } } });

    private static int? PlaceOf(Browser browser) =>
        browser.Page.QuerySelector("main[data-waiting-room] [data-place]")?.GetAttribute("data-place") is { } place ? int.Parse(place, CultureInfo.InvariantCulture) : null;

    private static Task<string> Enter(Browser browser) => Waiting.For(
        async () =>
        {
            await browser.Open("/inscription/profil");
            return PlaceOf(browser) is null ? "in" : null;
        },
        () => "a turn",
        TimeSpan.FromMinutes(1));

    // Newcomers who take a place and are not seen again.
    private async Task Crowd(int people)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri(small.Address) };
        for (var i = 0; i < people; i++)
            (await http.GetAsync("/inscription/profil", TestContext.Current.CancellationToken)).Dispose();
    }
}
