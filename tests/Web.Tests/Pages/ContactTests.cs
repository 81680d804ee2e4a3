using System.IO.Compression;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Interfaces.Messages;
using MsaOrleans.Testing;
using MsaOrleans.Web.Tests.Assistance;

namespace MsaOrleans.Web.Tests.Pages;

/// <summary>What an adherent writes to his caisse.</summary>
public sealed class ContactTests(Site site)
{
    private const string Page = "/espace-prive/contact";
    private const string Html = "Bonjour,\n<script>alert(1)</script> & <b>mon paiement</b> ?";

    private static readonly AgentAct marie = new("marie.d", "Réponse à un message");

    [Fact]
    public async Task What_he_writes_is_listed_and_read_as_plain_text()
    {
        using var browser = site.NewBrowser();
        await browser.OpenSpace(site);
        await browser.Follow("Écrire à ma caisse");
        Assert.Equal((200, Page, "Écrire à ma caisse"), (browser.Status, browser.Path, browser.Heading));
        Assert.Contains("N'écrivez ni mot de passe, ni numéro de carte bancaire", browser.Words, StringComparison.Ordinal);
        Assert.Contains("dès que possible, les jours ouvrés", browser.Words, StringComparison.Ordinal);

        await browser.Send(("Topic", "Payments"), ("Message", Html));
        Assert.Equal((200, Page), (browser.Status, browser.Path));
        Assert.Contains("Votre message est envoyé. Un courriel vous préviendra de la réponse.", browser.Words, StringComparison.Ordinal);
        Assert.Equal("", browser.ValueOf("Message"));
        Assert.Contains("En attente de réponse, un message", browser.Words, StringComparison.Ordinal);
        await OpenFirst(browser);
        Assert.Equal((200, "Paiements"), (browser.Status, browser.Heading));
        Assert.Contains("no-store", browser.Response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal([Html], Texts(browser));
        Assert.Empty(browser.Page.QuerySelectorAll("main script, main b"));

        await browser.Send(("Message", "Et aussi : quand ?"));
        Assert.Equal([Html, "Et aussi : quand ?"], Texts(browser));
        Assert.Contains("Votre message est envoyé.", browser.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_cannot_be_sent_comes_back_with_what_was_typed()
    {
        using var browser = site.NewBrowser();
        await browser.OpenSpace(site);
        await browser.Fill(Page, ("Message", " "));
        Assert.Equal((400, "Choisissez le sujet de votre message.", "Écrivez votre message."), (browser.Status, browser.ErrorOn("Topic"), browser.ErrorOn("Message")));
        await browser.Fill(Page, ("Topic", "Autre chose"), ("Message", Html));
        Assert.Equal((400, Html), (browser.Status, browser.ValueOf("Message")));
        var endless = new string('é', MessageLimits.MaxLength + 1);
        await browser.Fill(Page, ("Topic", "Health"), ("Message", endless));
        Assert.Equal((400, "Health", endless), (browser.Status, browser.ValueOf("Topic"), browser.ValueOf("Message")));
        Assert.StartsWith("Ce texte compte 4 001 caractères. Il en faut 4 000 au plus", browser.ErrorOn("Message"), StringComparison.Ordinal);
        await browser.Post(Page, ("Topic", "Health"), ("Message", Html)); // without a token
        Assert.Equal((400, Html), (browser.Status, browser.ValueOf("Message")));
        Assert.Contains("Il y a une erreur dans cette page", browser.Summary, StringComparison.Ordinal);

        await browser.Fill(Page, ("Topic", "Health"), ("Message", string.Join("\r\n", Enumerable.Repeat("é", MessageLimits.MaxLength / 2))));
        Assert.Equal(200, browser.Status); // ends of lines count once
        await OpenFirst(browser);
        await browser.Send(("Message", endless));
        Assert.Equal((400, endless), (browser.Status, browser.ValueOf("Message")));
        await browser.Send(("Message", ""));
        Assert.Equal((400, "Écrivez votre message."), (browser.Status, browser.ErrorOn("Message")));
    }

    [Fact]
    public async Task Five_messages_may_wait_and_a_button_pressed_twice_sends_one()
    {
        using var browser = site.NewBrowser();
        await browser.OpenSpace(site);
        for (var i = 0; i < MessageLimits.MaxWaiting; i++)
        {
            await browser.Fill(Page, ("Topic", "Other"), ("Message", $"Question {i}"));
            await browser.Fill(Page, ("Topic", "Other"), ("Message", $"Question {i}"));
        }
        Assert.Equal(MessageLimits.MaxWaiting, browser.Page.QuerySelectorAll(".list > li").Length);
        await browser.Fill(Page, ("Topic", "Other"), ("Message", "Encore"));
        Assert.Equal((400, "Encore"), (browser.Status, browser.ValueOf("Message")));
        Assert.Contains("Vous avez déjà 5 messages", browser.Summary, StringComparison.Ordinal);
        Assert.Equal(MessageLimits.MaxWaiting, browser.Page.QuerySelectorAll(".list > li").Length);
    }

    [Fact]
    public async Task An_answer_is_told_by_mail_and_in_his_space_until_he_has_read_it()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        var (grain, id) = await Write(browser, person);
        Assert.Equal(AssistanceOutcome.Done, (await grain.Answer(marie, id, "<i>Il</i> part demain.", 1, close: false)).Outcome);

        var mail = await site.Mails.To(person.Email, "Vous avez reçu une réponse");
        Assert.DoesNotContain("part demain", mail.Text + mail.Html, StringComparison.Ordinal);
        await browser.Open("/espace-prive");
        Assert.Contains("Vous avez une nouvelle réponse.", browser.Words, StringComparison.Ordinal);
        await browser.Follow("Lire la réponse");
        Assert.Contains("Nouvelle réponse", browser.Words, StringComparison.Ordinal);
        await OpenFirst(browser);
        Assert.Equal("<i>Il</i> part demain.", Texts(browser)[^1]);
        Assert.DoesNotContain(marie.Agent, browser.Page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        foreach (var path in (string[])[Page, "/espace-prive"])
        {
            await browser.Open(path);
            Assert.DoesNotContain("ouvelle réponse", browser.Words, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_he_writes_while_it_is_closed_is_kept_and_can_be_sent_as_another()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        var (grain, id) = await Write(browser, person);
        await browser.Open($"{Page}/{id}");
        await grain.Close(marie, id, 1);
        await browser.Send(("Message", "Une suite"));
        Assert.Equal((400, "Une suite"), (browser.Status, browser.ValueOf("Message")));
        Assert.Contains("Cet échange a été terminé par la MSA pendant que vous écriviez.", browser.Summary, StringComparison.Ordinal);
        Assert.Equal(Page, browser.Page.QuerySelector("main form")!.GetAttribute("action"));
        await browser.Post(Page, [.. browser.Page.QuerySelectorAll("main form input[name]").Select(i => (i.GetAttribute("name")!, i.GetAttribute("value")!)), ("Message", "Une suite")]);
        Assert.Equal((200, 2), (browser.Status, browser.Page.QuerySelectorAll(".list > li").Length));

        await browser.Open($"{Page}/{id}");
        Assert.Contains("Cet échange est terminé.", browser.Words, StringComparison.Ordinal);
        Assert.Null(browser.Page.QuerySelector("main textarea"));
        await browser.Follow("Écrire un nouveau message");
        Assert.Equal(Page, browser.Path);
    }

    [Fact]
    public async Task What_is_not_his_is_not_there()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        var (_, id) = await Write(browser, person);
        using var other = site.NewBrowser();
        await other.OpenSpace(site);
        await other.Open(Page);
        var token = ("__RequestVerificationToken", other.ValueOf("__RequestVerificationToken")!);
        foreach (var path in (string[])[$"{Page}/{id}", $"{Page}/{Guid.NewGuid()}", $"{Page}/abc"])
        {
            await other.Open(path);
            Assert.Equal((404, "Cette page n'existe pas"), (other.Status, other.Heading));
            await other.Post(path, token, ("Message", "Bonjour"));
            Assert.Equal(404, other.Status);
        }
    }

    [Fact]
    public async Task Nobody_else_s_session_opens_it()
    {
        using var nobody = site.NewBrowser();
        using var agent = site.NewBrowser();
        await (await SiteAgent.New(site)).Begin(agent);
        foreach (var browser in new[] { nobody, agent })
        {
            foreach (var path in (string[])[Page, $"{Page}/{Guid.NewGuid()}"])
            {
                await browser.Open(path);
                Assert.Equal("/connexion", browser.Path);
                await browser.Post(path, ("Message", "Bonjour"), ("Topic", "Other"));
                Assert.Equal("/connexion", browser.Path);
            }
        }
    }

    [Fact]
    public async Task All_of_it_is_in_what_he_downloads()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        var (grain, id) = await Write(browser, person);
        await grain.Answer(marie, id, "Il part demain.", 1, close: true);
        var data = await browser.PersonalData(Journeys.GoodPassword);
        var conversation = Assert.Single(data.GetProperty("conversations").EnumerateArray());
        Assert.Equal([Html, "Il part demain."], conversation.GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("text").GetString()));

        await using var zip = new ZipArchive(new MemoryStream(await browser.Response.Content.ReadAsByteArrayAsync()));
        using var page = new StreamReader(await zip.GetEntry("mes-donnees.html")!.OpenAsync());
        var html = await page.ReadToEndAsync();
        Assert.Contains("&lt;b&gt;mon paiement&lt;/b&gt;", html, StringComparison.Ordinal);
        Assert.Contains("La MSA : Il part demain.", html, StringComparison.Ordinal);
        Assert.DoesNotContain(marie.Agent, html, StringComparison.Ordinal);
    }

    private async Task<(IAdherentCorrespondence Grain, Guid Id)> Write(Browser browser, Person person)
    {
        await browser.Fill(Page, ("Topic", "Payments"), ("Message", Html));
        var grain = site.Adherent<IAdherentCorrespondence>(Nir.Parse(person.Nir));
        return (grain, Assert.Single(await grain.Waiting()).Id);
    }

    private static Task OpenFirst(Browser browser) => browser.Open(browser.Page.QuerySelector(".list a")!.GetAttribute("href")!);

    private static List<string> Texts(Browser browser) => [.. browser.Page.QuerySelectorAll(".conversation .note-text").Select(e => e.TextContent)];
}
