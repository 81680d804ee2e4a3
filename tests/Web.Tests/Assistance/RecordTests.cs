using System.Text;
using AngleSharp.Dom;
using MsaOrleans.Grains.Interfaces;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Agents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Testing;
using MsaOrleans.Web.Assistance;

namespace MsaOrleans.Web.Tests.Assistance;

public sealed class RecordTests(Site site)
{
    private const string Path = "/assistance/journal";

    [Fact]
    public async Task Nobody_but_supervisors_learns_that_there_is_a_record()
    {
        using var nobody = site.NewBrowser();
        using var adherent = site.NewBrowser();
        await adherent.OpenSpace(site);
        using var thief = site.NewBrowser();
        thief.Cookies.Set("msa-assistance", adherent.Cookies["msa-session"]!);
        using var agent = site.NewBrowser();
        await (await SiteAgent.New(site)).Begin(agent);
        using var provisional = site.NewBrowser();
        await (await SiteAgent.New(site, AgentRole.Supervisor)).Enter(provisional);
        foreach (var browser in (Browser[])[nobody, adherent, thief, agent, provisional])
        {
            await browser.Open(Path);
            Assert.Equal((404, Path, "Cette page n'existe pas"), (browser.Status, browser.Path, browser.Heading));
            await browser.Post(Path, ("Reason", "Curiosité"), ("Export", "oui"));
            Assert.Equal((404, Path, "Cette page n'existe pas"), (browser.Status, browser.Path, browser.Heading));
        }
    }

    [Fact]
    public async Task A_supervisor_removed_while_he_reads_reads_no_more()
    {
        using var browser = site.NewBrowser();
        var paul = await Supervisor(browser);
        await browser.Fill(Path, ("Reason", "Contrôle"));
        Assert.Equal(200, browser.Status);
        await paul.Account.Remove(new("console:test", "agent remove"));
        await browser.Send(("Reason", "Contrôle"));
        Assert.Equal(404, browser.Status);
    }

    [Fact]
    public async Task He_sees_who_signed_in_latest_first_and_himself_reading()
    {
        using var other = site.NewBrowser();
        var marie = await SiteAgent.New(site);
        await marie.Begin(other);
        using var browser = site.NewBrowser();
        var paul = await Supervisor(browser);

        await browser.Fill(Path, ("Agent", $" {marie.Login.Value.ToUpperInvariant()} "), ("Reason", "Contrôle du mois"));
        Assert.Equal((200, Path), (browser.Status, browser.Path));
        Assert.All(Cells(browser, "Agent"), agent => Assert.Equal(marie.Login.Value, agent));
        Assert.Contains("Connexion", Cells(browser, "Acte"));
        Assert.Matches(@"\A\d{1,2}(er)? \p{L}+ 20\d\d à \d{1,2} h \d\d min \d\d s\z", Plain(browser.Page.QuerySelector("tbody th time")!));
        var times = browser.Page.QuerySelectorAll("tbody time").Select(time => time.GetAttribute("datetime")!).ToList();
        Assert.Equal(times.OrderDescending(StringComparer.Ordinal), times);
        Assert.Equal((marie.Login.Value.ToUpperInvariant(), "Contrôle du mois"), (browser.ValueOf("Agent")!.Trim(), browser.ValueOf("Reason"))); // what he asked stays

        await browser.Send(("Agent", paul.Login.Value), ("Act", "ReadAudit"));
        Assert.Equal(["Contrôle du mois", "Contrôle du mois"], Cells(browser, "Motif"));
        Assert.All(Cells(browser, "Acte"), act => Assert.Equal("Journal lu ou exporté", act));
    }

