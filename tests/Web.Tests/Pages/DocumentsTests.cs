using System.Globalization;
using System.Security.Cryptography;
using AngleSharp.Html.Dom;
using MsaOrleans.Grains.Interfaces;
using MsaOrleans.Grains.Interfaces.Caisses;
using MsaOrleans.Testing;
using MsaOrleans.Web.Pages.Legal;
using MsaOrleans.Web.Pages.Registration;

namespace MsaOrleans.Web.Tests.Pages;

/// <summary>Certificates and documents in the private space, and the page where anybody checks them.</summary>
public sealed class DocumentsTests(Site site)
{
    private const string Certificates = "/espace-prive/attestations";
    private const string OfPayments = "/espace-prive/attestations/paiements";
    private const string Documents = "/espace-prive/documents";
    private const string Check = "/verification";

    private static readonly DateOnly today = FrenchCalendar.DayOf(DateTimeOffset.UtcNow);

    [Fact]
    public async Task A_certificate_is_made_downloaded_and_checked_by_whoever_gets_it()
    {
        using var browser = site.NewBrowser();
        var person = await OpenInsured(browser);
        await browser.Open(Certificates);
        Assert.Equal((200, "Mes attestations"), (browser.Status, browser.Heading));
        await browser.Send();
        Assert.Equal((200, Certificates), (browser.Status, browser.Path));
        Assert.Contains("Votre attestation est prête", browser.Words, StringComparison.Ordinal);
        var (address, code) = (Latest(browser), CodeOn(browser));

        await browser.Open(address);
        Assert.Equal((200, "application/pdf"), (browser.Status, browser.Response.Content.Headers.ContentType!.MediaType));
        Assert.Matches(@"\Aattachment; filename=attestation-de-droits-\d{4}-\d\d-\d\d\.pdf", browser.Response.Content.Headers.ContentDisposition!.ToString());
        Assert.Contains("no-store", browser.Response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("%PDF", await browser.Response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.DoesNotContain(person.Nir, address, StringComparison.Ordinal);

        using var stranger = site.NewBrowser();
        await stranger.Open($"{Check}?code={code}"); // as the QR code leads
        Assert.Equal((200, "Vérifier une attestation", code), (stranger.Status, stranger.Heading, stranger.ValueOf("Code")));
        Assert.Contains("no-store", stranger.Response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal("no-referrer", stranger.Response.Headers.GetValues("Referrer-Policy").Single());
        Assert.DoesNotContain(person.FamilyName, stranger.Page.DocumentElement.TextContent, StringComparison.Ordinal); // nothing before the button
        await stranger.Send(("Code", code.Replace('-', ' ').Replace('0', 'o').ToLowerInvariant()));
        Assert.Equal((200, Check, ""), (stranger.Status, stranger.Path, stranger.Response.RequestMessage!.RequestUri!.Query));
        Assert.Contains("Cette attestation est authentique.", stranger.Words, StringComparison.Ordinal);
        Assert.Contains(person.DisplayName, stranger.Words, StringComparison.Ordinal);
        Assert.Contains("Attestation de droits à l'assurance maladie", stranger.Words, StringComparison.Ordinal);
        Assert.DoesNotContain(person.Nir[..7], stranger.Words.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_that_is_none_or_unknown_gets_a_sentence_and_a_list_of_them_is_stopped()
    {
        using var browser = site.NewBrowser();
        await browser.Open(Check);
        await browser.Send(("Code", ""));
        Assert.Equal((400, "Saisissez le code imprimé sur l'attestation."), (browser.Status, browser.ErrorOn("Code")));
        foreach (var typed in (string[])["123", "7K3M-9QRT-0B2W-XY4U", "<script>alert(1)</script>", new('7', 5000)])
        {
            await browser.Fill(Check, ("Code", typed));
            Assert.Equal((400, typed), (browser.Status, browser.ValueOf("Code")));
            Assert.StartsWith("Ce code n'a pas la bonne forme.", browser.ErrorOn("Code"), StringComparison.Ordinal);
        }
        for (var guess = 0; guess < 5; guess++)
        {
            await browser.Fill(Check, ("Code", $"7K3M-9QRT-0B2W-XY4{guess}"));
            Assert.Equal(400, browser.Status);
            Assert.StartsWith("Aucune attestation que nous gardons ne porte ce code.", browser.ErrorOn("Code"), StringComparison.Ordinal);
        }
        Assert.Contains(("post:/verification", "15m", 60), Web.Limits.LimitSettings.Standard);
    }

    [Fact]
    public async Task A_certificate_of_payments_is_about_the_days_that_were_typed()
    {
        using var browser = site.NewBrowser();
        await browser.OpenSpace(site);
        await browser.Open(OfPayments);
        Assert.Equal(("1", "1", $"{today.Year}"), (browser.ValueOf("FromDay"), browser.ValueOf("FromMonth"), browser.ValueOf("FromYear")));
        await browser.Send(Period(today.AddYears(-3), today));
        Assert.Equal((200, Certificates), (browser.Status, browser.Path));
        Assert.Contains("Attestation de paiements du", browser.Words, StringComparison.Ordinal);
        await browser.Open(Latest(browser));
        Assert.Equal("application/pdf", browser.Response.Content.Headers.ContentType!.MediaType);
        await browser.Open(Documents);
        Assert.Contains("Attestation de paiements du", browser.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_period_that_cannot_be_has_its_sentence()
    {
        using var browser = site.NewBrowser();
        await browser.OpenSpace(site);
        await Refused(Period(today, today.AddDays(-1)), "ToDay", "Cette fin vient avant le début.");
        await Refused(Period(today.AddDays(-1), today.AddDays(2)), "ToDay", "Cette fin est dans l'avenir.");
        await Refused(Period(today.AddDays(2), today.AddDays(3)), "FromDay", "Ce début est dans l'avenir.");
        await Refused(Period(new(1900, 1, 1), today), "FromDay", "Choisissez un début à partir du");
        await Refused(Period(today.AddYears(-9), today.AddYears(-9)), "FromDay", "La MSA ne vous a rien versé entre ces deux dates.");
        await Refused([("FromDay", ""), ("FromMonth", ""), ("FromYear", "")], "FromDay", "Saisissez le début de la période");
        await Refused([("FromDay", "30"), ("FromMonth", "février"), ("FromYear", "2024")], "FromDay", "Cette date n’existe pas.");
        await Refused([("ToDay", "x")], "ToDay", "Saisissez le jour de la fin");
        await Refused([("ToMonth", "13")], "ToMonth", "Saisissez le mois de la fin");
        await Refused([("ToYear", "26")], "ToYear", "Saisissez l’année de la fin");

        async Task Refused((string, string)[] fields, string field, string sentence)
        {
            await browser.Fill(OfPayments, fields);
            Assert.Equal(400, browser.Status);
            Assert.StartsWith(sentence, browser.ErrorOn(field), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Another_s_document_is_not_there_and_without_a_session_nobody_s_is()
    {
        using var browser = site.NewBrowser();
        await OpenInsured(browser);
        await browser.Fill(Certificates);
        var address = Latest(browser);
        using var other = site.NewBrowser();
        await other.OpenSpace(site);
        await other.Open(address);
        Assert.Equal(404, other.Status);
        await other.Open($"{Documents}/{Guid.NewGuid()}");
        Assert.Equal(404, other.Status);
        await other.Open($"{Documents}/1");
        Assert.Equal(404, other.Status);
        using var nobody = site.NewBrowser();
        await nobody.Open(address);
        Assert.Equal("/connexion", nobody.Path);
    }

    [Fact]
    public async Task Documents_list_the_terms_that_were_accepted_and_the_letters_about_requests()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        await browser.Open(Documents);
        Assert.Equal((200, "Mes documents"), (browser.Status, browser.Heading));
        Assert.Contains("Vous n'avez pas encore créé d'attestation.", browser.Words, StringComparison.Ordinal);
        Assert.Contains($"Vous avez accepté la version {TermsModel.Version} le ", browser.Words, StringComparison.Ordinal);
        await browser.Follow("Lire les conditions que j'ai acceptées");
        Assert.Equal((200, "Conditions que j'ai acceptées"), (browser.Status, browser.Heading));
        Assert.Contains($"Version {TermsModel.Version}", browser.Words, StringComparison.Ordinal);

        var other = CaisseDirectory.Departments.First(department => !person.Departments.Contains(department.Code));
        await browser.Fill("/complement-inscription/departement", ("Department", other.Code));
        await browser.Open(Documents);
        Assert.Contains($"Accusé de réception de votre demande d'inscription, {other.Label}", browser.Words, StringComparison.Ordinal);
    }

    /// <summary>Somebody has accepted each of them: another text is another version.</summary>
    [Fact]
    public void No_version_of_the_terms_has_changed()
    {
        Dictionary<string, string> known = new() { ["2026-11"] = "559ecf5a0a495801" };
        Assert.Equal(TermsTexts.Versions, known.Keys);
        Assert.Equal(TermsModel.Version, TermsTexts.Versions[^1]);
        foreach (var (version, hash) in known)
            Assert.Equal(hash, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(Repository.Root, "Web", "Pages", "Legal", "Terms", $"{version}.cshtml"))))[..16]);
    }

    private async Task<Person> OpenInsured(Browser browser)
    {
        var person = site.NextCardHolder();
        await browser.SignUp(person);
        await browser.FirstConnection(person, (await site.Mails.To(person.Email)).ProvisionalPassword);
        return person;
    }

    private static string Latest(Browser browser) => browser.Page.QuerySelectorAll("main .list a").OfType<IHtmlAnchorElement>().First().GetAttribute("href")!;

    private static string CodeOn(Browser browser) => browser.Page.QuerySelector("main .list .code")!.TextContent;

    private static (string, string)[] Period(DateOnly from, DateOnly to) =>
    [
        ("FromDay", Text(from.Day)), ("FromMonth", Text(from.Month)), ("FromYear", Text(from.Year)),
        ("ToDay", Text(to.Day)), ("ToMonth", Text(to.Month)), ("ToYear", Text(to.Year)),
    ];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
