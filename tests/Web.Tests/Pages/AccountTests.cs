using System.IO.Compression;
using System.Text;
using System.Text.Json;
using AngleSharp.Dom;
using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Testing;

namespace MsaOrleans.Web.Tests.Pages;

/// <summary>What an adherent does with his account: changes it, looks at it, takes his data, leaves.</summary>
public sealed class AccountTests(Site site)
{
    private const string NewPassword = "Bruyere-Comptoir-9";
    private const string Password = "/mon-compte/mot-de-passe";
    private const string Email = "/mon-compte/email";
    private const string Phones = "/mon-compte/telephones";
    private const string Address = "/mon-compte/adresse";
    private const string Reception = "/mon-compte/reception";
    private const string SignIns = "/mon-compte/connexions";
    private const string Data = "/mon-compte/mes-donnees";
    private const string Closing = "/mon-compte/fermeture/confirmation";

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
        Assert.Contains("Votre mot de passe a bien été modifié.", Said(browser), StringComparison.Ordinal);
        Assert.Equal("Votre mot de passe a été modifié", (await site.Mails.To(person.Email, 2))[^1].Subject);
        await browser.Open("/mon-compte");
        Assert.Equal("", Said(browser));
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
    public async Task Another_address_is_asked_for_with_the_password_in_hand()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        await browser.Open(Email);
        Assert.Equal(person.Email, browser.ValueOf("Email"));

        await browser.Send(("Email", "jeanne@"), ("CurrentPassword", ""));
        Assert.Contains("n’est pas valable", browser.ErrorOn("Email"), StringComparison.Ordinal);
        Assert.Contains("Saisissez votre mot de passe", browser.ErrorOn("CurrentPassword"), StringComparison.Ordinal);
        Assert.Equal("jeanne@", browser.ValueOf("Email"));
        await browser.Send(("Email", "voleur@exemple.fr"), ("CurrentPassword", "Mauvais-Mot-1"));
        Assert.Equal((400, Email), (browser.Status, browser.Path));
        Assert.Contains("n’est pas le vôtre", browser.ErrorOn("CurrentPassword"), StringComparison.Ordinal);
        Assert.Equal(("voleur@exemple.fr", ""), (browser.ValueOf("Email"), browser.ValueOf("CurrentPassword")));
        await browser.Send(("Email", person.Email), ("CurrentPassword", Journeys.GoodPassword));
        Assert.Equal("/mon-compte", browser.Path);
        Assert.Contains($"Votre adresse reste {person.Email}.", Said(browser), StringComparison.Ordinal);

