using System.Text.Json;
using MsaOrleans.Testing;
using static MsaOrleans.Web.Tests.Pages.AccountPages;

namespace MsaOrleans.Web.Tests.Pages;

/// <summary>Who gets at an account: its owner, who changes his password and sees and closes his sign-ins; and nobody else.</summary>
public sealed class AccountAccessTests(Site site)
{
    [Theory]
    [InlineData("/mon-compte")]
    [InlineData(Password)]
    [InlineData(Email)]
    [InlineData(Phones)]
    [InlineData(Address)]
    [InlineData(Reception)]
    [InlineData(SignIns)]
    [InlineData("/mon-compte/assistance")]
    [InlineData(Data)]
    [InlineData("/mon-compte/fermeture")]
    [InlineData(Closing)]
    public async Task A_page_of_the_account_is_for_its_owner_only_and_signing_in_leads_to_it(string page)
    {
        using var visitor = site.NewBrowser();
        await visitor.Open(page);
        Assert.Equal("/connexion", visitor.Path);
        var token = visitor.ValueOf("__RequestVerificationToken")!;
        await visitor.Post(page, ("__RequestVerificationToken", token));
        Assert.NotEqual(page, visitor.Path);
    }

    [Fact]
    public async Task A_page_asked_for_before_signing_in_is_where_signing_in_leads_once()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        using var visitor = site.NewBrowser();
        await visitor.Open(Phones);
        await visitor.Send(("Identifier", person.Nir), ("Password", Journeys.GoodPassword));
        Assert.Equal(Phones, visitor.Path);
        await visitor.SignOut();
        await visitor.SignIn(person.Nir, Journeys.GoodPassword);
        Assert.Equal("/espace-prive", visitor.Path);
    }

    [Fact]
    public async Task A_new_password_that_does_not_suit_is_refused_beside_its_field_and_changes_nothing()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);

        await browser.Fill(Password);
        Refused("CurrentPassword", "Saisissez votre mot de passe actuel.");
        Refused("NewPassword", "Choisissez un mot de passe.");
        await Change("Mauvais-Mot-1", NewPassword, NewPassword);
        Refused("CurrentPassword", "Ce mot de passe n’est pas le vôtre.");
        Assert.Null(browser.ErrorOn("NewPassword"));
        await Change(new string('x', 100_000), NewPassword, NewPassword);
        Refused("CurrentPassword", "Ce mot de passe n’est pas le vôtre.");
        await Change(Journeys.GoodPassword, Journeys.GoodPassword, Journeys.GoodPassword);
        Refused("NewPassword", "mot de passe actuel");
        await Change(Journeys.GoodPassword, "Azerty123!", "Azerty123!");
        Refused("NewPassword", "trop courant");
        await Change(Journeys.GoodPassword, $"Ab-{person.Nir}", $"Ab-{person.Nir}");
        Refused("NewPassword", "numéro de Sécurité Sociale");
        await Change(Journeys.GoodPassword, NewPassword, NewPassword + "x");
        Refused("ConfirmPassword", "pas les mêmes");
        await Change(Journeys.GoodPassword, NewPassword, "");
        Refused("ConfirmPassword", "une seconde fois");

        Assert.Equal(0, await browser.LettersOfKind("PasswordChanged"));
        using var other = site.NewBrowser();
        await other.SignIn(person.Nir, Journeys.GoodPassword);
        Assert.Equal("/espace-prive", other.Path);

        Task Change(string current, string chosen, string confirmed) =>
            browser.Send(("CurrentPassword", current), ("NewPassword", chosen), ("ConfirmPassword", confirmed));

        void Refused(string field, string message)
        {
            Assert.Equal((400, Password), (browser.Status, browser.Path));
            Assert.Contains(message, browser.ErrorOn(field), StringComparison.Ordinal);
            Assert.All((string[])["CurrentPassword", "NewPassword", "ConfirmPassword"], f => Assert.Equal("", browser.ValueOf(f)));
        }
    }

    [Fact]
    public async Task A_changed_password_ends_every_other_session_and_is_told_by_mail()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        using var other = site.NewBrowser();
        await other.SignIn(person.Nir, Journeys.GoodPassword);

        await browser.Fill(Password, ("CurrentPassword", Journeys.GoodPassword), ("NewPassword", NewPassword), ("ConfirmPassword", NewPassword));
        Assert.Equal((200, "/mon-compte"), (browser.Status, browser.Path));
        Assert.Contains("Votre mot de passe a bien été modifié.", browser.Said(), StringComparison.Ordinal);
        Assert.Equal("Votre mot de passe a été modifié", (await site.Mails.To(person.Email, 2))[^1].Subject);
        await browser.Open("/mon-compte");
        Assert.Equal("", browser.Said());
        await other.Open("/mon-compte");
        Assert.Equal("/connexion", other.Path);

        await other.SignIn(person.Nir, Journeys.GoodPassword);
        Assert.Equal((400, "/connexion"), (other.Status, other.Path));
        await other.SignIn(person.Nir, NewPassword);
        Assert.NotEqual("/connexion", other.Path);
    }

    [Fact]
    public async Task Wrong_passwords_count_as_at_sign_in_and_lock_everything_that_asks_for_one_but_end_no_session()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        await browser.Open(Password);
        for (var i = 0; i < 4; i++)
        {
            await browser.Send(("CurrentPassword", $"Mauvais-Mot-{i}"), ("NewPassword", NewPassword), ("ConfirmPassword", NewPassword));
            Assert.Contains("n’est pas le vôtre", browser.ErrorOn("CurrentPassword"), StringComparison.Ordinal);
        }
        await browser.Send(("CurrentPassword", "Mauvais-Mot-4"), ("NewPassword", NewPassword), ("ConfirmPassword", NewPassword));
        Locked();
        Assert.Equal("Connexion suspendue à Mon espace privé", (await site.Mails.To(person.Email, 2))[^1].Subject);

        await browser.Send(("CurrentPassword", Journeys.GoodPassword), ("NewPassword", NewPassword), ("ConfirmPassword", NewPassword));
        Locked();
        await browser.Fill(Email, ("Email", "nouvelle." + person.Email), ("CurrentPassword", Journeys.GoodPassword));
        Locked();
        Assert.Equal("nouvelle." + person.Email, browser.ValueOf("Email"));
        await browser.Fill(Data, ("CurrentPassword", Journeys.GoodPassword));
        Locked();
        await browser.Fill(Closing, ("Confirm", "true"), ("CurrentPassword", Journeys.GoodPassword));
        Locked();
        using var elsewhere = site.NewBrowser();
        await elsewhere.SignIn(person.Nir, Journeys.GoodPassword);
        Assert.Equal((400, "/connexion"), (elsewhere.Status, elsewhere.Path));

        await browser.Fill(Phones, ("MobilePhone", "06 98 76 54 32"));
        Assert.Equal("/mon-compte", browser.Path);
        Assert.Contains("06 98 76 54 32", browser.Words, StringComparison.Ordinal);

        void Locked()
        {
            Assert.Equal(400, browser.Status);
            Assert.Contains("il faut patienter", browser.ErrorOn("CurrentPassword"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Other_sessions_are_closed_and_this_one_stays_open()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        await browser.Open("/mon-compte");
        Assert.Contains("Vous êtes connecté sur cet appareil seulement.", browser.Words, StringComparison.Ordinal);
        await browser.Open(SignIns);
        Assert.Null(browser.Page.QuerySelector("main form"));
        Browser[] others = [site.NewBrowser(), site.NewBrowser()];
        foreach (var other in others)
            await other.SignIn(person.Nir, Journeys.GoodPassword);
        await browser.Open("/mon-compte");
        Assert.Contains("Vous êtes connecté sur 3 appareils.", browser.Words, StringComparison.Ordinal);

        await browser.Fill(SignIns);
        Assert.Equal("/mon-compte", browser.Path);
        Assert.Equal("Vos 2 autres connexions ont été fermées.", browser.Said());
        Assert.Contains("Vous êtes connecté sur cet appareil seulement.", browser.Words, StringComparison.Ordinal);
        foreach (var other in others)
        {
            await other.Open("/mon-compte");
            Assert.Equal("/connexion", other.Path);
            other.Dispose();
        }
        await browser.Open("/mon-compte");
        Assert.Equal("/mon-compte", browser.Path);
    }

    [Fact]
    public async Task Sign_ins_are_listed_with_when_and_from_what_and_where()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        using var phone = new Observer(site, "Mozilla/5.0 (Android 14; Mobile; rv:143.0) Gecko/143.0 Firefox/143.0");
        Assert.Equal(302, (await phone.Fill("/connexion", ("Identifier", person.Nir), ("Password", Journeys.GoodPassword))).Status);

        await browser.Open(SignIns);
        var open = browser.Page.QuerySelectorAll("main .list > li").Select(li => li.TextContent).ToList();
        Assert.Equal(2, open.Count);
        Assert.All(open, session => Assert.Contains("adresse réseau 127.0.0.x", session, StringComparison.Ordinal));
        Assert.Single(open, session => session.Contains("Téléphone, Firefox", StringComparison.Ordinal));
        Assert.Single(open, session => session.Contains("Appareil inconnu, cet appareil", StringComparison.Ordinal));
        var rows = browser.Page.QuerySelectorAll("table tbody tr").Select(row => row.QuerySelectorAll("td").Select(td => td.TextContent).ToList()).ToList();
        Assert.Equal([["Téléphone, Firefox", "127.0.0.x", "mot de passe"], ["Appareil inconnu", "127.0.0.x", "mot de passe provisoire"]], rows);
        Assert.DoesNotContain("127.0.0.1", browser.Page.Source.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Android", browser.Page.Source.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_its_token_no_form_does_anything_and_each_keeps_what_was_typed()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        (string Page, (string Field, string Value)[] Typed)[] forms =
        [
            (Password, [("CurrentPassword", Journeys.GoodPassword), ("NewPassword", NewPassword), ("ConfirmPassword", NewPassword)]),
            (Email, [("Email", "voleur@exemple.fr"), ("CurrentPassword", Journeys.GoodPassword)]),
            (Phones, [("MobilePhone", "06 99 99 99 99"), ("LandlinePhone", "03 88 99 99 99"), ("Fax", "03 88 99 99 98")]),
            (Address, [("AddressLine", "13 rue du Vol"), ("PostalCode", "75001"), ("City", "Paris")]),
            (Reception, [("Documents", "paper"), ("News", "paper")]),
            (Data, [("CurrentPassword", Journeys.GoodPassword)]),
            (Closing, [("Confirm", "true"), ("CurrentPassword", Journeys.GoodPassword)]),
        ];
        foreach (var (page, typed) in forms)
        {
            await browser.Post(page, typed);
            Assert.Equal((400, page), (browser.Status, browser.Path));
            Assert.Contains("ouverte trop longtemps", browser.Summary, StringComparison.Ordinal);
            Assert.All(typed, f => Assert.Equal(f.Field.EndsWith("Password", StringComparison.Ordinal) ? "" : f.Value, browser.ValueOf(f.Field)));
        }

        var data = await browser.PersonalData(Journeys.GoodPassword); // with the password and in the account that he had
        Assert.Equal(person.Email, data.GetProperty("contact").GetProperty("card").GetProperty("email").GetString());
        Assert.Equal(JsonValueKind.Null, data.GetProperty("contact").GetProperty("pendingEmail").ValueKind);
        Assert.Equal("+33612345678", data.GetProperty("contact").GetProperty("card").GetProperty("mobilePhone").GetString());
        Assert.Equal(0, data.GetProperty("contact").GetProperty("addressChanges").GetArrayLength());
        Assert.Equal("email", data.GetProperty("contact").GetProperty("reception").GetProperty("news").GetString());
    }
}
