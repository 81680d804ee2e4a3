using MsaOrleans.Testing;

namespace MsaOrleans.Web.Tests.Pages;

/// <summary>A forgotten password: another one by mail, for the right person, and not a word to anybody else.</summary>
public sealed class ForgottenPasswordTests(Site site)
{
    private const string NewPassword = "Bruyere-Comptoir-9";

    [Fact]
    public async Task A_matching_pair_gets_a_mail_that_leads_to_a_new_password_and_the_old_one_works_until_then()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        await browser.SignOut();

        await browser.Open("/connexion");
        await browser.Follow("J'ai oublié mon mot de passe");
        Assert.Equal(("/mot-de-passe/oublie", "Mot de passe oublié"), (browser.Path, browser.Heading));
        await browser.Send(("Identifier", person.Nir), ("Email", person.Email));
        Assert.Equal((200, "/mot-de-passe/oublie/envoi", "Demande enregistrée"), (browser.Status, browser.Path, browser.Heading));
        var mail = (await site.Mails.To(person.Email, 2))[^1];
        Assert.Equal("Votre nouveau mot de passe provisoire", mail.Subject);

        using var other = site.NewBrowser();
        await other.SignIn(person.Nir, Journeys.GoodPassword);
        Assert.Equal("/espace-prive", other.Path);
        await browser.SignIn(person.Nir, $" {mail.ProvisionalPassword} ");
        Assert.Equal("/premiere-connexion/mot-de-passe", browser.Path);
        await browser.Open("/mon-compte");
        Assert.Equal("/premiere-connexion/mot-de-passe", browser.Path);
        await browser.Send(("NewPassword", Journeys.GoodPassword), ("ConfirmPassword", Journeys.GoodPassword));
        Assert.Contains("mot de passe actuel", browser.ErrorOn("NewPassword"), StringComparison.Ordinal);
        await browser.Send(("NewPassword", NewPassword), ("ConfirmPassword", NewPassword));
        Assert.Equal("/espace-prive", browser.Path); // nothing of the first connection is left to do
        Assert.Equal("Votre mot de passe a été modifié", (await site.Mails.To(person.Email, 3))[^1].Subject);