        Assert.Equal(0, await browser.LettersOfKind("EmailChangeLink"));
        Assert.Equal(0, await browser.LettersOfKind("EmailChangeRequested"));
    }

    [Fact]
    public async Task A_sixth_address_within_a_day_gets_a_sentence()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        for (var i = 0; i < 5; i++)
        {
            await browser.Fill(Email, ("Email", $"n{i}.{person.Email}"), ("CurrentPassword", Journeys.GoodPassword));
            Assert.Equal("/mon-compte", browser.Path);
        }
        await browser.Fill(Email, ("Email", $"n6.{person.Email}"), ("CurrentPassword", Journeys.GoodPassword));
        Assert.Equal((400, $"n6.{person.Email}"), (browser.Status, browser.ValueOf("Email")));
        Assert.Contains("cinq fois une autre adresse en 24 heures", browser.ErrorOn("Email"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_address_is_used_once_its_link_was_opened_and_the_old_one_is_told()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        var newAddress = "nouvelle." + person.Email;
        var link = await Asked(browser, newAddress);
        Assert.Contains($"Un lien a été envoyé à {newAddress}.", Said(browser), StringComparison.Ordinal);
        Assert.Contains(person.Email, browser.Words, StringComparison.Ordinal);
        Assert.Contains($"à confirmer par le lien reçu : {newAddress}", browser.Words, StringComparison.Ordinal);
        Assert.Equal("Demande de changement d’adresse électronique", (await site.Mails.To(person.Email, 2))[^1].Subject);

        // Asked again, it is the same request and the same link.
        await browser.Fill(Email, ("Email", newAddress), ("CurrentPassword", Journeys.GoodPassword));
        Assert.Equal(1, await browser.LettersOfKind("EmailChangeLink"));

        using var mailReader = site.NewBrowser();
        Assert.Equal("Ce lien n'est plus valable", await Use(mailReader, link[..^4] + (link.EndsWith("AAAA", StringComparison.Ordinal) ? "BBBB" : "AAAA")));
        Assert.Equal("Adresse confirmée", await Use(mailReader, link));
        Assert.Equal("Ce lien n'est plus valable", await Use(mailReader, link));
        Assert.Equal("Votre adresse électronique a été modifiée", (await site.Mails.To(person.Email, 3))[^1].Subject);
        await browser.Open("/mon-compte");
        Assert.Contains(newAddress, browser.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("à confirmer", browser.Words, StringComparison.Ordinal);

        // It is the one that counts from now on.
        using var visitor = site.NewBrowser();
        await visitor.Forget(person.Nir, person.Email);
        await visitor.Forget(person.Nir, newAddress);
        await site.Mails.To(newAddress, 2);
        Assert.Equal(1, await browser.LettersOfKind("NewProvisionalPassword"));
    }

    [Fact]
    public async Task A_link_serves_its_own_account_only_and_only_until_another_is_asked_for()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        using var strangersBrowser = site.NewBrowser();
        var stranger = await strangersBrowser.OpenSpace(site);
        var first = await Asked(browser, "premiere." + person.Email);
        var strangers = await Asked(strangersBrowser, "nouvelle." + stranger.Email);
        Assert.True(EmailLink.TryParse(first.Split('/')[^1], out var adherent, out _));
        Assert.True(EmailLink.TryParse(strangers.Split('/')[^1], out _, out var secret));

        using var mailReader = site.NewBrowser();
        Assert.Equal("Ce lien n'est plus valable", await Use(mailReader, $"/adresse-electronique/{EmailLink.Compose(adherent, secret)}"));
        var second = await Asked(browser, "seconde." + person.Email);
        Assert.Equal("Ce lien n'est plus valable", await Use(mailReader, first));
        await browser.Open("/mon-compte");
        Assert.Contains($"à confirmer par le lien reçu : seconde.{person.Email}", browser.Words, StringComparison.Ordinal);
        Assert.Equal("Adresse confirmée", await Use(mailReader, second));

        // Thought better of: the address in use drops what was asked for.
        var third = await Asked(browser, "troisieme." + person.Email);
        await browser.Fill(Email, ("CurrentPassword", Journeys.GoodPassword));
        Assert.Contains($"Votre adresse reste seconde.{person.Email}.", Said(browser), StringComparison.Ordinal);
        Assert.Equal("Ce lien n'est plus valable", await Use(mailReader, third));
    }

    [Fact]
    public async Task Telephones_are_changed_and_emptied_at_once()
    {
        using var browser = site.NewBrowser();
        await browser.OpenSpace(site);
        await browser.Open(Phones);
        Assert.Equal(("06 12 34 56 78", "", ""), Shown());

        await browser.Send(("MobilePhone", "03 88 12 34 56"), ("LandlinePhone", "12"), ("Fax", "bonjour"));
        Assert.Equal((400, Phones), (browser.Status, browser.Path));
        Assert.Contains("Ce n’est pas un numéro de téléphone mobile.", browser.ErrorOn("MobilePhone"), StringComparison.Ordinal);
        Assert.Contains("Ce n’est pas un numéro de téléphone.", browser.ErrorOn("LandlinePhone"), StringComparison.Ordinal);
        Assert.Contains("Ce n’est pas un numéro de téléphone.", browser.ErrorOn("Fax"), StringComparison.Ordinal);
        Assert.Equal(("03 88 12 34 56", "12", "bonjour"), Shown());

        await browser.Send(("MobilePhone", "+33 (0)6 98 76 54 32"), ("LandlinePhone", "03.88.12.34.56"), ("Fax", ""));
        Assert.Equal("/mon-compte", browser.Path);
        Assert.Equal("Vos téléphones ont été enregistrés.", Said(browser));
        await browser.Open(Phones);
        Assert.Equal(("06 98 76 54 32", "03 88 12 34 56", ""), Shown());
        await browser.Send(("MobilePhone", ""), ("LandlinePhone", ""));
        Assert.Equal(3, browser.Page.QuerySelectorAll("section[aria-labelledby=telephone] dd").Count(dd => dd.TextContent == "non renseigné"));

        (string?, string?, string?) Shown() => (browser.ValueOf("MobilePhone"), browser.ValueOf("LandlinePhone"), browser.ValueOf("Fax"));
    }

    [Theory]
    [InlineData("PostalCode", "", "Saisissez le code postal : cinq chiffres, par exemple 67320.")]
    [InlineData("PostalCode", "6732", "Saisissez le code postal : cinq chiffres, par exemple 67320.")]
    [InlineData("PostalCode", "673200", "Saisissez le code postal : cinq chiffres, par exemple 67320.")]
    [InlineData("PostalCode", "2A004", "Saisissez le code postal : cinq chiffres, par exemple 67320.")]
    [InlineData("PostalCode", "٦٧٣٢٠", "Saisissez le code postal : cinq chiffres, par exemple 67320.")]
    [InlineData("AddressLine", " ", "Saisissez le numéro et la rue, ou le lieu-dit.")]
    [InlineData("AddressLine", null, "Ce texte est trop long. Écrivez 100 caractères au plus.")]
    [InlineData("City", "", "Saisissez la commune.")]
    [InlineData("City", null, "Ce texte est trop long. Écrivez 100 caractères au plus.")]
    public async Task An_address_that_cannot_be_is_refused_beside_its_field_and_is_not_told_to_the_caisse(string field, string? typed, string message)
    {
        typed ??= new string('x', 101);
        using var browser = site.NewBrowser();
        await browser.OpenSpace(site);
        (string Field, string Value)[] good = [("AddressLine", "14 rue des Vignes"), ("PostalCode", "68240"), ("City", "Kaysersberg Vignoble")];
        await browser.Fill(Address, [.. good.Where(f => f.Field != field), (field, typed)]);
        Assert.Equal((400, Address), (browser.Status, browser.Path));
        Assert.Equal(message, browser.ErrorOn(field));
        Assert.Equal(typed, browser.ValueOf(field));
        Assert.All(good.Where(f => f.Field != field), f => Assert.Equal(f.Value, browser.ValueOf(f.Field)));
        await browser.Open("/mon-compte");
        Assert.DoesNotContain("Changement signalé", browser.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_address_waits_for_the_caisse_until_another_takes_its_place()
    {
        using var browser = site.NewBrowser();
        await browser.OpenSpace(site);
        await browser.Open("/mon-compte");
        var registered = browser.Page.QuerySelector("section[aria-labelledby=adresse] dd")!.TextContent;
        Assert.DoesNotContain("non disponible", registered, StringComparison.Ordinal);

        await browser.Fill(Address, ("AddressLine", " 14 rue des Vignes "), ("PostalCode", " 68240 "), ("City", "Kaysersberg <b>Vignoble</b>"));
        Assert.Equal("/mon-compte", browser.Path);
        Assert.Equal("Votre nouvelle adresse a été transmise à votre caisse.", Said(browser));
        Assert.Equal(["Transmise à la caisse"], Changes());
        Assert.Contains("68240 Kaysersberg <b>Vignoble</b>", browser.Words, StringComparison.Ordinal);
        await browser.Fill(Address, ("AddressLine", "2 place du Marché"), ("PostalCode", "67320"), ("City", "Drulingen"));
        Assert.Equal(["Transmise à la caisse", "Remplacée"], Changes());
        Assert.Equal(registered, browser.Page.QuerySelector("section[aria-labelledby=adresse] dd")!.TextContent);

        IEnumerable<string> Changes() => browser.Page.QuerySelectorAll("section[aria-labelledby=adresse] .tag").Select(tag => tag.TextContent);
    }

    [Fact]
    public async Task How_documents_and_news_reach_him_is_his_choice()
    {
        using var browser = site.NewBrowser();
        await browser.OpenSpace(site);
        await browser.Open(Reception);
        Assert.Equal(("email", "email"), (browser.ValueOf("Documents"), browser.ValueOf("News")));
        await browser.Send(("Documents", "paper"), ("News", "pigeon"));
        Assert.Equal((400, Reception), (browser.Status, browser.Path));
        Assert.Equal("Choisissez : par email, ou par courrier.", browser.ErrorOn("News"));
        Assert.Null(browser.ErrorOn("Documents"));
        Assert.Equal("paper", browser.ValueOf("Documents"));
        await browser.Send(("Documents", "paper"), ("News", "email"));
        Assert.Equal("/mon-compte", browser.Path);
        Assert.Equal("Votre mode de réception a été enregistré.", Said(browser));
        Assert.Equal(["par courrier", "par email"], browser.Page.QuerySelectorAll("section[aria-labelledby=reception] dd:not(.summary-action)").Select(dd => dd.TextContent));
        await browser.Open(Reception);
        Assert.Equal(("paper", "email"), (browser.ValueOf("Documents"), browser.ValueOf("News")));
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
        Assert.Equal("Vos 2 autres connexions ont été fermées.", Said(browser));
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
    public async Task His_data_come_as_a_page_and_as_JSON_without_a_single_secret()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        var provisional = (await site.Mails.To(person.Email)).ProvisionalPassword;
        var session = browser.Cookies["msa-session"]!;
        await browser.Fill(Address, ("AddressLine", "14 rue des Vignes"), ("PostalCode", "68240"), ("City", "Été-sur-<Mer>"));
        await Asked(browser, "nouvelle." + person.Email);

        await browser.Fill(Data, ("CurrentPassword", ""));
        Assert.Contains("Saisissez votre mot de passe", browser.ErrorOn("CurrentPassword"), StringComparison.Ordinal);
        await browser.Send(("CurrentPassword", "Mauvais-Mot-1"));
        Assert.Equal((400, Data), (browser.Status, browser.Path));
        Assert.Contains("n’est pas le vôtre", browser.ErrorOn("CurrentPassword"), StringComparison.Ordinal);
        await browser.Send(("CurrentPassword", Journeys.GoodPassword));
        Assert.Equal(200, browser.Status);
        Assert.Equal("application/zip", browser.Response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("mes-donnees-msa.zip", browser.Response.Content.Headers.ContentDisposition!.FileName);

        using var zip = new ZipArchive(new MemoryStream(await browser.Response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)));
        Assert.Equal(["mes-donnees.html", "mes-donnees.json"], zip.Entries.Select(entry => entry.FullName));
        var files = zip.Entries.ToDictionary(entry => entry.Name, Text);
        var data = JsonDocument.Parse(files["mes-donnees.json"]).RootElement;
        Assert.Equal(person.Nir, data.GetProperty("nir").GetString());
        Assert.Equal(person.BirthDate.ToString("yyyy-MM-dd", null), data.GetProperty("birthDate").GetString());
        Assert.Equal(person.Email, data.GetProperty("contact").GetProperty("card").GetProperty("email").GetString());
        Assert.Equal("+33612345678", data.GetProperty("contact").GetProperty("card").GetProperty("mobilePhone").GetString());
        Assert.Equal("nouvelle." + person.Email, data.GetProperty("contact").GetProperty("pendingEmail").GetString());
        Assert.Equal("Été-sur-<Mer>", data.GetProperty("contact").GetProperty("addressChanges")[0].GetProperty("address").GetProperty("city").GetString());
        Assert.Equal(person.Departments.Order(StringComparer.Ordinal), data.GetProperty("enrolments").GetProperty("active").EnumerateArray().Select(e => e.GetProperty("department").GetString()!));
        Assert.Equal("provisionalPassword", data.GetProperty("sessions").GetProperty("signIns")[0].GetProperty("means").GetString());
        Assert.True(data.GetProperty("verifications")[0].GetProperty("matched").GetBoolean());
        Assert.Contains(data.GetProperty("letters").EnumerateArray(), letter => letter.GetProperty("kind").GetString() == "ProvisionalPassword");
        Assert.Equal(person.RecentAmounts.Order(), data.GetProperty("payments").EnumerateArray()
            .Select(p => p.GetProperty("amount").GetDecimal().ToString("0.00", null).Replace('.', ',')).Intersect(person.RecentAmounts).Order());
        Assert.Equal(person.FamilyName, data.GetProperty("registry").GetProperty("birthName").GetString());

        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(files["mes-donnees.html"]);
        Assert.Equal("fr", page.DocumentElement.GetAttribute("lang"));
        Assert.Contains("Été-sur-<Mer>", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains(person.Email, page.Body.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("script, mer"));

        foreach (var text in files.Values)
        {
            foreach (var secret in (string[])[Journeys.GoodPassword, provisional, session, "argon2", "Mauvais-Mot-1"])
                Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase);
        }
        Assert.DoesNotContain(Names(data), name => ((string[])["hash", "salt", "token", "secret", "ticket", "code", "key"]).Any(word =>
            name.Equals(word, StringComparison.OrdinalIgnoreCase) || name.EndsWith(word, StringComparison.OrdinalIgnoreCase) && !name.EndsWith("placeCode", StringComparison.OrdinalIgnoreCase)
            && !name.EndsWith("countryCode", StringComparison.OrdinalIgnoreCase) && !name.EndsWith("postalCode", StringComparison.OrdinalIgnoreCase)));
        Assert.DoesNotContain(Texts(data), text => text.Length >= 40 && Convert.TryFromBase64String(text, new byte[text.Length], out _)); // the shape of every hash that is kept

        static string Text(ZipArchiveEntry entry)
        {
            using var reader = new StreamReader(entry.Open(), Encoding.UTF8);
            return reader.ReadToEnd();
        }
    }

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

    /// <summary>Asks for another address, and gives the path of the link once it has arrived there.</summary>
    private async Task<string> Asked(Browser browser, string address)
    {
        await browser.Fill(Email, ("Email", address), ("CurrentPassword", Journeys.GoodPassword));
        Assert.Equal("/mon-compte", browser.Path);
        return (await site.Mails.To(address)).Link.PathAndQuery;
    }

    private static async Task<string> Use(Browser browser, string link)
    {
        await browser.Open(link);
        Assert.Equal("Confirmez votre nouvelle adresse", browser.Heading);
        await browser.Send();
        return browser.Heading;
    }

    private static string Said(Browser browser) => browser.Page.QuerySelector("main [role=status]")?.TextContent.Replace('\u00a0', ' ') ?? "";

    private static IEnumerable<string> Names(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Names(p.Value).Prepend(p.Name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Names),
        _ => [],
    };

    private static IEnumerable<string> Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Texts(p.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
        JsonValueKind.String => [element.GetString()!],
        _ => [],
    };
}
