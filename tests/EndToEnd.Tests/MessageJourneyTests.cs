using System.Text;
using Microsoft.Playwright;
using MsaOrleans.Testing;
using static Microsoft.Playwright.Assertions;

namespace MsaOrleans.EndToEnd.Tests;

/// <summary>A question in two real browsers: an adherent writes it, an agent takes and answers it, a mail says so, and the adherent reads the answer.</summary>
public sealed class MessageJourneyTests(Chromium chromium)
{
    private const string Question = "Bonjour,\nmon paiement de février n'est pas arrivé. Savez-vous quand il le sera ?";
    private const string Answer = "Bonjour,\nil est parti ce matin : comptez deux jours ouvrés.";

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    public async Task An_adherent_writes_an_agent_answers_and_the_adherent_reads_it(int width, ColorScheme colours)
    {
        using var data = new TempFolder();
        await using var site = await SiteProcess.Start(data.Path);
        var (person, mails) = (Person.LamyFritz, new MailFolder(data["mails"]));
        await site.OpenSpace(person, data);
        var look = new Look($"messages-{width}");

        var his = await chromium.SignIn(site, person, width, colours);
        await Expect(his.GetByRole(AriaRole.Heading, new() { Name = "Contacter la MSA" })).ToBeVisibleAsync();
        await look.At(his);
        await his.GetByRole(AriaRole.Link, new() { Name = "Écrire à ma caisse" }).ClickAsync();
        await look.At(his);
        await his.GetByLabel("Votre message").FillAsync(Question);
        await Press(his, "Envoyer");
        await Expect(his.Locator(".error-summary")).ToContainTextAsync("Choisissez le sujet");
        await Expect(his.GetByLabel("Votre message")).ToHaveValueAsync(Question);
        await look.At(his, "refused");
        await his.GetByLabel("Sujet").SelectOptionAsync("Paiements");
        await his.GetByLabel("Fichier 1").SetInputFilesAsync(Chosen("photo.jpg", SampleFiles.Photograph));
        await his.GetByLabel("Fichier 2").SetInputFilesAsync(Chosen("Ma lettre à la caisse, écrite au traitement de texte.doc", "\u00D0\u00CF\u0011\u00E0"u8.ToArray()));
        await Press(his, "Envoyer");
        await Expect(his.Locator(".error-summary")).ToContainTextAsync("n'est ni un PDF, ni une image JPEG ou PNG.");
        await Expect(his.GetByLabel("Votre message")).ToHaveValueAsync(Question);
        await look.At(his, "file-refused");
        await his.GetByLabel("Fichier 1").SetInputFilesAsync(Chosen("photo.jpg", SampleFiles.Photograph));
        await look.At(his, "file-chosen");
        await Press(his, "Envoyer");
        await Expect(his.Locator("main").GetByRole(AriaRole.Status)).ToContainTextAsync("Votre message est envoyé.");
        await look.At(his, "written");

        var agent = await chromium.SignInAgent(site, width, colours);
        await agent.GetByRole(AriaRole.Link, new() { Name = "Messages" }).ClickAsync();
        await Expect(agent.Locator(".found")).ToContainTextAsync("Paiements");
        await look.At(agent);
        await agent.GetByRole(AriaRole.Link, new() { Name = "Lire" }).ClickAsync();
        await Expect(agent.Locator(".conversation")).ToContainTextAsync("mon paiement de février");
        var download = await agent.RunAndWaitForDownloadAsync(() => agent.GetByRole(AriaRole.Link, new() { Name = "photo.jpg" }).ClickAsync());
        Assert.Equal("photo.jpg", download.SuggestedFilename);
        var photograph = await File.ReadAllBytesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        Assert.DoesNotContain(SampleFiles.Place, Encoding.Latin1.GetString(photograph), StringComparison.Ordinal);
        Assert.Equal("30x40", await agent.EvaluateAsync<string>( // turned, as the telephone said
            "async data => { const image = new Image(); image.src = data; await image.decode(); return `${image.naturalWidth}x${image.naturalHeight}`; }",
            $"data:image/jpeg;base64,{Convert.ToBase64String(photograph)}"));
        await Press(agent, "Prendre");
        await Expect(agent.Locator(".panel")).ToContainTextAsync("Il est à vous jusqu");
        await agent.GetByLabel("Votre réponse").FillAsync(Answer);
        await look.AtLong(agent, "/assistance/messages/lu");
        await Press(agent, "Répondre");
        await Expect(agent.Locator("main").GetByRole(AriaRole.Status)).ToContainTextAsync("Votre réponse est enregistrée.");
        await look.At(agent, "answered");

        Assert.DoesNotContain("ce matin", (await mails.To(person.Email, "Vous avez reçu une réponse", TestContext.Current.CancellationToken)).Text, StringComparison.Ordinal);
        await his.GotoAsync("/espace-prive");
        await look.At(his, "news");
        await his.GetByRole(AriaRole.Link, new() { Name = "Lire la réponse" }).ClickAsync();
        await Expect(his.GetByText("Nouvelle réponse")).ToBeVisibleAsync();
        await look.At(his, "news");
        await his.GetByRole(AriaRole.Link, new() { NameRegex = new("^Paiements") }).ClickAsync();
        await Expect(his.Locator(".answer")).ToContainTextAsync("comptez deux jours ouvrés");
        await look.At(his, "answered");
    }

    private static FilePayload Chosen(string name, byte[] content) => new() { Name = name, MimeType = "image/jpeg", Buffer = content };

    private static Task Press(IPage page, string button) => page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).First.ClickAsync();
}