    [Fact]
    public async Task He_finds_what_concerned_an_adherent_and_no_address_says_whom_he_looked_for()
    {
        using var browser = site.NewBrowser();
        var paul = await Supervisor(browser);
        var nir = Nir.TryParse(site.NextPerson().Nir, out var read) == NirFault.None ? read! : throw new InvalidOperationException();
        var adherent = site.Get<AdherentKeys>().For(nir);
        await Log.Search(new(Adherent: adherent), new("autre.agent", "Plainte", "A-1234"));
        await browser.Fill(Path, ("Nir", nir.Value), ("Reason", "Réclamation"));
        Assert.Equal(["Réclamation", "Plainte"], Cells(browser, "Motif"));
        Assert.Equal([paul.Login.Value, "autre.agent"], Cells(browser, "Agent"));
        Assert.Equal(["", "A-1234"], Cells(browser, "Appel"));
        Assert.All(Cells(browser, "Adhérent"), pseudonym => Assert.Equal($"{adherent:N}"[..8], pseudonym));
        Assert.Equal("", browser.Response.RequestMessage!.RequestUri!.Query);
    }

    [Fact]
    public async Task Days_are_those_of_France_and_both_count()
    {
        using var browser = site.NewBrowser();
        var paul = await Supervisor(browser);
        var today = FrenchCalendar.DayOf(site.Get<TimeProvider>().GetUtcNow());
        await browser.Fill(Path, ("Agent", paul.Login.Value), ("From", $"{today:yyyy-MM-dd}"), ("To", $"{today.AddDays(1):dd/MM/yyyy}"), ("Reason", "Contrôle"));
        Assert.NotEmpty(Cells(browser, "Acte"));
        await browser.Send(("From", ""), ("To", $"{today.AddDays(-1):yyyy-MM-dd}"));
        Assert.Equal((200, true), (browser.Status, browser.Words.Contains("Aucune ligne ne correspond.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Without_a_reason_or_with_filters_that_cannot_be_read_nothing_is_shown_and_what_was_typed_stays()
    {
        using var browser = site.NewBrowser();
        await Supervisor(browser);
        await browser.Fill(Path, ("Agent", "élise"), ("Nir", "123"), ("From", "hier"), ("To", "9999-12-31"), ("Reason", " "));
        Assert.Equal(400, browser.Status);
        Assert.Equal("Dites pourquoi vous lisez le journal : votre motif y est inscrit.", browser.ErrorOn("Reason"));
        Assert.All((string[])["Agent", "Nir", "From", "To"], field => Assert.NotNull(browser.ErrorOn(field)));
        Assert.Equal(("123", "hier"), (browser.ValueOf("Nir"), browser.Page.QuerySelector("[name=From]")!.GetAttribute("value")));
        Assert.Null(browser.Page.QuerySelector("table"));

        await browser.Fill(Path, ("From", "2026-02-02"), ("To", "2026-02-01"), ("Reason", "Contrôle"), ("Export", "oui"));
        Assert.Equal((400, "Le dernier jour est avant le premier. Vérifiez les deux dates."), (browser.Status, browser.ErrorOn("To")));
        await browser.Send(("To", ""), ("From", ""), ("Reason", new string('x', AgentAct.MaxReasonLength + 1)));
        Assert.Equal((400, "Ce texte est trop long. Écrivez 500 caractères au plus."), (browser.Status, browser.ErrorOn("Reason")));
    }

    [Fact]
    public async Task Html_in_a_reason_is_text()
    {
        const string Html = "<script>alert(1)</script><b title=\"x\">&amp;";
        using var browser = site.NewBrowser();
        var paul = await Supervisor(browser);
        await browser.Fill(Path, ("Agent", paul.Login.Value), ("Act", "ReadAudit"), ("Reason", Html));
        Assert.Equal([Html], Cells(browser, "Motif"));
        Assert.Empty(browser.Page.QuerySelectorAll("main script, main b"));
        Assert.Equal(Html, browser.ValueOf("Reason"));
    }

    [Fact]
    public async Task Older_entries_follow_page_by_page_under_the_same_filters()
    {
        using var browser = site.NewBrowser();
        var paul = await Supervisor(browser);
        for (var i = 1; i <= 60; i++)
            await Log.Search(new(), new(paul.Login.Value, $"Lecture {i}"));
        await browser.Fill(Path, ("Agent", paul.Login.Value), ("Act", "ReadAudit"), ("Reason", "Contrôle"));
        Assert.Equal(["Contrôle", .. Enumerable.Range(12, 49).Reverse().Select(i => $"Lecture {i}")], Cells(browser, "Motif"));
        var older = browser.Page.QuerySelectorAll("main form")[^1];
        await browser.Post(Path, [
            .. older.QuerySelectorAll("input").Select(input => (input.GetAttribute("name")!, input.GetAttribute("value") ?? "")),
            ("Before", older.QuerySelector("button")!.GetAttribute("value")!)]);
        Assert.Equal(Enumerable.Range(1, 11).Reverse().Select(i => $"Lecture {i}"), Cells(browser, "Motif"));
        Assert.Single(browser.Page.QuerySelectorAll("main form"));
    }

    [Fact]
    public async Task The_export_holds_what_matches_and_no_formula()
    {
        using var browser = site.NewBrowser();
        var paul = await Supervisor(browser);
        await Log.Search(new(), new(paul.Login.Value, "Il a dit \"oui\", puis\r\nnon", "@A1"));
        await browser.Fill(Path, ("Agent", paul.Login.Value), ("Act", "ReadAudit"), ("Reason", "=HYPERLINK(1)"), ("Export", "oui"));
        Assert.Equal((200, "text/csv; charset=utf-8"), (browser.Status, $"{browser.Response.Content.Headers.ContentType}"));
        Assert.Equal("attachment; filename=journal-assistance.csv", $"{browser.Response.Content.Headers.ContentDisposition}".Split("; filename*")[0]);
        Assert.Contains("no-store", $"{browser.Response.Headers.CacheControl}", StringComparison.Ordinal);
        var bytes = await browser.Response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Encoding.UTF8.GetPreamble(), bytes[..3]);
        Assert.Matches(
            $@"\ANuméro,Date \(UTC\),Agent,Acte,Adhérent,Motif,Référence d’appel,Détail,Lisible\r\n"
            + $@"\d+,20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d\d\dZ,{paul.Login},Journal lu ou exporté,,""'=HYPERLINK\(1\)"",,export,oui\r\n"
            + $@"\d+,[^,]+,{paul.Login},Journal lu ou exporté,,""Il a dit """"oui"""", puis\r\nnon"",""'@A1"",,oui\r\n\z",
            Encoding.UTF8.GetString(bytes[3..]));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(7L)]
    public void An_export_that_is_cut_says_so_in_its_last_line(long? next)
    {
        var lines = Enumerable.Range(8, 3).Reverse().Select(i => new AuditLine(i, DateTimeOffset.UnixEpoch, AuditedAct.SignedIn, new("marie", "Test"), null, null, Legible: true));
        var written = Encoding.UTF8.GetString(RecordCsv.Of(new([.. lines], next))).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["10", "9", "8"], written[1..4].Select(line => line.Split(',')[0]));
        Assert.Equal(next is null ? [] : ["Fichier coupé"], written[4..].Select(line => line.Trim('"')[..13]));
    }

    private IAuditLog Log => site.Get<IGrainFactory>().GetGrain<IAuditLog>(0);

    private async Task<SiteAgent> Supervisor(Browser browser)
    {
        var paul = await SiteAgent.New(site, AgentRole.Supervisor);
        await paul.Begin(browser);
        return paul;
    }

    private static IEnumerable<string> Cells(Browser browser, string column) => browser.Page.QuerySelectorAll($"tbody td[data-label={column}]").Select(Plain);

    private static string Plain(IElement element) => element.TextContent.Replace('\u00a0', ' ').Trim();
}
