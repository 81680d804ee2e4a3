using MsaOrleans.Testing;

namespace MsaOrleans.Web.Tests.Pages;

/// <summary>The leaflet's journey, page by page, without JavaScript.</summary>
public sealed class SignUpJourneyTests(Site site)
{
    [Fact]
    public async Task An_adherent_creates_and_opens_his_private_space()
    {
        var person = Person.LamyFritz;
        using var browser = site.NewBrowser();

        await browser.Open("/inscription");
        Arrived("/inscription/profil", "Vous êtes...");
        await browser.Send(("Profile", "individual"));
        Arrived("/inscription/identifiant", "Votre identifiant");
        await browser.Send(("Nir", "1 63 09 67 482 229"));
        Arrived("/inscription/a-preparer", "Gardez votre carte Vitale à portée de main");
        await browser.Send();
        Arrived("/inscription/coordonnees", "Vos coordonnées");
        await browser.Send(Journeys.DetailsOf(person));
        Arrived("/inscription/verification", "Vérification de votre identité");
        await browser.Send(("HealthInsured", "yes"));
        Arrived("/inscription/verification/carte-vitale", "Votre carte Vitale");
        await browser.Send(("CardKind", "with-photo"), ("CardSerial", "1234567890"));
        Arrived("/inscription/mot-de-passe", "Recevoir votre mot de passe");
        Assert.Contains(person.Email, browser.Words, StringComparison.Ordinal);
        await browser.Send();
        Arrived("/inscription/conditions", "Conditions générales d'utilisation");
        await browser.Send(("AcceptTerms", "true"));
        Arrived("/inscription/terminee", "Inscription terminée");

        var mail = await site.Mails.To(person.Email);
        await browser.Follow("Se connecter à Mon espace privé");
        Arrived("/connexion", "Se connecter à Mon espace privé");
        Assert.Equal(person.Nir, browser.ValueOf("Identifier"));
        await browser.Send(("Password", mail.ProvisionalPassword));
        Arrived("/premiere-connexion/mot-de-passe", "Changement de votre mot de passe");
        await browser.Send(("NewPassword", Journeys.GoodPassword), ("ConfirmPassword", Journeys.GoodPassword));
        Arrived("/premiere-connexion/confirmation", "Confirmation");
        await browser.Follow("Continuer");
        Arrived("/premiere-connexion/coordonnees", "Confirmation de vos coordonnées");
        Assert.Equal(person.Email, browser.ValueOf("Email"));
        Assert.Equal("06 12 34 56 78", browser.ValueOf("MobilePhone"));
        await browser.Send(("LandlinePhone", "03.88.00.00.01"));
        Arrived("/premiere-connexion/terminee", "Confirmation");
        await browser.Follow("Accéder à Mon espace privé");
        Arrived("/espace-prive", "Mon espace privé : particulier");

        var home = browser.Page.Body!.TextContent;
        Assert.Contains("LAMY FRITZ", home, StringComparison.Ordinal);
        Assert.Contains("67-Bas-Rhin", home, StringComparison.Ordinal);
        Assert.Contains("68-Haut-Rhin", home, StringComparison.Ordinal);
        Assert.Equal(["22,50 €", "2,50 €", "59,00 €"], browser.Page.QuerySelectorAll("td.amount").Select(Plain).Order(Latest));
        void Arrived(string path, string heading)
        {
            Assert.Equal(200, browser.Status);
            Assert.Equal(path, browser.Path);
            Assert.Equal(heading, browser.Heading);
        }
    }

    // Two payments of the same day stand in either order.
    private static readonly Comparer<string> Latest = Comparer<string>.Create((a, b) => Rank(a).CompareTo(Rank(b)));

    private static int Rank(string amount) => Array.IndexOf(["22,50 €", "2,50 €", "59,00 €"], amount);

    private static string Plain(AngleSharp.Dom.IElement cell) => cell.TextContent.Replace('\u00a0', ' ').Replace('\u202f', ' ');

