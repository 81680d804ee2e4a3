using Microsoft.Playwright;
using MsaOrleans.Testing;
using static Microsoft.Playwright.Assertions;

namespace MsaOrleans.EndToEnd.Tests;

/// <summary>
/// <em>Écouter</em>, with a voice that is put into the browser: headless it has none. What it was told to say is in <c>said</c>; <c>finish()</c> ends what it
/// is saying.
/// </summary>
public sealed class ListeningTests(Chromium chromium)
{
    private const string Voice = """
        (() => {
          window.said = [];
          window.cancelled = 0;
          let current, voices = VOICES;
          const listeners = [];
          class Utterance extends EventTarget { constructor(text) { super(); this.text = text; } }
          window.SpeechSynthesisUtterance = Utterance;
          Object.defineProperty(window, "speechSynthesis", { value: {
            getVoices: () => voices,
            addEventListener: (_, listener) => listeners.push(listener),
            speak: utterance => { current = utterance; said.push({ text: utterance.text, rate: utterance.rate, voice: utterance.voice?.name, lang: utterance.lang }); },
            cancel: () => { cancelled++; const cut = current; current = undefined; cut?.dispatchEvent(new Event("error")); },
          } });
          window.finish = () => { const done = current; current = undefined; done.dispatchEvent(new Event("end")); };
          window.bring = more => { voices = more; listeners.forEach(listener => listener()); };
        })();
        """;

    private const string Marie = """{ name: "Marie", lang: "fr-FR", localService: true }""";

    private static readonly PageGetByRoleOptions listen = new() { Name = "Écouter", Exact = true };

