using MsaOrleans.Testing;

namespace MsaOrleans.Web.Tests.Pages;

/// <summary>The code of a department, once it has arrived.</summary>
public sealed class EnrolmentCodeTests(QuickCodeSite site) : IClassFixture<QuickCodeSite>
{
    private const string NewPassword = "Bruyere-Comptoir-9";
    private const string OtherPassword = "Charrue-Nuage-42";

    [Fact]
    public async Task The_code_in_any_case_and_spacing_leads_to_a_new_password_and_opens_the_department()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        var (department, code) = await Asked(browser, person);
        using var elsewhere = site.NewBrowser();
        await elsewhere.SignIn(person.Nir, Journeys.GoodPassword);

        await Enter(browser, department, $" {code[..3].ToLowerInvariant()} {code[3..]}");
        Assert.Equal("/premiere-connexion/mot-de-passe", browser.Path);
        await browser.Open("/espace-prive");
        Assert.Equal("/premiere-connexion/mot-de-passe", browser.Path);
        await Personalise(browser, Journeys.GoodPassword);
        Assert.Contains("mot de passe actuel", browser.ErrorOn("NewPassword"), StringComparison.Ordinal);
        await Personalise(browser, code[..5].ToLowerInvariant() + "-" + code[5..]);
        Assert.Contains("le code qui vous a été envoyé", browser.ErrorOn("NewPassword"), StringComparison.Ordinal);
        await Personalise(browser, NewPassword);
        Assert.Equal("/premiere-connexion/confirmation", browser.Path);
        Assert.Contains("est maintenant activé", browser.Words, StringComparison.Ordinal);
        await browser.Follow("Continuer");
        Assert.Contains("activé avec votre code", browser.Words, StringComparison.Ordinal);

        await elsewhere.Open("/mon-compte");
        Assert.Equal("/connexion", elsewhere.Path);
        await Enter(browser, department, code);
        Assert.Contains("est déjà actif", browser.ErrorOn("Department"), StringComparison.Ordinal);
        await elsewhere.SignIn(person.Nir, code);
        Assert.Equal((400, "/connexion"), (elsewhere.Status, elsewhere.Path));
        await elsewhere.SignIn(person.Nir, NewPassword);
        Assert.Equal("/mon-compte", elsewhere.Path);
    }

    [Fact]
    public async Task The_code_serves_once_as_the_password()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        var (department, code) = await Asked(browser, person);
        await browser.SignOut();

        await browser.SignIn(person.Nir, $" {code.ToLowerInvariant()} ");
        Assert.Equal("/premiere-connexion/mot-de-passe", browser.Path);
        using var again = site.NewBrowser();
        await again.SignIn(person.Nir, code);
        Assert.Equal(400, again.Status);

        // He left before he chose a password: his own still opens, and the code still counts on its page.
        await again.SignIn(person.Nir, Journeys.GoodPassword);
        await Enter(again, department, code);
        await Personalise(again, NewPassword);
        Assert.Equal("/premiere-connexion/confirmation", again.Path);
        await browser.Open("/premiere-connexion/mot-de-passe");
        Assert.Equal("/connexion", browser.Path);
    }

    [Fact]
    public async Task Codes_of_other_departments_and_of_other_people_open_nothing()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        var (one, codeOfOne) = await Asked(browser, person);
        var (two, codeOfTwo) = await Asked(browser, person, besides: one);
        using var stranger = site.NewBrowser();
        var strangers = await Asked(stranger, await stranger.OpenSpace(site));

        await Enter(browser, one, strangers.Code);
        Assert.Contains("Il vous reste 4 essais", browser.ErrorOn("Code"), StringComparison.Ordinal);
        await Enter(browser, one, codeOfTwo);
        Assert.Contains("celui d’un autre département", browser.ErrorOn("Department"), StringComparison.Ordinal);
        await Enter(browser, one, "AAAAAAAAAA");
        Assert.Contains("Il vous reste 3 essais", browser.ErrorOn("Code"), StringComparison.Ordinal);
        await Enter(browser, two, codeOfTwo);
        await Personalise(browser, NewPassword);
        await Enter(browser, one, codeOfOne);
        await Personalise(browser, OtherPassword);
        await browser.Open("/mon-compte");
        Assert.Equal(2, browser.Words.Split("activé avec votre code").Length - 1);
    }

    [Fact]
    public async Task Five_wrong_codes_void_the_right_one_and_another_can_be_asked_for()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        var (department, code) = await Asked(browser, person);
        for (var i = 0; i < 5; i++)
            await Enter(browser, department, "AAAAAAAAAA");
        Assert.Contains("Ce code est annulé", browser.ErrorOn("Code"), StringComparison.Ordinal);
        await Enter(browser, department, code);
        Assert.Contains("Aucun code n’est attendu", browser.ErrorOn("Department"), StringComparison.Ordinal);
        await browser.Open("/mon-compte");
        Assert.Contains("Code annulé", browser.Words, StringComparison.Ordinal);

        var (_, another) = await Asked(browser, person);
        await Enter(browser, department, another);
        Assert.Equal("/premiere-connexion/mot-de-passe", browser.Path);
    }

    private async Task<(string Department, string Code)> Asked(Browser browser, Person person, string? besides = null)
    {
        var department = new[] { "01", "2B", "88", "29" }.First(code => !person.Departments.Contains(code) && code != besides);
        var before = site.Mails.All.Count(mail => mail.To == person.Email);
        await browser.Open("/complement-inscription/departement");
        await browser.Send(("Department", department));
        Assert.Equal("/complement-inscription/accuse", browser.Path);
        return (department, (await site.Mails.To(person.Email, before + 2)).Last(mail => mail.Subject == "Votre code confidentiel pour un autre département").ProvisionalPassword); // the other acknowledges the request
    }

    private static async Task Enter(Browser browser, string department, string code)
    {
        await browser.Open("/complement-inscription/code");
        await browser.Send(("Department", department), ("Code", code));
    }

    private static Task Personalise(Browser browser, string password) => browser.Send(("NewPassword", password), ("ConfirmPassword", password));
}