    [Fact]
    public async Task Somebody_without_a_card_proves_his_identity_by_a_payment()
    {
        var person = site.NextPerson();
        using var browser = site.NewBrowser();
        await browser.SignUpToVerification(person);
        await browser.Send(("HealthInsured", "yes"));
        await browser.Send(("CardKind", "none"));
        Assert.Equal("/inscription/verification/paiement", browser.Path);
        await browser.Send(("PaymentAmount", person.RecentAmounts[0] + " €"));
        Assert.Equal("/inscription/mot-de-passe", browser.Path);
    }

    [Fact]
    public async Task A_visitor_who_comes_back_goes_on_where_he_was()
    {
        var person = site.NextPerson();
        using var browser = site.NewBrowser();
        await browser.SignUpToVerification(person);

        await browser.Open("/inscription");
        Assert.Equal("/inscription/verification", browser.Path);
        await browser.Open("/inscription/coordonnees");
        Assert.Equal(person.FamilyName, browser.ValueOf("FamilyName"));
        Assert.Equal(person.Email, browser.ValueOf("Email"));
    }

    [Theory]
    [InlineData("/inscription/coordonnees", "/inscription/profil")]
    [InlineData("/inscription/verification/carte-vitale", "/inscription/profil")]
    [InlineData("/inscription/conditions", "/inscription/profil")]
    [InlineData("/inscription/terminee", "/inscription/profil")]
    [InlineData("/inscription/bloquee", "/inscription/profil")]
    [InlineData("/premiere-connexion/mot-de-passe", "/connexion")]
    [InlineData("/premiere-connexion/coordonnees", "/connexion")]
    [InlineData("/espace-prive", "/connexion")]
    public async Task A_page_asked_for_out_of_turn_leads_to_the_step_that_is_due(string asked, string due)
    {
        using var browser = site.NewBrowser();
        await browser.Open(asked);
        Assert.Equal(due, browser.Path);
    }

    [Fact]
    public async Task Nobody_gets_past_the_proof_of_identity()
    {
        using var browser = site.NewBrowser();
        await browser.SignUpToVerification(site.NextPerson());
        foreach (var later in (string[])["/inscription/mot-de-passe", "/inscription/conditions", "/inscription/terminee"])
        {
            await browser.Open(later);
            Assert.Equal("/inscription/verification", browser.Path);
        }
    }

    [Fact]
    public async Task Another_browser_sees_nothing_of_a_sign_up_under_way()
    {
        var person = site.NextPerson();
        using var mine = site.NewBrowser();
        await mine.SignUpToPassword(person);

        using var other = site.NewBrowser();
        await other.BeginSignUp(person.Nir);
        Assert.Equal("/inscription/a-preparer", other.Path);
        await other.Send();
        Assert.Equal("", other.ValueOf("FamilyName"));
        Assert.Equal("", other.ValueOf("Email"));
        await other.Open("/inscription/conditions");
        Assert.Equal("/inscription/coordonnees", other.Path);
    }

    [Fact]
    public async Task A_cookie_that_was_tampered_with_opens_nothing()
    {
        using var mine = site.NewBrowser();
        await mine.SignUpToPassword(site.NextPerson());
        var cookie = mine.Cookies["msa-inscription"]!;

        using var thief = site.NewBrowser();
        thief.Cookies.Set("msa-inscription", cookie[..^8] + "AAAAAAAA");
        await thief.Open("/inscription/mot-de-passe");
        Assert.Equal("/inscription/profil", thief.Path);
    }

