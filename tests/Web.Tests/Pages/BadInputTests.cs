using MsaOrleans.Testing;

namespace MsaOrleans.Web.Tests.Pages;

/// <summary>Every field refused with a sentence that says what to do, and nothing lost of what was typed.</summary>
public sealed class BadInputTests(Site site)
{
    [Theory]
    [InlineData("", "Saisissez votre numéro")]
    [InlineData("163096748222", "13 chiffres, ou 15 avec la clé")]
    [InlineData("1 63 09 67 482 229 07", "La clé")]
    [InlineData("1 63 13 67 482 229", "n’existe pas")]
    [InlineData("1 63 00 67 482 229", "n’existe pas")]
    [InlineData("0 63 09 67 482 229", "n’existe pas")]
    [InlineData("1 63 09 2C 482 229", "que des chiffres")]
    [InlineData("bonjour", "que des chiffres")]
    [InlineData("7 167 1000 00123", "numéro provisoire")]
    [InlineData("<script>alert(1)</script>", "que des chiffres")]
    public async Task A_number_that_cannot_be_is_refused(string typed, string message)
    {
        using var browser = site.NewBrowser();
        await browser.BeginSignUp(typed);
        Assert.Equal(400, browser.Status);
        Assert.Equal("/inscription/identifiant", browser.Path);
        Assert.Contains(message, browser.ErrorOn("Nir"), StringComparison.Ordinal);
        Assert.Contains(message, browser.Summary, StringComparison.Ordinal);
        Assert.Equal(typed, browser.ValueOf("Nir"));
        Assert.StartsWith("Erreur :", browser.Title, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2 53 07 2A 073 004 43")]
    [InlineData("2530 72b 073004")]
    [InlineData("1.80.31.99.350.012-25")]
    public async Task A_number_is_read_in_every_usual_form(string typed)
    {
        using var browser = site.NewBrowser();
        await browser.BeginSignUp(typed);
        Assert.Equal("/inscription/a-preparer", browser.Path);
    }

    [Theory]
    [InlineData("FamilyName", " ", "Saisissez votre nom.")]
    [InlineData("GivenName", "", "Saisissez votre prénom.")]
    [InlineData("BirthDay", "32", "Saisissez le jour de votre naissance, de 1 à 31.")]
    [InlineData("BirthMonth", "13", "Saisissez le mois de votre naissance, de 1 à 12.")]
    [InlineData("BirthYear", "63", "Saisissez l’année de votre naissance avec quatre chiffres, par exemple 1963.")]
    [InlineData("BirthYear", "1799", "Cette date est trop ancienne. Vérifiez l’année de votre naissance.")]
    [InlineData("BirthYear", "2999", "Cette date est dans l’avenir. Saisissez votre date de naissance.")]
    [InlineData("Email", "", "Saisissez votre adresse email.")]
    [InlineData("Email", "lamy.fritz@", "Cette adresse email n’est pas valable. Elle s’écrit comme dans l’exemple : jeanne.martin@exemple.fr.")]
    [InlineData("Email", "lamy.fritz@gmail", "Cette adresse email n’est pas valable. Elle s’écrit comme dans l’exemple : jeanne.martin@exemple.fr.")]
    [InlineData("MobilePhone", "03 88 12 34 56", "Ce n’est pas un numéro de téléphone mobile. Écrivez-le avec dix chiffres, par exemple 06 12 34 56 78, ou laissez vide.")]
    public async Task Contact_details_that_cannot_be_are_refused_beside_their_field(string field, string value, string message)
    {
        var person = site.NextPerson();
        using var browser = site.NewBrowser();
        await browser.BeginSignUp(person.Nir);
        await browser.Send();
        await browser.Send([.. Journeys.DetailsOf(person).Where(f => f.Field != field), (field, value)]);
        Assert.Equal(400, browser.Status);
        Assert.Equal(message, browser.ErrorOn(field));
        Assert.Equal(value, browser.ValueOf(field));
        if (field != "GivenName")
            Assert.Equal(person.GivenName, browser.ValueOf("GivenName"));

        // Nothing of it was kept.
        await browser.Open("/inscription/coordonnees");
        Assert.Equal("", browser.ValueOf("FamilyName"));
    }

    [Fact]
    public async Task Every_fault_of_a_form_is_told_at_once()
    {
        using var browser = site.NewBrowser();
        await browser.BeginSignUp(site.NextPerson().Nir);
        await browser.Send();
        await browser.Send(("BirthDay", "31"), ("BirthMonth", "2"), ("BirthYear", "1963"), ("MobilePhone", "12"));
        Assert.Equal(
            ["FamilyName", "GivenName", "BirthDay", "Email", "MobilePhone"],
            browser.Page.QuerySelectorAll(".error-summary a").Select(a => a.GetAttribute("href")![1..]));
        Assert.Equal("Cette date n’existe pas. Vérifiez le jour et le mois de votre naissance.", browser.ErrorOn("BirthDay"));
    }

    [Theory]
    [InlineData("with-photo", "123456789", "Il manque des chiffres")]
    [InlineData("with-photo", "", "Saisissez les 10 chiffres")]
    [InlineData("with-photo", "12345ABCDE", "que des chiffres")]
    [InlineData("without-photo", "123456789012", "trop de chiffres")]
    public async Task A_serial_that_cannot_be_is_refused_and_costs_no_attempt(string kind, string serial, string message)
    {
        var person = site.NextCardHolder();
        using var browser = site.NewBrowser();
        await browser.SignUpToVerification(person);
        await browser.Send(("HealthInsured", "yes"));
        for (var i = 0; i < 4; i++)
        {
            await browser.Send(("CardKind", kind), ("CardSerial", serial));
            Assert.Equal(400, browser.Status);
            Assert.Contains(message, browser.ErrorOn("CardSerial"), StringComparison.Ordinal);
        }
        await browser.Send(("CardKind", kind), ("CardSerial", "8025000032 " + person.CardSerial));
        Assert.Equal("/inscription/mot-de-passe", browser.Path);
    }

    [Theory]
    [InlineData("", "Saisissez le montant")]
    [InlineData("22", "Il manque les centimes")]
    [InlineData("22,5", "Il manque les centimes")]
    [InlineData("-22,50", "négatif")]
    [InlineData("beaucoup", "n’est pas lisible")]
    [InlineData("99999999999999999999999999999999,00", "n’est pas possible")]
    public async Task An_amount_that_cannot_be_is_refused_and_costs_no_attempt(string amount, string message)
    {
        using var browser = site.NewBrowser();
        await browser.SignUpToVerification(site.NextPerson());
        await browser.Send(("HealthInsured", "no"));
        for (var i = 0; i < 4; i++)
        {
            await browser.Send(("PaymentAmount", amount));
            Assert.Equal(400, browser.Status);
            Assert.Contains(message, browser.ErrorOn("PaymentAmount"), StringComparison.Ordinal);
        }
        Assert.Equal(amount, browser.ValueOf("PaymentAmount"));
    }

    [Theory]
    [InlineData("/inscription/profil", "Profile", "Choisissez le profil qui vous correspond.")]
    [InlineData("/inscription/verification", "HealthInsured", "Répondez par oui ou par non.")]
    [InlineData("/inscription/verification/carte-vitale", "CardKind", "Dites quelle carte Vitale vous avez.")]
    public async Task A_question_left_unanswered_is_asked_again(string path, string field, string message)
    {
        using var browser = site.NewBrowser();
        await browser.SignUpToVerification(site.NextPerson());
        if (path.EndsWith("carte-vitale", StringComparison.Ordinal))
            await browser.Send(("HealthInsured", "yes"));
        await browser.Open(path);
        await browser.Send((field, "n'importe quoi"));
        Assert.Equal(400, browser.Status);
        Assert.Equal(message, browser.ErrorOn(field));
    }

    [Fact]
    public async Task The_terms_must_be_accepted()
    {
        using var browser = site.NewBrowser();
        await browser.SignUpToPassword(site.NextPerson());
        await browser.Send();
        await browser.Send();
        Assert.Equal(400, browser.Status);
        Assert.Contains("cochez la case", browser.ErrorOn("AcceptTerms"), StringComparison.Ordinal);
        await browser.Open("/inscription/terminee");
        Assert.Equal("/inscription/mot-de-passe", browser.Path);
    }

    [Fact]
    public async Task Fields_of_a_hundred_thousand_characters_are_refused_calmly()
    {
        var endless = new string('é', 100_000);
        using var browser = site.NewBrowser();
        await browser.BeginSignUp(endless);
        Assert.Equal(400, browser.Status);
        await browser.BeginSignUp(site.NextPerson().Nir);
        await browser.Send();
        await browser.Send(("FamilyName", endless), ("Email", endless), ("MobilePhone", endless), ("BirthDay", endless));
        Assert.Equal(400, browser.Status);
        Assert.Contains("trop long", browser.ErrorOn("FamilyName"), StringComparison.Ordinal);
        await browser.SignIn(Person.LamyFritz.Nir, endless);
        Assert.Equal(400, browser.Status);
    }

    [Theory]
    [InlineData(6_000_000, 1)]
    [InlineData(1_000_000, 6)]
    [InlineData(1, 3_000)]
    public async Task What_is_larger_than_any_form_of_ours_is_refused_calmly_however_it_is_sent(int length, int fields)
    {
        var value = new string('a', length);
        var body = string.Join('&', Enumerable.Range(0, fields).Select(i => $"f{i}={value}"));
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{site.Address}/connexion")
        {
            Content = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/x-www-form-urlencoded")),
            Headers = { TransferEncodingChunked = true }, // says no length ahead
        };

        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(413, (int)answer.StatusCode);
        Assert.Contains("Ce que vous avez envoyé est trop volumineux", System.Net.WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_without_its_token_comes_back_with_what_was_typed_and_does_nothing()
    {
        var person = site.NextPerson();
        using var browser = site.NewBrowser();
        await browser.BeginSignUp(person.Nir);
        await browser.Post("/inscription/coordonnees", Journeys.DetailsOf(person));
        Assert.Equal(400, browser.Status);
        Assert.Contains("ouverte trop longtemps", browser.Summary, StringComparison.Ordinal);
        Assert.Equal(person.FamilyName, browser.ValueOf("FamilyName"));

        // The page that came back holds a good token: sending it again is enough.
        await browser.Send();
        Assert.Equal("/inscription/verification", browser.Path);
    }

    [Fact]
    public async Task A_page_that_does_not_exist_is_told_calmly()
    {
        using var browser = site.NewBrowser();
        await browser.Open("/n-existe-pas");
        Assert.Equal(404, browser.Status);
        Assert.Contains("09 69 36 37 03", browser.Words, StringComparison.Ordinal);
    }
}
