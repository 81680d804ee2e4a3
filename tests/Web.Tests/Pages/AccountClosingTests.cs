using MsaOrleans.Testing;
using static MsaOrleans.Web.Tests.Pages.AccountPages;

namespace MsaOrleans.Web.Tests.Pages;

/// <summary>An adherent leaves.</summary>
public sealed class AccountClosingTests(Site site)
{
    [Fact]
    public async Task Closing_is_asked_twice_and_with_the_password()
    {
        using var browser = site.NewBrowser();
        await browser.OpenSpace(site);
        await browser.Open("/mon-compte");
        await browser.Follow("Fermer mon espace privé");
        Assert.Equal("/mon-compte/fermeture", browser.Path);
        Assert.Null(browser.Page.QuerySelector("main form"));
        await browser.Follow("Continuer");
        Assert.Equal(Closing, browser.Path);

        await browser.Send(("CurrentPassword", Journeys.GoodPassword));
        Assert.Equal((400, Closing), (browser.Status, browser.Path));
        Assert.Contains("Cochez la case", browser.ErrorOn("Confirm"), StringComparison.Ordinal);
        Assert.Null(browser.ErrorOn("CurrentPassword"));
        await browser.Send(("Confirm", "true"));
        Assert.Contains("Saisissez votre mot de passe", browser.ErrorOn("CurrentPassword"), StringComparison.Ordinal);
        Assert.Equal("true", browser.ValueOf("Confirm"));
        await browser.Send(("Confirm", "true"), ("CurrentPassword", "Mauvais-Mot-1"));
        Assert.Equal((400, Closing), (browser.Status, browser.Path));
        Assert.Contains("n’est pas le vôtre", browser.ErrorOn("CurrentPassword"), StringComparison.Ordinal);
        Assert.Equal(0, await browser.LettersOfKind("AccountClosed"));
    }

    [Fact]
    public async Task A_closed_account_is_gone_for_everybody_and_its_owner_may_begin_anew()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        using var other = site.NewBrowser();
        await other.SignIn(person.Nir, Journeys.GoodPassword);
        var cookie = browser.Cookies["msa-session"];

        await browser.Fill(Closing, ("Confirm", "true"), ("CurrentPassword", Journeys.GoodPassword));
        Assert.Equal((200, "/compte-ferme", "Votre espace privé est fermé"), (browser.Status, browser.Path, browser.Heading));
        Assert.Null(browser.Cookies["msa-session"]);
        Assert.False(await site.IsWorthSomething(cookie));
        await other.Open("/mon-compte");
        Assert.Equal("/connexion", other.Path);
        Assert.Equal("Votre espace privé est fermé", (await site.Mails.To(person.Email, 2))[^1].Subject);

        // His number answers as one without an account.
        var stranger = site.NextPerson();
        using var observer = new Observer(site);
        Assert.Equal(
            (await observer.Fill("/connexion", ("Identifier", stranger.Nir), ("Password", Journeys.GoodPassword))).Told(stranger.Nir),
            (await observer.Fill("/connexion", ("Identifier", person.Nir), ("Password", Journeys.GoodPassword))).Told(person.Nir));

        // From the start, proof of identity included.
        using var again = site.NewBrowser();
        await again.BeginSignUp(person.Nir);
        Assert.Equal("/inscription/a-preparer", again.Path);
        await again.Send();
        Assert.Equal("", again.ValueOf("FamilyName"));
        await again.SignUp(person);
        Assert.Equal("/inscription/terminee", again.Path);
        await again.FirstConnection(person, (await site.Mails.To(person.Email, 3))[^1].ProvisionalPassword, NewPassword);
        Assert.Equal("/espace-prive", again.Path);
        await again.Open(SignIns);
        Assert.Single(again.Page.QuerySelectorAll("table tbody tr"));
        var closed = (await again.PersonalData(NewPassword)).GetProperty("closedAccounts");
        Assert.Equal(1, closed.GetArrayLength());
    }
}
