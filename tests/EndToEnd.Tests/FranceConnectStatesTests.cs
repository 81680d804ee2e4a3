using Microsoft.Playwright;
using MsaOrleans.Testing;
using static Microsoft.Playwright.Assertions;

namespace MsaOrleans.EndToEnd.Tests;

/// <summary>FranceConnect's pages, both ways, in every state, on a small screen and a large one, by day and by night.</summary>
public sealed class FranceConnectStatesTests(Chromium chromium)
{
    [Theory]
    [InlineData(360, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    public async Task Every_page_of_FranceConnect_is_sound_both_ways(int width, ColorScheme colours)
    {
        using var data = new TempFolder();
        await using var site = await SiteProcess.Start(data.Path, StandIn.On);
        await site.OpenSpace(Person.LamyFritz, data);
        using (var newcomer = new Browser(site.Address))
            await newcomer.SignUp(Person.Perrin);
        var provisional = (await new MailFolder(data["mails"]).To(Person.Perrin.Email)).ProvisionalPassword;
        var page = await chromium.NewVisitor(site.Address, width: width, colours: colours);
        var look = new Look($"franceconnect-{width}-{colours.ToString().ToLowerInvariant()}");

        // The MSA vouches for him.
        foreach (var path in (string[])["/franceconnect/authorize", "/franceconnect/logout"])
        {
            await page.GotoAsync(path);
            await look.At(page);
        }
        await page.GotoAsync(await StandIn.PublicService(site));
        await look.At(page);
        await Follow("S'identifier avec le FranceConnect de démonstration");
        await look.AtLong(page, "/choix", "public-service");
        await Follow("MSA");
        await look.AtLong(page, "/franceconnect/connexion");
        await Prove(Person.LamyFritz.Nir, "Mauvais-Mot-1");
        await look.AtLong(page, "/franceconnect/connexion", "refused");
        await Prove(Person.Perrin.Nir, provisional);
        await look.AtLong(page, "/franceconnect/connexion", "missing");
        await page.GoBackAsync();
        await WithoutGoingOn("**/franceconnect/authorize*", () => Prove(Person.LamyFritz.Nir, Journeys.GoodPassword), "Connexion réussie", () => look.AtLong(page, "/franceconnect/connexion", "go-on"));
        await Follow("Continuer");
        await Shown("Vous êtes connecté au service public fictif");
        await look.At(page, "signed-in");
        await page.GotoAsync(new Uri(new Uri(await StandIn.PublicService(site)), "/panne").AbsoluteUri);
        await look.At(page);

        // He comes in by it.
        foreach (var path in (string[])["/aide/franceconnect", "/connexion", "/connexion?renonce=oui", .. new[] { "indisponible", "interrompue", "non-reconnu" }.Select(failure => "/connexion/franceconnect/" + failure)])
        {
            await page.GotoAsync(path);
            await look.At(page);
        }
        await page.GotoAsync("/connexion/franceconnect");
        await look.AtLong(page, "/choix", "msa");
        await Press("FRITZ LAMY");
        await Shown("Mon espace privé : particulier");
        await page.GotoAsync("/mon-compte");
        await look.At(page);
        await page.GotoAsync("/mon-compte/franceconnect");
        await look.At(page);
        await page.GotoAsync("/espace-prive");
        await WithoutGoingOn("**/session/end*", () => page.GetByRole(AriaRole.Banner).GetByRole(AriaRole.Button, new() { Name = "Se déconnecter" }).ClickAsync(), "Déconnexion de FranceConnect", () => look.At(page, "franceconnect"));
        await Follow("Continuer");
        await Shown("Vous êtes déconnecté");

        // Or signs up by it.
        await page.GotoAsync("/connexion/franceconnect");
        await Press("JEAN-PIERRE KLEIN");
        await look.At(page, "proved");
        await page.GetByLabel("Adresse email").FillAsync("fautive");
        await Press("Suivant");
        await look.At(page, "proved-refused");

        Task Shown(string heading) => Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(heading);

        Task Press(string button) => page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

        Task Follow(string link) => page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).ClickAsync();

        async Task Prove(string identifier, string password)
        {
            await page.GetByLabel("Identifiant").FillAsync(identifier);
            await page.GetByLabel("Mot de passe", new() { Exact = true }).FillAsync(password);
            await Press("Se connecter");
        }

        // A page that goes on by itself is looked at while the way is barred.
        async Task WithoutGoingOn(string way, Func<Task> act, string heading, Func<Task> look)
        {
            await page.RouteAsync(way, route => route.AbortAsync("aborted"));
            await act();
            await Shown(heading);
            await look();
            await page.UnrouteAsync(way);
        }
    }
}
