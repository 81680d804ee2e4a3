using System.IO.Compression;
using System.Text;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Messages;
using MsaOrleans.Testing;
using MsaOrleans.Web.Tests.Assistance;

namespace MsaOrleans.Web.Tests.Pages;

/// <summary>Files that go with messages to the caisse.</summary>
public sealed class AttachmentTests(Site site)
{
    private const string Page = "/espace-prive/contact";
    private const string Text = "Bonjour, voici mon relevé.";

    private static readonly (string, string)[] message = [("Topic", "Payments"), ("Message", Text)];

    [Fact]
    public async Task The_form_says_what_may_be_sent()
    {
        using var browser = site.NewBrowser();
        await browser.OpenSpace(site);
        await browser.Open(Page);
        var boxes = browser.Page.QuerySelectorAll("input[type=file]");
        Assert.Equal(["Files", "Files-2", "Files-3"], boxes.Select(box => box.Id));
        Assert.All(boxes, box => Assert.Equal((".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png", "Files"), (box.GetAttribute("accept"), box.GetAttribute("name"))));
        Assert.Contains("3 fichiers au plus, de 5 Mo chacun au plus : PDF, ou photos JPEG ou PNG.", browser.Words, StringComparison.Ordinal);
        Assert.Contains(("post:/espace-prive/contact*", "15m", 60), Web.Limits.LimitSettings.Standard);
    }

    [Fact]
    public async Task What_he_sends_he_and_the_agent_download_and_it_is_in_his_data()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        await browser.Open(Page);
        await browser.SendFiles([("Relevé été.pdf", SampleFiles.Pdf), ("IMG 1.JPG", SampleFiles.Photograph), ("", [])], message);
        Assert.Equal((200, Page), (browser.Status, browser.Path));
        await browser.Open(browser.Page.QuerySelector(".list a")!.GetAttribute("href")!);
        Assert.Equal(["Relevé été.pdf (PDF, 1 Ko)", "IMG 1.jpg (JPEG, 1 Ko)"], Links(browser).Select(link => link.Text));
        var conversation = browser.Path;
        await browser.SendFiles([("capture.png", SampleFiles.Png())], ("Message", "Et une image."));
        Assert.Equal((200, "capture.png (PNG, 1 Ko)"), (browser.Status, Links(browser)[^1].Text));
        var links = Links(browser);

