using MsaOrleans.Testing;

namespace MsaOrleans.Web.Tests.Pages;

/// <summary>What is told, and not told, to somebody whose proof does not match.</summary>
public sealed class VerificationTests(Site site)
{
    [Fact]
    public async Task Three_failures_suspend_the_verification_whatever_browser_they_come_from()
    {
        var person = site.NextCardHolder();
        using var browser = site.NewBrowser();
        await browser.SignUpToVerification(person);
        await browser.Send(("HealthInsured", "yes"));

        await Try("0000000000");
        Assert.Equal(400, browser.Status);
        Assert.Contains("Il vous reste 2 essais", browser.ErrorOn("CardSerial"), StringComparison.Ordinal);
        Assert.Equal("0000000000", browser.ValueOf("CardSerial"));
        await Try("0000000001");
        Assert.Contains("Il vous reste un essai", browser.ErrorOn("CardSerial"), StringComparison.Ordinal);
        await Try("0000000002");
        Assert.Equal("/inscription/bloquee", browser.Path);
        Assert.Equal("Vérification suspendue", browser.Heading);
        Assert.Contains("à partir d", browser.Words, StringComparison.Ordinal);

        using var other = site.NewBrowser();
        await other.SignUpToVerification(person);
        Assert.Equal("/inscription/bloquee", other.Path);

        Task Try(string serial) => browser.Send(("CardKind", "with-photo"), ("CardSerial", serial));
    }

    [Fact]
    public async Task A_number_that_the_caisses_do_not_know_answers_like_one_they_know()
    {
        var unknown = Person.LamyFritz with { Nir = "1550399351012", BirthDate = new(1955, 3, 1) };
        using var stranger = site.NewBrowser();
        using var known = site.NewBrowser();
        Assert.Equal(await Told(known, site.NextCardHolder()), await Told(stranger, unknown));

        static async Task<string> Told(Browser browser, Person person)
        {
            var told = new List<string>();
            await browser.SignUpToVerification(person);
            await browser.Send(("HealthInsured", "yes"));
            foreach (var serial in (string[])["0000000000", "0000000001", "0000000002"])
            {
                await browser.Send(("CardKind", "without-photo"), ("CardSerial", serial));
                told.Add($"{browser.Status} {browser.Path} {browser.Heading} {browser.Summary} {browser.ErrorOn("CardSerial")}");
            }
            return string.Join('\n', told);
        }
    }

    [Fact]
    public async Task A_birth_date_that_contradicts_the_number_is_a_slip_of_the_pen_and_costs_no_attempt()
    {
        var person = site.NextCardHolder();
        using var browser = site.NewBrowser();
        await browser.BeginSignUp(person.Nir);
        await browser.Send();
        for (var i = 0; i < 4; i++)
        {
            await browser.Send([.. Journeys.DetailsOf(person with { BirthDate = person.BirthDate.AddYears(1) })]);
            Assert.Equal(400, browser.Status);
            Assert.Contains("ne correspond pas à votre numéro", browser.ErrorOn("BirthDay"), StringComparison.Ordinal);
        }
        await browser.SignUpToPassword(person);
        Assert.Equal("/inscription/mot-de-passe", browser.Path);
    }
}
