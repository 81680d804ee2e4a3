using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MsaOrleans.Testing;
using static Microsoft.Playwright.Assertions;

namespace MsaOrleans.EndToEnd.Tests;

/// <summary>
/// The pictures of <c>/aide/creer-mon-espace</c>. The journey is gone again, and each page that is on a picture must be what it was when the picture was made: its
/// words, its elements and their classes, not its pixels, which no two machines draw alike. With <c>MSA_MAKE_PICTURES=1</c> they are made anew.
/// </summary>
public sealed partial class LeafletPicturesTests(Chromium chromium)
{
    private const string Switch = "MSA_MAKE_PICTURES";
    private const string Folder = "/images/aide/creer-mon-espace/";
    private const int Width = 360;
    private const int Tallest = 1150;
    private const double Density = 1.5;
    private const int BytesInAll = 600_000;

    private static readonly string files = Path.Combine(Repository.Root, "Web", "wwwroot");
    private static readonly string list = Path.Combine(Repository.Root, "Web", "Content", "pictures.json");
    private static readonly JsonSerializerOptions format = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly SortedDictionary<string, Picture> seen = new(StringComparer.Ordinal);

    [Fact]
    public async Task Every_picture_of_the_leaflet_shows_a_page_as_it_is_now()
    {
        await GoTheWay();
        if (Environment.GetEnvironmentVariable(Switch) == "1")
            await File.WriteAllTextAsync(list, JsonSerializer.Serialize(seen, format) + "\n");

        var known = JsonSerializer.Deserialize<Dictionary<string, Picture>>(await File.ReadAllTextAsync(list), format)!;
        Assert.True(
            seen.All(picture => known.GetValueOrDefault(picture.Key)?.Page == picture.Value.Page),
            $"Pages have changed since their pictures were made: {string.Join(", ", seen.Where(picture => known.GetValueOrDefault(picture.Key)?.Page != picture.Value.Page).Select(picture => picture.Key))}. "
            + $"Check the text of Web/Content/aide/creer-mon-espace.md, then run this test with {Switch}=1 and look at what it made.");
        var shown = Shown().Matches(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "Web", "Content", "aide", "creer-mon-espace.md"))).Select(match => match.Value).Order(StringComparer.Ordinal);
        Assert.Equal(seen.Keys, shown);
        Assert.Equal(seen.Keys, known.Keys.Order(StringComparer.Ordinal));
        Assert.InRange(known.Keys.Sum(picture => new FileInfo(files + picture).Length), 1, BytesInAll);
    }

    private async Task GoTheWay()
    {
        using var data = new TempFolder();
        await using var site = await SiteProcess.Start(data.Path);
        var person = Person.LamyFritz with { Email = "lamy.fritz@exemple.fr" };
        var page = await chromium.NewVisitor(site.Address, width: Width, density: Density);

        await page.GotoAsync("/");
        await Take("entrer", "header");
        await page.GetByRole(AriaRole.Banner).GetByRole(AriaRole.Link, new() { Name = "S'inscrire" }).ClickAsync();
        await Choose("Particulier");
        await Take("profil");
        await Press("Suivant");
        await page.GetByLabel("Numéro de Sécurité Sociale").FillAsync("1 63 09 67 482 229");
        await Take("identifiant");
        await Press("Suivant");
        await Take("a-preparer");
        await Press("Suivant");
        await page.GetByLabel("Nom", new() { Exact = true }).FillAsync("Lamy");
        await page.GetByLabel("Prénom").FillAsync("Fritz");
        await page.GetByLabel("Jour").FillAsync("12");
        await page.GetByLabel("Mois").FillAsync("9");
        await page.GetByLabel("Année").FillAsync("1963");
        await page.GetByLabel("Adresse email").FillAsync(person.Email);
        await Take("coordonnees");
        await Press("Suivant");
        await Choose("Oui");
        await Take("verification");
        await Press("Suivant");
        await Choose("Avec photo");
        await page.GetByLabel("Numéro de série").FillAsync("1234567890");
        await Take("carte-vitale");
        await page.GotoAsync("/inscription/verification/paiement");
        await page.GetByLabel("Montant d'un paiement").FillAsync("22,50");
        await Take("paiement");
        await Press("Suivant");
        await Take("mot-de-passe");
        await Press("Suivant");
        await Choose("J'ai lu et j'accepte les conditions générales d'utilisation");
        await Take("conditions");
        await Press("Finaliser mon inscription en acceptant les conditions générales d'utilisation");
        await Take("terminee");

        var provisional = (await new MailFolder(data["mails"]).To(person.Email)).ProvisionalPassword;
        await page.GotoAsync("/connexion");
        await page.GetByLabel("Mot de passe", new() { Exact = true }).FillAsync(provisional);
        await Take("connexion");
        await Press("Se connecter");
        await page.GetByLabel("Votre nouveau mot de passe").FillAsync(Journeys.GoodPassword);
        await page.GetByLabel("Confirmer le mot de passe").FillAsync(Journeys.GoodPassword);
        await Expect(page.Locator("[data-password-gauge]")).ToContainTextAsync("fort", new() { IgnoreCase = true });
        await Take("nouveau-mot-de-passe", "main form");
        await Press("Valider");
        await Take("mot-de-passe-modifie");
        await Follow("Continuer");
        await Take("confirmer-coordonnees");
        await Press("Je confirme mes coordonnées");
        await Take("coordonnees-verifiees");
        await Follow("Accéder à Mon espace privé");
        await Take("espace-prive");
        await page.GotoAsync("/mon-compte");
        await Take("mes-dossiers", "section[aria-labelledby=dossiers]");
        await Follow("M'inscrire dans un autre département ou compléter mon inscription");
        await Take("complement");
        await Follow("Inscrivez-vous aux services sécurisés d'une autre MSA (tout public)");
        await page.GetByLabel("Département").SelectOptionAsync("13");
        await Take("departement");
        await Press("Valider");
        await Take("accuse");

        var other = await chromium.NewVisitor(site.Address, width: Width, density: Density);
        await other.GotoAsync("/inscription/profil");
        await other.GetByText("Particulier", new() { Exact = true }).ClickAsync();
        await other.GetByRole(AriaRole.Button, new() { Name = "Suivant", Exact = true }).ClickAsync();
        await other.GetByLabel("Numéro de Sécurité Sociale").FillAsync(person.Nir);
        await other.GetByRole(AriaRole.Button, new() { Name = "Suivant", Exact = true }).ClickAsync();
        await Expect(other.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Un compte existe déjà");
        await Take("compte-existant", of: other);

        Task Choose(string answer) => page.GetByText(answer, new() { Exact = true }).ClickAsync();

        Task Press(string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

        Task Follow(string link) => page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).ClickAsync();

        Task Take(string name, string part = "main", IPage? of = null) => Look(of ?? page, name, part);
    }

    private async Task Look(IPage page, string name, string part)
    {
        await page.EvaluateAsync("document.activeElement?.blur()");
        var element = page.Locator(part).First;
        // News come and go, below what a picture shows.
        var content = await element.EvaluateAsync<string>("""
            element => {
                const told = [];
                const tell = node => {
                    if (node.nodeType === Node.TEXT_NODE) {
                        told.push(node.textContent.replace(/\s+/g, ' ').trim());
                    } else if (node.nodeType === Node.ELEMENT_NODE && node.type !== 'hidden' && node.getAttribute('aria-labelledby') !== 'news') {
                        told.push(`<${node.tagName} ${node.getAttribute('class') ?? ''}>`);
                        node.childNodes.forEach(tell);
                    }
                };
                tell(element);
                return told.filter(line => line !== '').join('\n');
            }
            """);
        var place = await element.EvaluateAsync<JsonElement>("element => ({ top: element.getBoundingClientRect().top + scrollY, height: element.getBoundingClientRect().height })");
        var (top, height) = (place.GetProperty("top").GetDouble(), place.GetProperty("height").GetDouble());
        var above = Math.Min(12, Math.Floor(top));
        var picture = new Picture(Width, (int)Math.Min(Math.Ceiling(height + 12 + above), Tallest), Fingerprint(content));
        seen[$"{Folder}{name}.webp"] = picture;
        if (Environment.GetEnvironmentVariable(Switch) != "1")
            return;
        // Playwright itself knows no WebP, which is a third of PNG.
        var chrome = await page.Context.NewCDPSessionAsync(page);
        var answer = await chrome.SendAsync("Page.captureScreenshot", new()
        {
            ["format"] = "webp",
            ["quality"] = 70,
            ["captureBeyondViewport"] = true,
            ["clip"] = new { x = 0, y = top - above, width = Width, height = picture.Height, scale = 1 },
        });
        var file = $"{files}{Folder}{name}.webp";
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllBytesAsync(file, answer!.Value.GetProperty("data").GetBytesFromBase64());
    }

    // The days of payments and codes move with today; nothing else may.
    private static string Fingerprint(string content) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Number().Replace(DayOrMonth().Replace(content, "…"), "0"))))[..16];

    [GeneratedRegex("lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre")]
    private static partial Regex DayOrMonth();

    [GeneratedRegex(@"\d+(er\b)?")]
    private static partial Regex Number();

    [GeneratedRegex(@"/images/aide/creer-mon-espace/[a-z-]+\.webp")]
    private static partial Regex Shown();

    /// <summary>A line of <c>pictures.json</c>.</summary>
    private sealed record Picture(int Width, int Height, string Page);
}
