using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MsaOrleans.Testing;
using static Microsoft.Playwright.Assertions;

namespace MsaOrleans.EndToEnd.Tests;

/// <summary>The header in a real browser: regions, profiles, size of the text, with a script and without, on a phone and by keyboard.</summary>
public sealed class PublicSiteTests(Chromium chromium)
{
    [Theory]
    [InlineData(true, 1280)]
    [InlineData(false, 360)]
    public async Task A_visitor_chooses_his_region_and_a_larger_text_and_is_remembered(bool javaScript, int width)
    {
        using var data = new TempFolder();
        await using var site = await SiteProcess.Start(data.Path);
        var page = await chromium.NewVisitor(site.Address, javaScript, width);
        var look = new Look($"public-{width}{(javaScript ? "" : "-without-javascript")}", javaScript);

        await page.GotoAsync("/aide/franceconnect");
        await page.GetByRole(AriaRole.Link, new() { Name = "Changer de région" }).ClickAsync();
        await look.At(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Choisir la MSA du Limousin" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(site.Address + "/aide/franceconnect");
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "le site de la MSA du Limousin" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new("^MSA Limousin") }).ClickAsync();
        await Expect(page).ToHaveTitleAsync("Accueil - MSA Limousin");
        await Expect(page.GetByText("05 44 00 04 04")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "agrandir le texte" }).ClickAsync();
        await Expect(page.Locator("html.text-120")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "agrandir le texte" }).ClickAsync();
        await Expect(page.Locator("html.text-140")).ToBeVisibleAsync();
        await look.At(page, "larger");

        if (width < 768)
            await page.GetByText("Menu", new() { Exact = true }).ClickAsync();
        await look.At(page, "menu");
        await page.GetByRole(AriaRole.Link, new() { Name = "Exploitant", Exact = true }).ClickAsync();
        await Expect(page).ToHaveURLAsync(site.Address + "/exploitant");
        await Expect(page.Locator("html.text-140")).ToBeVisibleAsync();
        await Expect(page.GetByText("la MSA du Limousin").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Of_two_sizes_pressed_one_after_the_other_only_the_last_is_waited_for()
    {
        using var data = new TempFolder();
        await using var site = await SiteProcess.Start(data.Path);
        var page = await chromium.NewVisitor(site.Address, width: 1280);
        var first = new TaskCompletionSource<string>();
        await page.RouteAsync("**/taille-du-texte?Size=120", _ => { }); // its answer is long in coming
        page.RequestFailed += (_, request) => first.TrySetResult(request.Url);
        await page.GotoAsync("/");
        var larger = page.GetByRole(AriaRole.Button, new() { Name = "agrandir le texte" });
        await page.RunAndWaitForRequestAsync(() => larger.ClickAsync(), asked => asked.Url.EndsWith("?Size=120", StringComparison.Ordinal));
        await larger.ClickAsync();

        Assert.EndsWith("?Size=120", await first.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken), StringComparison.Ordinal); // nobody waits for it any more
        await page.Until("document.cookie.includes('msa-taille=140')");
        await page.GotoAsync("/exploitant");
        await Expect(page.Locator("html.text-140")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task On_a_phone_the_menu_is_folded_the_way_in_is_in_view_and_the_keyboard_opens_everything()
    {
        using var data = new TempFolder();
        await using var site = await SiteProcess.Start(data.Path);
        var page = await chromium.NewVisitor(site.Address, width: 360);
        await page.SetViewportSizeAsync(360, 640);
        await page.GotoAsync("/");
        await Expect(page.GetByRole(AriaRole.Banner).GetByRole(AriaRole.Link, new() { Name = "S'inscrire" })).ToBeInViewportAsync(new() { Ratio = 1 });
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeInViewportAsync(new() { Ratio = 1 });
        var exploitant = page.GetByRole(AriaRole.Link, new() { Name = "Exploitant", Exact = true });
        await Expect(exploitant).ToBeHiddenAsync();
        Assert.Equal(
            ["Aller au contenu", "Changer de région", "A+ : agrandir le texte", "A- : réduire le texte", "A : taille normale du texte", "MSA Alsace, accueil", "Se connecter", "S'inscrire", "Menu"],
            await Tabbed(page, 9));
        await page.Keyboard.PressAsync("Enter");
        await Expect(exploitant).ToBeVisibleAsync();
        Assert.Equal(["Particulier", "Exploitant"], await Tabbed(page, 2));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(site.Address + "/exploitant");
    }

    [Fact]
    public async Task On_a_large_screen_profiles_and_search_are_there_without_a_menu()
    {
        using var data = new TempFolder();
        await using var site = await SiteProcess.Start(data.Path);
        var page = await chromium.NewVisitor(site.Address);
        await page.GotoAsync("/votre-msa");
        await Expect(page.GetByText("Menu", new() { Exact = true })).ToBeHiddenAsync();
        await Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "Profils" }).GetByRole(AriaRole.Link)).ToHaveCountAsync(6);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Votre MSA", Exact = true })).ToHaveAttributeAsync("aria-current", "page");
        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Rechercher sur le site" }).FillAsync("retraite & santé");
        await page.GetByRole(AriaRole.Button, new() { Name = "Rechercher" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex($"^{Regex.Escape(site.Address + "/recherche?q=retraite+%26+sant%C3%A9")}$"));
    }

    [Fact]
    public async Task A_larger_text_costs_nothing_of_what_was_typed_and_is_there_when_one_comes_back()
    {
        using var data = new TempFolder();
        await using var site = await SiteProcess.Start(data.Path);
        var page = await chromium.NewVisitor(site.Address, width: 360);
        await page.GotoAsync("/connexion");
        await page.GetByLabel("Identifiant").FillAsync("1 63 09");
        var larger = page.GetByRole(AriaRole.Button, new() { Name = "agrandir le texte" });
        for (var i = 0; i < 5; i++)
        {
            var remembered = page.WaitForResponseAsync(answer => answer.Url.Contains("/taille-du-texte", StringComparison.Ordinal));
            await larger.ClickAsync();
            await remembered;
        }
        await Expect(page.Locator("html.text-200")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-tools-status]")).ToHaveTextAsync("Taille du texte : 200 %, c'est la limite.");
        await Expect(page.GetByLabel("Identifiant")).ToHaveValueAsync("1 63 09");
        await Expect(page).ToHaveURLAsync(site.Address + "/connexion");
        await page.GotoAsync("/inscription/profil");
        await Expect(page.Locator("html.text-200")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Without_a_script_the_size_is_chosen_in_another_tab_and_the_form_keeps_what_was_typed()
    {
        using var data = new TempFolder();
        await using var site = await SiteProcess.Start(data.Path);
        var page = await chromium.NewVisitor(site.Address, javaScript: false, width: 360);
        await page.GotoAsync("/connexion");
        await page.GetByLabel("Identifiant").FillAsync("1 63 09");
        var tab = await page.Context.RunAndWaitForPageAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Taille du texte (nouvel onglet)" }).ClickAsync());
        await tab.GetByText("170", new() { Exact = false }).ClickAsync();
        await tab.GetByRole(AriaRole.Button, new() { Name = "Valider" }).ClickAsync();
        await Expect(tab.Locator("html.text-170")).ToBeVisibleAsync();
        await tab.CloseAsync();
        await Expect(page.GetByLabel("Identifiant")).ToHaveValueAsync("1 63 09");
    }

    [Theory]
    [InlineData(320)]
    [InlineData(768)]
    [InlineData(1280)]
    public async Task Twice_as_large_nothing_is_wider_than_the_screen(int width)
    {
        using var data = new TempFolder();
        await using var site = await SiteProcess.Start(data.Path);
        var page = await chromium.NewVisitor(site.Address, width: width);
        var look = new Look($"text-200-{width}");
        await page.GotoAsync("/taille-du-texte?Size=200");
        await look.At(page);
        foreach (var path in (string[])["/", "/changer-de-region", "/exploitant", "/connexion?Department=17", "/accessibilite", "/aide/numero-carte-vitale", "/inscription/profil", "/nulle-part"])
        {
            await page.GotoAsync(path);
            if (await page.GetByText("Menu", new() { Exact = true }).IsVisibleAsync())
                await page.GetByText("Menu", new() { Exact = true }).ClickAsync();
            await look.At(page);
        }
        await page.GotoAsync("/inscription/profil");
        await page.GetByText("Particulier", new() { Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Suivant" }).ClickAsync();
        await page.GetByLabel("Numéro de Sécurité Sociale").FillAsync(Person.LamyFritz.Nir);
        await page.GetByRole(AriaRole.Button, new() { Name = "Suivant" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Suivant" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Suivant" }).ClickAsync();
        await look.At(page, "refused");
    }

    private static async Task<IReadOnlyList<string>> Tabbed(IPage page, int times)
    {
        var names = new List<string>();
        for (var i = 0; i < times; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            names.Add((await page.EvaluateAsync<string>("document.activeElement.textContent.replace(/\\s+/g, ' ').trim()")));
        }
        return names;
    }
}