        // What was open is closed, and what opened before opens no more.
        await other.Open("/espace-prive");
        Assert.Equal("/connexion", other.Path);
        foreach (var past in (string[])[Journeys.GoodPassword, mail.ProvisionalPassword])
        {
            await other.SignIn(person.Nir, past);
            Assert.Equal((400, "/connexion"), (other.Status, other.Path));
        }
        await other.SignIn(person.Nir, NewPassword);
        Assert.Equal("/espace-prive", other.Path);
    }

    [Fact]
    public async Task The_answer_is_the_same_for_a_matching_pair_another_address_and_a_number_without_an_account()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        var stranger = site.NextPerson();

        var matching = await Told(person.Nir, person.Email);
        Assert.Contains("Demande enregistrée", matching, StringComparison.Ordinal);
        Assert.Equal(matching, await Told(person.Nir, "autre." + person.Email));
        Assert.Equal(matching, await Told(stranger.Nir, stranger.Email));
        Assert.Equal(matching, await Told(stranger.Nir, person.Email));

        // And only one of them sent anything.
        await site.Mails.To(person.Email, 2);
        Assert.Equal(1, await browser.LettersOfKind("NewProvisionalPassword"));

        async Task<string> Told(string nir, string email)
        {
            using var observer = new Observer(site);
            var answer = await observer.Fill("/mot-de-passe/oublie", ("Identifier", nir), ("Email", email));
            Assert.Equal((302, "/mot-de-passe/oublie/envoi"), (answer.Status, answer.Location));
            return $"{answer.Told(nir, email)}\n\n{(await observer.Open(answer.Location!)).Told(nir, email)}";
        }
    }

    [Theory]
    [InlineData("Identifier", "", "Saisissez votre numéro")]
    [InlineData("Identifier", "163096748222", "13 chiffres, ou 15 avec la clé")]
    [InlineData("Identifier", "bonjour", "que des chiffres")]
    [InlineData("Identifier", "1 63 09 67 482 229 07", "La clé")]
    [InlineData("Email", "", "Saisissez votre adresse email.")]
    [InlineData("Email", "lamy.fritz@", "Cette adresse email n’est pas valable.")]
    [InlineData("Email", "<script>alert(1)</script>", "Cette adresse email n’est pas valable.")]
    public async Task What_cannot_be_read_gets_a_sentence_and_keeps_what_was_typed(string field, string typed, string message)
    {
        using var browser = site.NewBrowser();
        (string Field, string Value)[] good = [("Identifier", "1 63 09 67 482 229"), ("Email", "lamy.fritz@exemple.fr")];
        await browser.Fill("/mot-de-passe/oublie", [.. good.Where(f => f.Field != field), (field, typed)]);
        Assert.Equal((400, "/mot-de-passe/oublie"), (browser.Status, browser.Path));
        Assert.Contains(message, browser.ErrorOn(field), StringComparison.Ordinal);
        Assert.Contains(message, browser.Summary, StringComparison.Ordinal);
        Assert.StartsWith("Erreur :", browser.Title, StringComparison.Ordinal);
        Assert.Equal(typed, browser.ValueOf(field));
        var other = good.Single(f => f.Field != field);
        Assert.Equal(other.Value, browser.ValueOf(other.Field));
    }

    [Fact]
    public async Task Both_faults_are_told_at_once()
    {
        using var browser = site.NewBrowser();
        await browser.Fill("/mot-de-passe/oublie");
        Assert.Equal(["#Identifier", "#Email"], browser.Page.QuerySelectorAll(".error-summary a").Select(a => a.GetAttribute("href")));
    }

    [Fact]
    public async Task Without_its_token_the_form_comes_back_with_what_was_typed_and_sends_nothing()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        using var stranger = site.NewBrowser();
        await stranger.Post("/mot-de-passe/oublie", ("Identifier", person.Nir), ("Email", person.Email));
        Assert.Equal((400, "/mot-de-passe/oublie"), (stranger.Status, stranger.Path));
        Assert.Contains("ouverte trop longtemps", stranger.Summary, StringComparison.Ordinal);
        Assert.Equal((person.Nir, person.Email), (stranger.ValueOf("Identifier"), stranger.ValueOf("Email")));
        Assert.Equal(0, await browser.LettersOfKind("NewProvisionalPassword"));
        await stranger.Send();
        Assert.Equal("/mot-de-passe/oublie/envoi", stranger.Path);
    }

    [Fact]
    public async Task Three_letters_an_hour_and_no_more_however_often_it_is_asked()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        using var stranger = site.NewBrowser();
        for (var i = 0; i < 5; i++)
        {
            await stranger.Forget(person.Nir, person.Email);
            Assert.Equal((200, "/mot-de-passe/oublie/envoi"), (stranger.Status, stranger.Path));
        }
        Assert.Equal(3, await browser.LettersOfKind("NewProvisionalPassword"));
        Assert.Equal(3, (await site.Mails.To(person.Email, 4)).Count(mail => mail.Subject == "Votre nouveau mot de passe provisoire"));
    }

    [Fact]
    public async Task Requests_with_another_address_cost_the_right_one_nothing()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        using var stranger = site.NewBrowser();
        for (var i = 0; i < 5; i++)
            await stranger.Forget(person.Nir, $"autre{i}.{person.Email}");
        await stranger.Forget(person.Nir, person.Email);
        await site.Mails.To(person.Email, 2);
        Assert.Equal(1, await browser.LettersOfKind("NewProvisionalPassword"));
    }

    [Fact]
    public async Task A_strangers_request_changes_nothing_for_its_victim()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        using var stranger = site.NewBrowser();
        await stranger.Forget(person.Nir, person.Email);
        await site.Mails.To(person.Email, 2);
        await stranger.Forget(person.Nir, "etranger@exemple.fr");

        await browser.Open("/mon-compte");
        Assert.Equal("/mon-compte", browser.Path);
        Assert.Contains("Vous êtes connecté sur cet appareil seulement.", browser.Words, StringComparison.Ordinal);
        using var elsewhere = site.NewBrowser();
        await elsewhere.SignIn(person.Nir, Journeys.GoodPassword);
        Assert.Equal("/espace-prive", elsewhere.Path);
        await stranger.Open("/espace-prive");
        Assert.Equal("/connexion", stranger.Path);
    }
}
