using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MsaOrleans.Testing;
using static Microsoft.Playwright.Assertions;

namespace MsaOrleans.EndToEnd.Tests;

/// <summary>Both directions of FranceConnect in a real browser, which holds to the policy on forms, with what stands in for it on the site of a demonstration.</summary>
public sealed class FranceConnectJourneyTests(Chromium chromium)
{
    private const string NotSignedIn = "Se connecter au service public fictif";
    private const string SignedIn = "Vous êtes connecté au service public fictif";
    private const string Choice = "Choisissez qui vous êtes";
    private const string StandInButton = "S'identifier avec le FranceConnect de démonstration";
    private const string Button = "S'identifier avec FranceConnect";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task With_his_MSA_password_an_adherent_is_known_to_another_site_and_signs_out_of_it(bool javaScript)
    {
        using var data = new TempFolder();
        await using var site = await SiteProcess.Start(data.Path, StandIn.On);
        var person = Person.LamyFritz;
        await site.OpenSpace(person, data);
        var page = await chromium.NewVisitor(site.Address, javaScript);

        await page.GotoAsync(await StandIn.PublicService(site));
        await Shown(page, NotSignedIn);
        await Follow(page, StandInButton);
        await Shown(page, Choice);
        await Follow(page, "MSA");
        await Shown(page, "Se connecter avec votre compte MSA");
        await Expect(page).ToHaveURLAsync(new Regex($"^{site.Address}/franceconnect/connexion"));
        await page.GetByLabel("Identifiant").FillAsync(person.Nir);
        await page.GetByLabel("Mot de passe", new() { Exact = true }).FillAsync("Mauvais-Mot-1");
        await Press(page, "Se connecter");
        await Expect(page.Locator(".error-summary")).ToBeVisibleAsync();
        await page.GetByLabel("Mot de passe", new() { Exact = true }).FillAsync(Journeys.GoodPassword);
        await Press(page, "Se connecter");
        await Shown(page, SignedIn);
        foreach (var told in (string[])["LAMY", "FRITZ", "1963-09-12", "male", "67482", "99100", person.Email, "eidas1"])
            await Expect(page.Locator("main dl")).ToContainTextAsync(told);
        // Of his private space nothing was opened by it.
        await page.GotoAsync("/espace-prive");
        await Expect(page).ToHaveURLAsync(new Regex("/connexion$"));

        await page.GotoAsync(await StandIn.PublicService(site));
        await Press(page, "Se déconnecter");
        await Shown(page, NotSignedIn);
        await Follow(page, StandInButton);
        await Shown(page, Choice);
        await Expect(page.GetByText("Continuer comme")).ToHaveCountAsync(0);
        await Follow(page, "MSA");
        await Follow(page, "Retourner sur FranceConnect de démonstration");
        await Shown(page, Choice);
        await Follow(page, "Renoncer et revenir sur « Service public fictif »");
        await Shown(page, NotSignedIn);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task By_FranceConnect_people_come_in_or_sign_up_or_are_not_recognised_and_sign_out_there_too(bool javaScript)
    {
        using var data = new TempFolder();
        await using var site = await SiteProcess.Start(data.Path, StandIn.On);
        await site.OpenSpace(Person.LamyFritz, data);
        var page = await chromium.NewVisitor(site.Address, javaScript);

        // With an account.
        await Choose("FRITZ LAMY");
        await Expect(page).ToHaveURLAsync(site.Address + "/espace-prive");
        await Expect(page.Locator("body")).ToContainTextAsync("LAMY FRITZ");
        await page.GetByRole(AriaRole.Banner).GetByRole(AriaRole.Button, new() { Name = "Se déconnecter" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(site.Address + "/deconnexion");
        await Shown(page, "Vous êtes déconnecté");
        await Set();
        await Expect(page.GetByText("Continuer comme")).ToHaveCountAsync(0); // nor is he known there any more
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "MSA", Exact = true })).ToHaveCountAsync(0);

        // He says no.
        await Follow(page, "Renoncer et revenir sur « Mon espace privé de la MSA »");
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("rien n'a été transmis à la MSA");

        // Unknown to the caisses.
        await Choose("CAMILLE ANNE DURAND");
        await Shown(page, "Nous n'avons pas pu vous reconnaître");

        // Known, and without an account: what is left is to say how to reach him.
        await Choose("JEAN-PIERRE KLEIN");
        await Shown(page, "Vos coordonnées");
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("KLEIN");
        await Expect(page.GetByLabel("Adresse email")).ToHaveValueAsync("personne.7@exemple.fr");
        await Press(page, "Suivant");
        await Shown(page, "Recevoir votre mot de passe");
        await Press(page, "Suivant");
        await page.GetByText("J'ai lu et j'accepte les conditions générales d'utilisation", new() { Exact = true }).ClickAsync();
        await Press(page, "Finaliser mon inscription en acceptant les conditions générales d'utilisation");
        await Shown(page, "Inscription terminée");
        Assert.NotEmpty((await new MailFolder(data["mails"]).To("personne.7@exemple.fr")).ProvisionalPassword);

        async Task Set()
        {
            await page.GotoAsync("/connexion");
            await Follow(page, Button);
            await Shown(page, Choice);
        }

        async Task Choose(string name)
        {
            await Set();
            await Press(page, name);
        }
    }

    private static Task Shown(IPage page, string heading) => Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(heading);

    private static Task Press(IPage page, string button) => page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    private static Task Follow(IPage page, string link) => page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).ClickAsync();
}

/// <summary>What stands in for FranceConnect beside a site.</summary>
internal static class StandIn
{
    /// <summary>The setting that has it.</summary>
    public static readonly (string Key, string Value) On = ("Demo:FranceConnect", "true");

    /// <summary>The address of the third site, as the guide of the demonstration tells it.</summary>
    public static Task<string> PublicService(SiteProcess site) => Waiting.For(
        () => Task.FromResult(site.Output.Select(line => Regex.Match(line, @"http://\S+/service-public-fictif")).FirstOrDefault(match => match.Success)?.Value), () => "the guide of the demonstration");
}
