namespace MsaOrleans.Testing;

/// <summary>The leaflet's journey, step by step, as a visitor without JavaScript goes it.</summary>
public static class Journeys
{
    /// <summary>A password that obeys every rule and holds nothing of anybody.</summary>
    public const string GoodPassword = "Tilleul-Ardoise-7";

    /// <summary>Chooses the profile and types the NIR: the next page says what to have at hand.</summary>
    public static async Task BeginSignUp(this Browser browser, string nir)
    {
        await browser.Open("/inscription/profil");
        await browser.Send(("Profile", "individual"));
        await browser.Send(("Nir", nir));
    }

    /// <summary>Up to the question on health insurance.</summary>
    public static async Task SignUpToVerification(this Browser browser, Person person)
    {
        await browser.BeginSignUp(person.Nir);
        await browser.Send();
        await browser.Send(DetailsOf(person));
    }

    /// <summary>Up to the page that tells where the password will be sent.</summary>
    public static async Task SignUpToPassword(this Browser browser, Person person)
    {
        await browser.SignUpToVerification(person);
        await browser.ProveIdentity(person);
    }

    /// <summary>From the question on health insurance to the page that tells where the password will be sent.</summary>
    public static async Task ProveIdentity(this Browser browser, Person person)
    {
        if (person.CardSerial is not null)
        {
            await browser.Send(("HealthInsured", "yes"));
            await browser.Send(("CardKind", "with-photo"), ("CardSerial", person.CardSerial));
        }
        else
        {
            await browser.Send(("HealthInsured", "no"));
            await browser.Send(("PaymentAmount", person.RecentAmounts[0]));
        }
    }

    /// <summary>Up to the accepted terms.</summary>
    public static async Task SignUp(this Browser browser, Person person)
    {
        await browser.SignUpToPassword(person);
        await browser.Send();
        await browser.Send(("AcceptTerms", "true"));
    }

    /// <summary>Signs in.</summary>
    public static async Task SignIn(this Browser browser, string identifier, string password)
    {
        await browser.Open("/connexion");
        await browser.Send(("Identifier", identifier), ("Password", password));
    }

    /// <summary>Signs in with the provisional password and makes it personal.</summary>
    public static async Task MakePersonal(this Browser browser, Person person, string provisional, string personal = GoodPassword)
    {
        await browser.SignIn(person.Nir, provisional);
        await browser.Send(("NewPassword", personal), ("ConfirmPassword", personal));
    }

    /// <summary>The whole first connection, from the provisional password to the private space.</summary>
    public static async Task FirstConnection(this Browser browser, Person person, string provisional, string personal = GoodPassword)
    {
        await browser.MakePersonal(person, provisional, personal);
        await browser.Follow("Continuer");
        await browser.Send();
        await browser.Follow("Accéder à Mon espace privé");
    }

    public static (string Field, string Value)[] DetailsOf(Person person) =>
    [
        ("FamilyName", person.FamilyName), ("GivenName", person.GivenName), ("BirthDay", person.BirthDay), ("BirthMonth", person.BirthMonth),
        ("BirthYear", person.BirthYear), ("Email", person.Email), ("MobilePhone", "06 12 34 56 78"),
    ];
}
