using MsaOrleans.Testing;

namespace MsaOrleans.Web.Tests.Pages;

/// <summary>Signing in, the first connection, and the session.</summary>
public sealed class SignInTests(Site site)
{
    [Fact]
    public async Task Wrong_and_unknown_get_the_same_answer()
    {
        var person = site.NextPerson();
        using var browser = site.NewBrowser();
        await browser.SignUp(person);
        await site.Mails.To(person.Email);

        await browser.SignIn(person.Nir, "Mauvais-Mot-1");
        var wrong = Told();
        await browser.SignIn(site.NextPerson().Nir, "Mauvais-Mot-1");
        Assert.Equal(wrong, Told());
        Assert.Equal("", browser.ValueOf("Password"));

        string Told() => $"{browser.Status} {browser.Path} {browser.Summary} {browser.ErrorOn("Identifier")} {browser.ErrorOn("Password")}";
    }

    [Fact]
    public async Task Five_failures_lock_out_even_the_right_password()
    {
        var person = site.NextPerson();
        using var browser = site.NewBrowser();
        await browser.SignUp(person);
        var provisional = (await site.Mails.To(person.Email)).ProvisionalPassword;
        for (var i = 0; i < 5; i++)
            await browser.SignIn(person.Nir, $"Mauvais-Mot-{i}");
        await browser.SignIn(person.Nir, provisional);
        Assert.Equal(400, browser.Status);
        Assert.Equal("/connexion", browser.Path);
    }

    [Fact]
    public async Task A_provisional_password_opens_nothing_but_its_own_replacement()
    {
        using var browser = site.NewBrowser();
        var (person, provisional) = await SignedUp(browser);
        await browser.SignIn(person.Nir, $"  {provisional}\t");
        Assert.Equal("/premiere-connexion/mot-de-passe", browser.Path);
        foreach (var closed in (string[])["/espace-prive", "/premiere-connexion/coordonnees", "/premiere-connexion/terminee", "/connexion"])
        {
            await browser.Open(closed);
            Assert.Equal("/premiere-connexion/mot-de-passe", browser.Path);
        }
    }

    [Fact]
    public async Task A_password_that_does_not_suit_is_refused_with_all_its_reasons()
    {
        using var browser = site.NewBrowser();
        var (person, provisional) = await SignedUp(browser);
        await browser.SignIn(person.Nir, provisional);

        await Refused("court", "au moins 8 caractères");
        await Refused("Azerty123!", "trop courant");
        await Refused(person.Nir + "aB!", "numéro de Sécurité Sociale");
        await Refused(provisional, "mot de passe provisoire");
        await Refused(new string('a', 40) + "Bc1-567890-", "50 caractères au plus");
        await browser.Send(("NewPassword", Journeys.GoodPassword), ("ConfirmPassword", Journeys.GoodPassword + "x"));
        Assert.Contains("pas les mêmes", browser.ErrorOn("ConfirmPassword"), StringComparison.Ordinal);

        async Task Refused(string password, string reason)
        {
            await browser.Send(("NewPassword", password), ("ConfirmPassword", password));
            Assert.Equal(400, browser.Status);
            Assert.Contains(reason, browser.ErrorOn("NewPassword"), StringComparison.Ordinal);
            Assert.Equal("", browser.ValueOf("NewPassword"));
        }
    }

    [Fact]
    public async Task Leaving_before_the_contact_details_are_confirmed_leads_back_to_them()
    {
        using var browser = site.NewBrowser();
        var (person, provisional) = await SignedUp(browser);
        await browser.MakePersonal(person, provisional);

        using var later = site.NewBrowser();
        await later.SignIn(person.Nir, Journeys.GoodPassword);
        Assert.Equal("/premiere-connexion/coordonnees", later.Path);
        await later.Open("/espace-prive");
        Assert.Equal("/premiere-connexion/coordonnees", later.Path);
    }

    [Fact]
    public async Task Nobody_is_told_that_he_has_left_while_his_session_lives()
    {
        using var browser = site.NewBrowser();
        await OpenedSpace(browser);
        await browser.Post("/deconnexion");
        Assert.Equal(400, browser.Status);
        Assert.Equal("Se déconnecter", browser.Heading);
        await browser.Open("/espace-prive");
        Assert.Equal("/espace-prive", browser.Path);
        await browser.Open("/deconnexion");
        await browser.Send();
        Assert.Equal("Vous êtes déconnecté", browser.Heading);
    }

    [Fact]
    public async Task Changing_the_password_ends_every_other_session()
    {
        using var browser = site.NewBrowser();
        var (person, provisional) = await SignedUp(browser);
        using var other = site.NewBrowser();
        await other.SignIn(person.Nir, provisional);
        await browser.FirstConnection(person, provisional);
        Assert.Equal("/espace-prive", browser.Path);

        await other.Open("/premiere-connexion/mot-de-passe");
        Assert.Equal("/connexion", other.Path);
    }

    [Fact]
    public async Task The_provisional_password_works_no_more_once_it_is_replaced()
    {
        using var browser = site.NewBrowser();
        var (person, provisional) = await SignedUp(browser);
        await browser.FirstConnection(person, provisional);
        using var other = site.NewBrowser();
        await other.SignIn(person.Nir, provisional);
        Assert.Equal(400, other.Status);
        await other.SignIn(person.Nir, Journeys.GoodPassword);
        Assert.Equal("/espace-prive", other.Path);
        Assert.Contains("Dernière connexion", other.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_address_is_used_once_its_link_has_been_opened_and_the_old_one_is_told()
    {
        using var browser = site.NewBrowser();
        var (person, provisional) = await SignedUp(browser);
        await browser.MakePersonal(person, provisional);
        await browser.Follow("Continuer");
        var newAddress = "nouvelle." + person.Email;
        await browser.Send(("Email", newAddress));
        Assert.Contains(newAddress, browser.Words, StringComparison.Ordinal);

        var link = (await site.Mails.To(newAddress)).Link;
        await site.Mails.To(person.Email, 2);
        using var mailReader = site.NewBrowser();
        await mailReader.Open(link.PathAndQuery);
        Assert.Equal("Confirmez votre nouvelle adresse", mailReader.Heading);
        await mailReader.Send();
        Assert.Equal("Adresse confirmée", mailReader.Heading);
        await site.Mails.To(person.Email, 3);

        await mailReader.Open(link.PathAndQuery);
        await mailReader.Send();
        Assert.Equal("Ce lien n'est plus valable", mailReader.Heading);
        await mailReader.Open("/adresse-electronique/nimporte-quoi");
        await mailReader.Send();
        Assert.Equal("Ce lien n'est plus valable", mailReader.Heading);
    }

    [Fact]
    public async Task Personal_pages_are_kept_in_no_cache_and_every_page_refuses_foreign_scripts_and_frames()
    {
        using var browser = site.NewBrowser();
        await OpenedSpace(browser);
        Assert.True(browser.Response.Headers.CacheControl!.NoStore);
        var policy = browser.Response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", browser.Response.Headers.GetValues("X-Content-Type-Options").Single());
    }

    private async Task<(Person, string Provisional)> SignedUp(Browser browser)
    {
        var person = site.NextPerson();
        await browser.SignUp(person);
        return (person, (await site.Mails.To(person.Email)).ProvisionalPassword);
    }

    private async Task OpenedSpace(Browser browser)
    {
        var (person, provisional) = await SignedUp(browser);
        await browser.FirstConnection(person, provisional);
        Assert.Equal("/espace-prive", browser.Path);
    }
}
