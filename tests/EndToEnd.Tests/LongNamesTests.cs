using MsaOrleans.Testing;
using static Microsoft.Playwright.Assertions;

namespace MsaOrleans.EndToEnd.Tests;

/// <summary>Names as long as the caisses' files may have them, with hyphens and without any, on the smallest screen and on a large one.</summary>
public sealed class LongNamesTests(Chromium chromium)
{
    private const string Nir = "1630967482300";

    [Fact]
    public async Task They_are_shown_whole_and_push_nothing_aside()
    {
        var (family, given) = (string.Join('-', Enumerable.Repeat("MONTMORENCY", 8)), new string('B', 54));
        Assert.Equal(150, family.Length + 1 + given.Length);
        using var data = new TempFolder();
        var (adherents, payments) = (data["adherents.csv"], data["payments.csv"]);
        await File.WriteAllTextAsync(adherents, $"""
            nir;birth_name;used_name;given_names;sex;birth_date;birth_place_code;birth_country_code;health_insured;card_kind;card_serial;departments;address_line;postal_code;city
            {Nir};{family};;{given};M;1963-09-12;67482;99100;yes;with-photo;80250000329999999999;67|68;{new string('R', 30)} RUE DE {new string('X', 40)};67000;{new string('S', 38)}

            """, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(payments, "nir;date;kind;amount\n", TestContext.Current.CancellationToken);
        var person = Assert.Single(await People.Import(data.Path, adherents, payments, TestContext.Current.CancellationToken));
        await using var site = await SiteProcess.Start(data.Path);
        using (var before = new Browser(site.Address))
        {
            await before.SignUp(person);
            await before.FirstConnection(person, (await new MailFolder(data["mails"]).To(person.Email)).ProvisionalPassword);
        }
        var page = await chromium.NewVisitor(site.Address, width: 320);
        var look = new Look("long-names");
        await page.GotoAsync("/connexion");
        await page.GetByLabel("Identifiant").FillAsync(new string('1', 150));
        await page.GetByLabel("Mot de passe", new() { Exact = true }).FillAsync(Journeys.GoodPassword);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".error-summary")).ToBeFocusedAsync();
        await look.At(page, "refused");
        await page.GetByLabel("Identifiant").FillAsync(person.Nir);
        await page.GetByLabel("Mot de passe", new() { Exact = true }).FillAsync(Journeys.GoodPassword);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".header-name")).ToContainTextAsync(person.DisplayName);
        foreach (var width in (int[])[320, 1280])
        {
            await page.SetViewportSizeAsync(width, 900);
            foreach (var path in (string[])["/espace-prive", "/mon-compte", "/espace-prive/contact", "/mon-compte/connexions"])
            {
                await page.GotoAsync(path);
                await look.At(page, $"{width}");
            }
        }
    }
}
