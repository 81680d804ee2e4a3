using System.Text;
using MsaOrleans.Testing;

namespace MsaOrleans.Web.Tests.Pages;

/// <summary>Passwords as people really type them, on whatever keyboard, all the way through the site.</summary>
public sealed class PasswordTests(Site site)
{
    // Fifty characters as people count them; accents that combine, an astral emoji, blanks, signs.
    private static readonly string fifty = "Été à la ferme \U0001F404\U0001F33E & crème brûlée à l'orée du pré !";

    [Fact]
    public async Task Fifty_characters_typed_with_combining_accents_open_when_typed_with_ready_made_ones_and_the_other_way_round()
    {
        Assert.Equal(50, fifty.Normalize(NormalizationForm.FormC).EnumerateRunes().Count());
        var (decomposed, composed) = (fifty.Normalize(NormalizationForm.FormD), fifty.Normalize(NormalizationForm.FormC));
        Assert.NotEqual(decomposed, composed);
        using var browser = site.NewBrowser();
        var person = await Choosing(browser);
        await Choose(browser, decomposed);
        Assert.Equal("/premiere-connexion/confirmation", browser.Path);

        foreach (var typed in (string[])[composed, decomposed])
        {
            using var later = site.NewBrowser();
            await later.SignIn(person.Nir, typed);
            Assert.Equal("/premiere-connexion/coordonnees", later.Path);
        }
        using var wrong = site.NewBrowser();
        foreach (var typed in (string[])[composed.Replace("é", "e", StringComparison.Ordinal), composed + " ", " " + composed, composed.ToUpperInvariant()])
        {
            await wrong.SignIn(person.Nir, typed);
            Assert.Equal((400, "/connexion"), (wrong.Status, wrong.Path));
        }
    }

    [Theory]
    [InlineData(51)]
    [InlineData(1000)]
    public async Task More_than_fifty_are_too_many_however_they_are_typed(int length)
    {
        using var browser = site.NewBrowser();
        await Choosing(browser);
        foreach (var filling in (string[])["\U0001F404", "e\u0301", "x"])
        {
            await Choose(browser, "Kv8#" + string.Concat(Enumerable.Repeat(filling, length - 4)));
            Refused(browser, "Il est trop long : écrivez 50 caractères au plus.");
        }
    }

    [Fact]
    public async Task Eight_characters_of_two_sorts_are_not_enough_and_of_three_they_are()
    {
        using var browser = site.NewBrowser();
        await Choosing(browser);
        foreach (var two in (string[])["vkqzpw84", "VKQZ8472", "vkqzPWMX", "847291-3", "vkqz pwm"])
        {
            await Choose(browser, two);
            Refused(browser, "Mêlez au moins 3 de ces 4 sortes de caractères");
            Assert.DoesNotContain("trop court", browser.ErrorOn("NewPassword"), StringComparison.Ordinal);
        }
        await Choose(browser, "vkqzPW8");
        Refused(browser, "au moins 8 caractères");
        await Choose(browser, "vkqzPW84");
        Assert.Equal("/premiere-connexion/confirmation", browser.Path);
    }

    [Fact]
    public async Task Neither_the_social_security_number_nor_the_birth_date_has_a_place_in_a_password_however_they_are_spaced()
    {
        using var browser = site.NewBrowser();
        var person = await Choosing(browser);
        var nir = person.Nir;
        foreach (var holding in (string[])[$"Ab-{nir}", $"Ab {nir[..1]} {nir[1..3]} {nir[3..5]} {nir[5..]}", $"zZ{nir[3..11]}!"])
        {
            await Choose(browser, holding);
            Refused(browser, "Retirez votre numéro de Sécurité Sociale.");
        }
        await Choose(browser, $"Zq-{person.BirthDate:dd.MM.yyyy}");
        Refused(browser, "Retirez votre date de naissance.");
    }

    /// <summary>Somebody stands before the choice of his password.</summary>
    private async Task<Person> Choosing(Browser browser)
    {
        var person = site.NextPerson();
        await browser.SignUp(person);
        await browser.SignIn(person.Nir, (await site.Mails.To(person.Email)).ProvisionalPassword);
        Assert.Equal("/premiere-connexion/mot-de-passe", browser.Path);
        return person;
    }

    private static Task Choose(Browser browser, string password) => browser.Send(("NewPassword", password), ("ConfirmPassword", password));

    private static void Refused(Browser browser, string message)
    {
        Assert.Equal((400, "/premiere-connexion/mot-de-passe"), (browser.Status, browser.Path));
        Assert.Contains(message, browser.ErrorOn("NewPassword"), StringComparison.Ordinal);
        Assert.Equal(("", ""), (browser.ValueOf("NewPassword"), browser.ValueOf("ConfirmPassword")));
    }
}
