using System.Globalization;
using System.Text;
using Microsoft.Playwright;
using MsaOrleans.Testing;
using static Microsoft.Playwright.Assertions;

namespace MsaOrleans.EndToEnd.Tests;

/// <summary>His payments and his requests in a real browser, from the home of his private space.</summary>
public sealed class SpaceJourneyTests(Chromium chromium)
{
    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    public async Task He_looks_through_his_payments_and_follows_his_requests(int width, ColorScheme colours)
    {
        using var data = new TempFolder();
        var person = (await People.Populate(data.Path, 1, TestContext.Current.CancellationToken))[0];
        await Pay(data, person);
        await using var site = await SiteProcess.Start(data.Path);
        using (var before = new Browser(site.Address))
        {
            await before.SignUp(person);
            await before.FirstConnection(person, (await new MailFolder(data["mails"]).To(person.Email)).ProvisionalPassword);
            foreach (var (path, fields) in new (string, (string, string)[])[]
            {
                ("/complement-inscription/departement", [("Department", "13")]),
                ("/mon-compte/adresse", [("AddressLine", "8 chemin du Moulin de la Vieille Église"), ("PostalCode", "68000"), ("City", "Colmar")]),
                ("/espace-prive/contact", [("Topic", "Payments"), ("Message", "Mon paiement de février n'est pas arrivé.")]),
            })
            {
                await before.Open(path);
                await before.Send(fields);
            }
        }
        var look = new Look($"space-{width}");
        var page = await chromium.SignIn(site, person, width, colours);
        await look.At(page);

        await page.GetByRole(AriaRole.Link, new() { Name = "Voir tous mes paiements" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Mes paiements");
        await look.At(page);
        await page.GetByText("Les chiffres : Mois par mois").ClickAsync();
        await look.At(page, "table");
        await page.GetByRole(AriaRole.Link, new() { Name = "Paiements plus anciens" }).ClickAsync();
        await Expect(page.Locator("#liste")).ToContainTextAsync("page 2");
        await page.GetByLabel("Année", new() { Exact = true }).SelectOptionAsync("2024");
        await page.GetByLabel("Nature", new() { Exact = true }).SelectOptionAsync("Santé");
        await page.GetByRole(AriaRole.Button, new() { Name = "Afficher" }).ClickAsync();
        await Expect(page.Locator(".chart-title")).ToHaveTextAsync("Mois par mois, en 2024");
        await look.At(page, "chosen");
        await page.GotoAsync("/espace-prive/paiements?annee=1789");
        await Expect(page.Locator(".panel-warning")).ToContainTextAsync("toutes les années sont affichées");
        await look.At(page, "left-out");

        await page.GetByRole(AriaRole.Link, new() { Name = "Mes demandes" }).ClickAsync();
        await Expect(page.Locator(".card")).ToHaveCountAsync(3);
        await look.At(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Lire cet échange" }).ClickAsync();
        await Expect(page.Locator(".conversation")).ToContainTextAsync("Mon paiement de février");
    }

    // Three years of payments; now and then a sum is taken back, and one was paid long ago.
    private static async Task Pay(TempFolder data, Person person)
    {
        string[] kinds = ["Santé", "Retraite de base", "Allocation de rentrée scolaire", "Indemnités journalières de maladie"];
        var file = new StringBuilder("nir;date;kind;amount\n").Append(person.Nir).Append(";1900-02-28;Santé;3.00\n");
        for (var i = 0; i < 130; i++)
            file.Append(person.Nir).Append(';').Append(new DateOnly(2026, 10, 20).AddDays(-8 * i).ToString("o", CultureInfo.InvariantCulture)).Append(';').Append(kinds[i % 4]).Append(';').Append(i % 16 == 3 ? "-" : "").Append((i * 37 % 900) + 12).Append(".50\n");
        await File.WriteAllTextAsync(data["more-payments.csv"], file.ToString());
        await SiloProgram.Run(new Dictionary<string, string> { ["Data:Directory"] = data.Path }, ["import", "--payments", data["more-payments.csv"]]);
    }
}
