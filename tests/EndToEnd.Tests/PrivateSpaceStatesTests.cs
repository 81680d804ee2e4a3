using Microsoft.Playwright;
using MsaOrleans.Testing;
using static Microsoft.Playwright.Assertions;

namespace MsaOrleans.EndToEnd.Tests;

/// <summary>The private space, and what the hotline prints and posts for it, in every state, on a small screen and a large one, by day and by night.</summary>
public sealed class PrivateSpaceStatesTests(Chromium chromium)
{
    [Theory]
    [InlineData(360, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    public async Task The_rooms_of_the_private_space_are_sound(int width, ColorScheme colours)
    {
        using var data = new TempFolder();
        await using var site = await SiteProcess.Start(data.Path);
        var person = Person.Perrin;
        using var other = new Browser(site.Address);
        await other.SignUp(person);
        await other.FirstConnection(person, (await new MailFolder(data["mails"]).To(person.Email)).ProvisionalPassword);
        var page = await chromium.SignIn(site, person, width, colours);
        var look = new Look($"rooms-{width}-{colours.ToString().ToLowerInvariant()}");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Mes derniers paiements" })).ToBeVisibleAsync();
        foreach (var (path, state) in new[]
        {
            ("/espace-prive", null), ("/espace-prive/paiements", null), ("/espace-prive/paiements?annee=deux-mille&nature=x", "left-out"), ("/espace-prive/demandes", "none"),
            ("/espace-prive/contact", null), ("/complement-inscription", null), ("/mon-compte", null), ("/session", null),
        })
        {
            await page.GotoAsync(path);
            await look.At(page, state);
        }
        await other.Open("/complement-inscription/departement");
        await other.Send(("Department", "13"));
        await other.Open("/complement-inscription/annulation/13");
        await other.Send();
        await page.GotoAsync("/espace-prive/demandes");
        await Expect(page.Locator(".tag")).ToHaveTextAsync("Demande annulée");
        await look.At(page, "ended");
    }

    /// <summary>Also the way of a letter: chosen, made, printed, posted, and seen to be.</summary>
    [Theory]
    [InlineData(360, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    public async Task The_queue_of_the_post_is_sound_from_the_choice_of_paper_to_the_letter_box(int width, ColorScheme colours)
    {
        using var data = new TempFolder();
        await using var site = await SiteProcess.Start(data.Path);
        var person = Person.LamyFritz;
        await site.OpenSpace(person, data);
        var look = new Look($"post-{width}-{colours.ToString().ToLowerInvariant()}");
        var his = await chromium.SignIn(site, person, width, colours);
        await Expect(his.GetByRole(AriaRole.Heading, new() { Name = "Mes derniers paiements" })).ToBeVisibleAsync();
        var agent = await chromium.SignInAgent(site, width, colours);
        await agent.GetByRole(AriaRole.Link, new() { Name = "Courriers", Exact = true }).ClickAsync();
        await Expect(agent.Locator("main")).ToContainTextAsync("Aucun courrier n'attend d'être imprimé.");
        await look.At(agent, "none");

        await his.GotoAsync("/mon-compte/reception");
        await his.GetByRole(AriaRole.Radiogroup, new() { Name = "Vos documents" }).GetByText("Par courrier").ClickAsync();
        await look.At(his);
        await Press(his, "Enregistrer");
        await his.GotoAsync("/espace-prive/attestations");
        await Press(his, "Créer mon attestation de droits");
        await Expect(his.Locator(".list")).ToContainTextAsync("à imprimer");
        await his.GotoAsync("/complement-inscription/departement");
        await his.GetByLabel("Département").SelectOptionAsync("13");
        await Press(his, "Valider");
        await Expect(his.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Accusé de réception");
        await his.GotoAsync("/espace-prive/demandes");
        await look.At(his, "to-print");

        await agent.GotoAsync("/assistance/impression?caisse=mars");
        await look.At(agent, "unknown");
        await agent.GetByRole(AriaRole.Link, new() { Name = "Voir" }).ClickAsync();
        await look.At(agent, "waiting");
        await Press(agent, "Préparer le prochain lot");
        await Expect(agent.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Lot");
        await look.AtLong(agent, "/assistance/impression/lot", "prepared");
        await Press(agent, "Marquer comme postés");
        await Expect(agent.Locator(".error-summary")).ToContainTextAsync("Téléchargez d'abord le fichier PDF");
        await look.AtLong(agent, "/assistance/impression/lot", "refused");
        var download = await agent.RunAndWaitForDownloadAsync(() => Press(agent, "Télécharger le fichier PDF"));
        Assert.Matches(@"\Acourriers-[0-9a-z]{4}-[0-9a-z]{4}\.pdf\z", download.SuggestedFilename);
        Assert.StartsWith("%PDF", await File.ReadAllTextAsync((await download.PathAsync())!, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await agent.ReloadAsync();
        await look.AtLong(agent, "/assistance/impression/lot", "printed");
        await agent.GetByRole(AriaRole.Link, new() { NameRegex = new("^Retour aux courriers") }).ClickAsync();
        await look.At(agent, "batch");
        await agent.GetByRole(AriaRole.Link, new() { Name = "Ouvrir" }).ClickAsync();
        await Press(agent, "Marquer comme postés");
        await Expect(agent.Locator("main").GetByRole(AriaRole.Status)).ToContainTextAsync("2 courriers sont marqués comme postés.");
        await look.At(agent, "posted");
        await his.GotoAsync("/espace-prive/documents");
        await Expect(his.Locator("main")).ToContainTextAsync("postée le");
        await look.At(his, "posted");

        static Task Press(IPage page, string button) => page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
    }
}