        await Downloaded(browser, links[0].Address, "application/pdf", "attachment; filename=\"Relev_ _t_.pdf\"; filename*=UTF-8''Relev%C3%A9%20%C3%A9t%C3%A9.pdf", SampleFiles.Pdf);
        await Downloaded(browser, links[2].Address, "image/png", "attachment; filename=capture.png; filename*=UTF-8''capture.png", SampleFiles.Png());
        await browser.Open(links[1].Address);
        Assert.DoesNotContain(SampleFiles.Place, Encoding.Latin1.GetString(await browser.Response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)), StringComparison.Ordinal);

        using var agent = site.NewBrowser();
        await (await SiteAgent.New(site)).Begin(agent);
        await agent.Open("/assistance/messages");
        await agent.Open(agent.Page.QuerySelector($"a[href$='/{conversation.Split('/')[^1]}']")!.GetAttribute("href")!);
        var his = Links(agent);
        Assert.Equal(links.Select(link => link.Text), his.Select(link => link.Text));
        await Downloaded(agent, his[0].Address, "application/pdf", "attachment; filename=\"Relev_ _t_.pdf\"; filename*=UTF-8''Relev%C3%A9%20%C3%A9t%C3%A9.pdf", SampleFiles.Pdf);
        await browser.Open("/mon-compte/assistance");
        Assert.Contains("a ouvert une pièce jointe à un message de vous (paiements)", browser.Words, StringComparison.Ordinal);

        var data = await browser.PersonalData(Journeys.GoodPassword);
        var told = Assert.Single(data.GetProperty("conversations").EnumerateArray()).GetProperty("messages")[0].GetProperty("attachments")[0];
        Assert.Equal(("Relevé été.pdf", "pdf", SampleFiles.Pdf.Length), (told.GetProperty("name").GetString(), told.GetProperty("type").GetString(), told.GetProperty("size").GetInt32()));
        await using var zip = new ZipArchive(new MemoryStream(await browser.Response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)));
        Assert.Equal(["mes-donnees.html", "mes-donnees.json", "pieces-jointes/01-Relevé été.pdf", "pieces-jointes/02-IMG 1.jpg", "pieces-jointes/03-capture.png"], zip.Entries.Select(e => e.FullName));
        await using var file = await zip.Entries[^1].OpenAsync(TestContext.Current.CancellationToken);
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, TestContext.Current.CancellationToken);
        Assert.Equal(SampleFiles.Png(), bytes.ToArray());
    }

    [Fact]
    public async Task A_file_that_is_not_taken_has_its_sentence_and_the_text_stays()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        await browser.Open(Page);
        foreach (var (name, content, sentence) in ((string, byte[], string)[])
            [
                ("vide.pdf", [], "« vide.pdf » est vide."),
                ("facture.pdf", "MZ\u0090"u8.ToArray(), "« facture.pdf » n'est ni un PDF, ni une image JPEG ou PNG."),
                ("photo.heic", "\0\0\0\u0018ftypheic"u8.ToArray(), "« photo.heic » n'est ni"),
                ("coupé.pdf", SampleFiles.Pdf[..100], "« coupé.pdf » est incomplet ou abîmé."),
                ("photo.jpg", SampleFiles.Jpeg[..400], "« photo.jpg » est incomplet ou abîmé."),
                ("actif.pdf", SampleFiles.PdfWith("/OpenAction << /S /JavaScript >>"), "« actif.pdf » contient un programme"),
                ("bombe.png", SampleFiles.Png(60_000, 60_000), "« bombe.png » est une image trop grande."),
                ("lourd.pdf", SampleFiles.LargePdf(6_000_000), "« lourd.pdf » pèse 6,0 Mo. Un fichier pèse 5 Mo au plus"),
                ("C:/Users/moi/\u202Efdp.exe", "MZ"u8.ToArray(), "« fdp.exe » n'est ni"),
                (new string('a', 300) + ".txt", "Bonjour"u8.ToArray(), $"« {new string('a', AttachmentName.MaxLength)} » n'est ni"),
                ("\u202E", "MZ"u8.ToArray(), "Ce fichier n'est ni"),
            ])
        {
            await browser.SendFiles([(name, content), ("bon.png", SampleFiles.Png())], message);
            Assert.Equal((400, Text, "Payments"), (browser.Status, browser.ValueOf("Message"), browser.ValueOf("Topic")));
            Assert.StartsWith(sentence, browser.ErrorOn("Files"), StringComparison.Ordinal);
            Assert.EndsWith("Les fichiers n'ont pas pu être gardés : choisissez-les à nouveau.", browser.ErrorOn("Files"), StringComparison.Ordinal);
            Assert.DoesNotContain("\u202E", browser.Page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        }
        await browser.SendFiles(Enumerable.Repeat(("a.png", SampleFiles.Png()), 30), message);
        Assert.StartsWith("Vous avez choisi 30 fichiers. Joignez-en 3 au plus", browser.ErrorOn("Files"), StringComparison.Ordinal);
        Assert.Equal(Text, browser.ValueOf("Message"));
        Assert.Empty(await site.Adherent<IAdherentCorrespondence>(Nir.Parse(person.Nir)).Waiting());
    }

    [Fact]
    public async Task Of_a_form_refused_for_anything_else_it_is_said_that_files_are_to_be_chosen_again()
    {
        using var browser = site.NewBrowser();
        await browser.OpenSpace(site);
        await browser.Open(Page);
        const string Again = "Les fichiers n'ont pas pu être gardés : choisissez-les à nouveau.";
        await browser.SendFiles([("a.png", SampleFiles.Png())], ("Topic", ""), ("Message", Text));
        Assert.Equal((400, Again, Text), (browser.Status, browser.ErrorOn("Files"), browser.ValueOf("Message")));
        await browser.PostFiles(Page, "Files", [("a.png", SampleFiles.Png())], message); // without a token
        Assert.Equal((400, Again), (browser.Status, browser.ErrorOn("Files")));
        await browser.SendFiles([], ("Topic", ""), ("Message", Text));
        Assert.Equal((400, null), (browser.Status, browser.ErrorOn("Files")));
        // As the page for machines that are away sends it again: the name is all that it could keep.
        await browser.Send([.. message, ("Files", "a.png")]);
        Assert.Equal((400, Again, Text), (browser.Status, browser.ErrorOn("Files"), browser.ValueOf("Message")));
        await browser.Send(message);
        Assert.Equal(200, browser.Status);
    }

    [Fact]
    public async Task Fifteen_megabytes_go_at_once_and_what_is_beyond_all_measure_is_refused_calmly()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        await browser.Open(Page);
        var large = SampleFiles.LargePdf(AttachmentLimits.MaxSize);
        await browser.SendFiles([("a.pdf", large), ("b.pdf", large), ("c.pdf", large)], message);
        Assert.Equal((200, Page), (browser.Status, browser.Path));
        await browser.Open(browser.Page.QuerySelector(".list a")!.GetAttribute("href")!);
        await browser.SendFiles([("d.pdf", large), ("e.pdf", large), ("f.pdf", large)], ("Message", "Suite"));
        Assert.Equal(200, browser.Status);
        await browser.SendFiles([("g.pdf", SampleFiles.Pdf)], ("Message", "Fin"));
        Assert.Equal((400, "Fin"), (browser.Status, browser.ValueOf("Message")));
        Assert.StartsWith("Vos messages en attente de réponse ont déjà beaucoup de pièces jointes.", browser.ErrorOn("Files"), StringComparison.Ordinal);
        Assert.Equal(2, Assert.Single(await site.Adherent<IAdherentCorrespondence>(Nir.Parse(person.Nir)).Waiting()).Messages);

        await browser.Open(Page);
        await browser.SendFiles([("a.pdf", new byte[21 * 1024 * 1024])], message);
        Assert.Equal((413, "Ce que vous avez envoyé est trop volumineux"), (browser.Status, browser.Heading));
    }

    [Fact]
    public async Task Other_forms_and_whoever_is_not_signed_in_send_no_more_than_before()
    {
        using var browser = site.NewBrowser();
        await browser.OpenSpace(site);
        (string, byte[])[] six = [("a.pdf", new byte[6_000_000])];
        await browser.PostFiles("/mon-compte/telephones", "Files", six);
        Assert.Equal(413, browser.Status);
        using var nobody = site.NewBrowser();
        await nobody.PostFiles(Page, "Files", [("a.pdf", SampleFiles.Pdf)], message);
        Assert.Equal("/connexion", nobody.Path);
    }

    [Fact]
    public async Task Another_s_file_is_not_there()
    {
        using var browser = site.NewBrowser();
        await browser.OpenSpace(site);
        await browser.Open(Page);
        await browser.SendFiles([("a.pdf", SampleFiles.Pdf)], message);
        await browser.Open(browser.Page.QuerySelector(".list a")!.GetAttribute("href")!);
        var address = Links(browser)[0].Address;
        using var other = site.NewBrowser();
        await other.OpenSpace(site);
        foreach (var path in (string[])[address, $"{Page}/pieces/{Guid.NewGuid()}", $"{Page}/pieces/1"])
        {
            await other.Open(path);
            Assert.Equal((404, "Cette page n'existe pas"), (other.Status, other.Heading));
        }
        using var nobody = site.NewBrowser();
        using var agent = site.NewBrowser();
        await (await SiteAgent.New(site)).Begin(agent);
        foreach (var stranger in new[] { nobody, agent })
        {
            await stranger.Open(address);
            Assert.Equal("/connexion", stranger.Path);
        }
        await agent.Open($"/assistance/messages/abc/{Guid.NewGuid()}/pieces/{address.Split('/')[^1]}");
        Assert.Contains("Ce message n'est plus ouvert pour vous.", agent.Words, StringComparison.Ordinal);
    }

    private static async Task Downloaded(Browser browser, string address, string type, string disposition, byte[] content)
    {
        await browser.Open(address);
        var headers = browser.Response.Content.Headers;
        Assert.Equal((200, type, disposition), (browser.Status, headers.ContentType!.ToString(), headers.NonValidated["Content-Disposition"].ToString()));
        Assert.Equal("default-src 'none'; sandbox", browser.Response.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("nosniff", browser.Response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("no-store", browser.Response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal(content, await browser.Response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    private static List<(string Text, string Address)> Links(Browser browser) =>
        [.. browser.Page.QuerySelectorAll(".attachments a").Select(a => (string.Join(' ', a.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), a.GetAttribute("href")!))];
}