    [Fact]
    public async Task Pressing_Finaliser_twice_makes_one_registration_and_one_mail()
    {
        var person = site.NextPerson();
        using var browser = site.NewBrowser();
        await browser.SignUpToPassword(person);
        await browser.Send();
        var token = browser.ValueOf("__RequestVerificationToken")!;
        var draft = browser.ValueOf("Draft")!;

        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            using var click = site.NewBrowser();
            foreach (var name in (string[])["msa-inscription", "msa-antiforgery"])
                click.Cookies.Set(name, browser.Cookies[name]!);
            await click.Post("/inscription/conditions", ("AcceptTerms", "true"), ("Draft", draft), ("__RequestVerificationToken", token));
            Assert.Equal("/inscription/terminee", click.Path);
        }));

        await site.Mails.To(person.Email);
        await browser.Open("/inscription/conditions");
        Assert.Equal("/inscription/terminee", browser.Path);
        Assert.Single(site.Mails.All, m => m.To == person.Email);
    }

    [Fact]
    public async Task After_the_end_the_next_person_of_the_household_may_sign_up_in_the_same_browser()
    {
        using var browser = site.NewBrowser();
        await browser.SignUp(site.NextPerson());
        var next = site.NextPerson();
        await browser.SignUp(next);
        Assert.Equal("/inscription/terminee", browser.Path);
        Assert.Contains("provisoire", (await site.Mails.To(next.Email)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_left_open_in_another_tab_does_not_answer_for_the_sign_up_begun_since()
    {
        var (first, second) = (site.NextPerson(), site.NextPerson());
        using var browser = site.NewBrowser();
        await browser.BeginSignUp(first.Nir);
        await browser.Send();
        var (token, draft) = (browser.ValueOf("__RequestVerificationToken")!, browser.ValueOf("Draft")!);

        await browser.BeginSignUp(second.Nir);
        await browser.Post("/inscription/coordonnees", [.. Journeys.DetailsOf(first), ("Draft", draft), ("__RequestVerificationToken", token)]);
        Assert.Equal(400, browser.Status);
        Assert.Contains("autre onglet", browser.Summary, StringComparison.Ordinal);

        await browser.Open("/inscription/coordonnees");
        Assert.Equal("", browser.ValueOf("FamilyName"));
    }

    [Fact]
    public async Task Going_back_and_changing_only_the_address_keeps_the_proof()
    {
        var person = site.NextPerson();
        using var browser = site.NewBrowser();
        await browser.SignUpToPassword(person);
        await browser.Open("/inscription/coordonnees");
        await browser.Send(("Email", "autre." + person.Email));
        Assert.Equal("/inscription/mot-de-passe", browser.Path);

        await browser.Open("/inscription/coordonnees");
        await browser.Send(("FamilyName", "AUTRENOM"));
        Assert.Equal("/inscription/verification", browser.Path);
    }

    [Fact]
    public async Task Who_has_an_account_is_led_to_sign_in_with_his_identifier_filled_in()
    {
        var person = site.NextPerson();
        using (var first = site.NewBrowser())
            await first.SignUp(person);

        using var browser = site.NewBrowser();
        await browser.BeginSignUp(person.Nir);
        Assert.Equal("/inscription/compte-existant", browser.Path);
        Assert.Equal("Un compte existe déjà", browser.Heading);
        Assert.Equal(person.Nir, browser.Page.QuerySelector(".identifier")!.TextContent.Replace(" ", "", StringComparison.Ordinal));
        await browser.Follow("Se connecter pour accéder à ce Compte");
        Assert.Equal("/connexion", browser.Path);
        Assert.Equal(person.Nir, browser.ValueOf("Identifier"));
    }

    [Fact]
    public async Task Giving_up_leaves_nothing_behind()
    {
        var person = site.NextPerson();
        using var browser = site.NewBrowser();
        await browser.SignUpToVerification(person);
        await browser.Follow("Abandonner");
        Assert.Equal("/inscription/abandonner", browser.Path);
        await browser.Send();
        Assert.Equal("/", browser.Path);
        await browser.BeginSignUp(person.Nir);
        await browser.Send();
        Assert.Equal("", browser.ValueOf("FamilyName"));
    }

    [Theory]
    [InlineData("farmer", "Exploitant agricole")]
    [InlineData("company", "Entreprise")]
    [InlineData("garden-employer", "Employeur de jardinier en tant que particulier")]
    [InlineData("solidarity", "Cotisant de solidarité")]
    [InlineData("other", "Autre ...")]
    public async Task Every_other_profile_is_told_its_own_way(string profile, string heading)
    {
        using var browser = site.NewBrowser();
        await browser.Open("/inscription/profil");
        await browser.Send(("Profile", profile));
        Assert.Equal($"/inscription/profil/{profile}", browser.Path);
        Assert.Equal(heading, browser.Heading);
        Assert.Contains("09 69 36 37 03", browser.Words, StringComparison.Ordinal);
    }
}
