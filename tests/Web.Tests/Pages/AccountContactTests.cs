using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Testing;
using static MsaOrleans.Web.Tests.Pages.AccountPages;

namespace MsaOrleans.Web.Tests.Pages;

/// <summary>How an adherent is reached: his email address, telephones and postal address, and by which way letters come to him.</summary>
public sealed class AccountContactTests(Site site)
{
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
        Assert.Contains($"Votre adresse reste {person.Email}.", browser.Said(), StringComparison.Ordinal);

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
        var link = await browser.AskForAddress(site, newAddress);
        Assert.Contains($"Un lien a été envoyé à {newAddress}.", browser.Said(), StringComparison.Ordinal);
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
        var first = await browser.AskForAddress(site, "premiere." + person.Email);
        var strangers = await strangersBrowser.AskForAddress(site, "nouvelle." + stranger.Email);
        Assert.True(EmailLink.TryParse(first.Split('/')[^1], out var adherent, out _));
        Assert.True(EmailLink.TryParse(strangers.Split('/')[^1], out _, out var secret));

        using var mailReader = site.NewBrowser();
        Assert.Equal("Ce lien n'est plus valable", await Use(mailReader, $"/adresse-electronique/{EmailLink.Compose(adherent, secret)}"));
        var second = await browser.AskForAddress(site, "seconde." + person.Email);
        Assert.Equal("Ce lien n'est plus valable", await Use(mailReader, first));
        await browser.Open("/mon-compte");
        Assert.Contains($"à confirmer par le lien reçu : seconde.{person.Email}", browser.Words, StringComparison.Ordinal);
        Assert.Equal("Adresse confirmée", await Use(mailReader, second));

        // Thought better of: the address in use drops what was asked for.
        var third = await browser.AskForAddress(site, "troisieme." + person.Email);
        await browser.Fill(Email, ("CurrentPassword", Journeys.GoodPassword));
        Assert.Contains($"Votre adresse reste seconde.{person.Email}.", browser.Said(), StringComparison.Ordinal);
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
        Assert.Equal("Vos téléphones ont été enregistrés.", browser.Said());
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
        Assert.Equal("Votre nouvelle adresse a été transmise à votre caisse.", browser.Said());
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
        await browser.Open(AccountPages.Reception);
        Assert.Equal(("email", "email"), (browser.ValueOf("Documents"), browser.ValueOf("News")));
        await browser.Send(("Documents", "paper"), ("News", "pigeon"));
        Assert.Equal((400, AccountPages.Reception), (browser.Status, browser.Path));
        Assert.Equal("Choisissez : par email, ou par courrier.", browser.ErrorOn("News"));
        Assert.Null(browser.ErrorOn("Documents"));
        Assert.Equal("paper", browser.ValueOf("Documents"));
        await browser.Send(("Documents", "paper"), ("News", "email"));
        Assert.Equal("/mon-compte", browser.Path);
        Assert.Equal("Votre mode de réception a été enregistré.", browser.Said());
        Assert.Equal(["par courrier", "par email"], browser.Page.QuerySelectorAll("section[aria-labelledby=reception] dd:not(.summary-action)").Select(dd => dd.TextContent));
        await browser.Open(AccountPages.Reception);
        Assert.Equal(("paper", "email"), (browser.ValueOf("Documents"), browser.ValueOf("News")));
    }

    private static async Task<string> Use(Browser browser, string link)
    {
        await browser.Open(link);
        Assert.Equal("Confirmez votre nouvelle adresse", browser.Heading);
        await browser.Send();
        return browser.Heading;
    }
}