    [Fact]
    public async Task Without_a_voice_nothing_is_offered()
    {
        using var data = new TempFolder();
        await using var site = await SiteProcess.Start(data.Path);
        var page = await chromium.NewVisitor(site.Address);
        await page.GotoAsync("/");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "agrandir le texte" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, listen)).ToBeHiddenAsync();
    }

    [Theory]
    [InlineData("""[{ name: "Mary", lang: "en-GB", localService: true }]""")]
    [InlineData("""[{ name: "Nuage", lang: "fr-FR", localService: false }]""")]
    public async Task Nor_with_a_foreign_voice_nor_with_one_that_sends_the_page_elsewhere(string voices)
    {
        using var data = new TempFolder();
        await using var site = await SiteProcess.Start(data.Path);
        var page = await Visitor(site, voices);
        await page.GotoAsync("/");
        await Expect(page.GetByRole(AriaRole.Button, listen)).ToBeHiddenAsync();
        await page.EvaluateAsync($"bring([{Marie}])"); // browsers find their voices late
        await Expect(page.GetByRole(AriaRole.Button, listen)).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task The_page_is_read_paragraph_by_paragraph_paused_hastened_and_stopped_by_keyboard(int width)
    {
        using var data = new TempFolder();
        await using var site = await SiteProcess.Start(data.Path);
        var page = await Visitor(site, $$"""[{ name: "Québec", lang: "fr-CA", localService: true }, {{Marie}}]""", width);
        await page.GotoAsync("/aide/assistance-internet");
        await page.GetByRole(AriaRole.Button, listen).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Pause" })).ToBeFocusedAsync();
        Assert.Equal("Assistance Internet|1|Marie|fr-FR", await Last(page));
        await Expect(page.Locator("h1.is-read")).ToBeVisibleAsync();
        await page.EvaluateAsync("finish()");
        Assert.StartsWith("Une personne de la MSA vous aide", await Last(page), StringComparison.Ordinal);
        await Expect(page.Locator("p.lead.is-read")).ToBeInViewportAsync();
        await Expect(page.Locator(".is-read")).ToHaveCountAsync(1);
        await new Look($"listening-{width}").At(page);

        await page.Keyboard.PressAsync("Enter");
        var heard = await Count(page);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Reprendre" })).ToBeFocusedAsync();
        Assert.True(await page.EvaluateAsync<int>("cancelled") > 0);
        await Expect(page.Locator("p.lead.is-read")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal(heard + 1, await Count(page));
        Assert.StartsWith("Une personne de la MSA vous aide", await Last(page), StringComparison.Ordinal);

        await page.GetByLabel("Vitesse").SelectOptionAsync("1.5");
        Assert.Matches(@"^Une personne.*\|1\.5\|", await Last(page));
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Button, listen)).ToBeFocusedAsync();
        await Expect(page.Locator(".is-read, .listening")).ToHaveCountAsync(0);

        await page.GotoAsync("/accessibilite");
        await page.GetByRole(AriaRole.Button, listen).ClickAsync();
        Assert.Contains("|1.5|", await Last(page), StringComparison.Ordinal);
        await page.EvaluateAsync("while (document.querySelector('.listening')) finish()");
        var texts = await page.EvaluateAsync<string[]>("said.map(piece => piece.text)");
        Assert.All(texts, text => Assert.InRange(text.Length, 1, 160));
        Assert.Contains("Déclaration d'accessibilité", texts);
        Assert.Contains(texts, text => text.StartsWith("Par téléphone, du lundi au vendredi", StringComparison.Ordinal));
        Assert.DoesNotContain(texts, text => text.Contains("Mentions légales", StringComparison.Ordinal)); // the footer
        await Expect(page.Locator(".is-read")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Fields_are_read_by_their_labels_and_never_what_is_in_them_nor_a_number_that_is_shown()
    {
        using var data = new TempFolder();
        await using var site = await SiteProcess.Start(data.Path);
        using (var other = new Browser(site.Address))
            await other.SignUp(Person.Perrin);
        var page = await Visitor(site, $"[{Marie}]");
        await page.GotoAsync("/connexion");
        await page.GetByLabel("Identifiant").FillAsync(Person.Perrin.Nir);
        await page.GetByLabel("Mot de passe", new() { Exact = true }).FillAsync("Tres-Secret-9");
        await page.GetByRole(AriaRole.Button, new() { Name = "Afficher" }).ClickAsync();
        var all = await WholePage(page);
        Assert.Contains("Identifiant", all, StringComparison.Ordinal);
        Assert.Contains("Mot de passe", all, StringComparison.Ordinal);
        Assert.DoesNotContain("Tres-Secret-9", all, StringComparison.Ordinal);
        Assert.DoesNotContain(Person.Perrin.Nir, all, StringComparison.Ordinal);

        await page.GotoAsync("/inscription/profil");
        await page.GetByText("Particulier", new() { Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Suivant" }).ClickAsync();
        await page.GetByLabel("Numéro de Sécurité Sociale").FillAsync(Person.Perrin.Nir);
        await page.GetByRole(AriaRole.Button, new() { Name = "Suivant" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(site.Address + "/inscription/compte-existant");
        all = await WholePage(page);
        Assert.Contains("numéro affiché à l'écran", all, StringComparison.Ordinal);
        Assert.DoesNotContain(Person.Perrin.Nir[..5], all.Replace(" ", "", StringComparison.Ordinal).Replace("\u00a0", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hidden_things_are_not_read_and_leaving_the_page_silences_it()
    {
        using var data = new TempFolder();
        await using var site = await SiteProcess.Start(data.Path);
        var page = await Visitor(site, $"[{Marie}]");
        await page.GotoAsync("/accessibilite");
        await page.EvaluateAsync("""
            document.querySelector("main").insertAdjacentHTML("beforeend", "<p hidden>caché un</p><p aria-hidden='true'>caché deux</p><details><summary>Plus</summary><p>caché trois</p></details><p>Avant <strong>un lien</strong> après</p>");
            """);
        var all = await WholePage(page);
        Assert.DoesNotContain("caché", all, StringComparison.Ordinal);
        Assert.Contains("|Avant un lien après|", all, StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Button, listen).ClickAsync();
        await page.EvaluateAsync("cancelled = 0; addEventListener('pagehide', () => sessionStorage.setItem('cancelled', cancelled))");
        await page.GotoAsync("/");
        Assert.Equal("1", await page.EvaluateAsync<string>("sessionStorage.getItem('cancelled')"));
    }

    private async Task<IPage> Visitor(SiteProcess site, string voices, int width = 1280)
    {
        var page = await chromium.NewVisitor(site.Address, width: width);
        await page.AddInitScriptAsync(Voice.Replace("VOICES", voices, StringComparison.Ordinal));
        return page;
    }

    private static async Task<string> WholePage(IPage page)
    {
        await page.GetByRole(AriaRole.Button, listen).ClickAsync();
        await page.EvaluateAsync("while (document.querySelector('.listening')) finish()");
        return await page.EvaluateAsync<string>("said.map(piece => '|' + piece.text + '|').join('')");
    }

    private static Task<string> Last(IPage page) => page.EvaluateAsync<string>("(({ text, rate, voice, lang }) => [text, rate, voice, lang].join('|'))(said.at(-1))");

    private static Task<int> Count(IPage page) => page.EvaluateAsync<int>("said.length");
}
