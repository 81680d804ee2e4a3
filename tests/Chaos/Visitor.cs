using System.Net;
using System.Text.RegularExpressions;
using MsaOrleans.Testing;

namespace MsaOrleans.Chaos;

/// <summary>
/// Somebody who wants his private space. He does what the page before him asks, wherever the site leads him, and believes what he reads; what he reads that
/// is not his he reports.
/// </summary>
internal sealed partial class Visitor(Account account, PatientBrowser browser, Postbox post, Ledger ledger, bool hurried = false) : IDisposable
{
    private const int MostPages = 80;

    // Milliseconds, for a page: quicker than anybody, and yet time for the servers to do something else.
    private const int ShortestLook = 50, LongestLook = 250;

    private readonly Queue<string> untried = new();
    private string? tried;

    private Person Person => account.Person;

    public PatientBrowser Browser => browser;

    /// <summary>From the first page to "Inscription terminée".</summary>
    public Task SignUp(CancellationToken stop) => Reach("/inscription/profil", () => browser.Path == "/inscription/terminee", stop);

    /// <summary>Signs in, and does what must be done first, until the private space opens.</summary>
    public Task EnterSpace(CancellationToken stop) => Reach("/connexion", () => browser.Path == "/espace-prive", stop);

    /// <summary>Asks for a department, until he has the receipt.</summary>
    public Task RequestDepartment(CancellationToken stop) => Reach("/complement-inscription/departement", () => browser.Path == "/complement-inscription/accuse", stop);

    /// <summary>Enters the code that came by mail, and changes his password, until the department is open.</summary>
    public Task OpenDepartment(CancellationToken stop) => Reach("/complement-inscription/code", () => browser.Path == "/mon-compte" && ShowsOpenDepartment, stop);

    /// <summary>Looks at a page that only he may see.</summary>
    public Task See(string path, CancellationToken stop) => Reach(path, () => browser.Path == path, stop);

    public void Dispose() => browser.Dispose();

    private bool ShowsOpenDepartment => browser.Page.Contains("activé avec votre code", StringComparison.Ordinal);

    private async Task Reach(string entrance, Func<bool> isThere, CancellationToken stop)
    {
        await browser.Open(entrance, stop);
        for (var pages = 0; pages < MostPages; pages++)
        {
            LookAround();
            if (isThere())
                return;
            if (!hurried)
                await Task.Delay(Random.Shared.Next(ShortestLook, LongestLook), stop);
            await Answer(entrance, stop);
        }
        throw new StrayedException($"From {entrance} {MostPages} pages led to {browser.Path}, and no further.");
    }

    // What the page asks of him.
    private Task Answer(string entrance, CancellationToken stop) => (browser.Path, browser.Status) switch
    {
        ("/inscription/profil", 200) => browser.Send(stop, ("Profile", "individual")),
        ("/inscription/identifiant", 200) => browser.Send(stop, ("Nir", Person.Nir)),
        ("/inscription/a-preparer", 200) => browser.Send(stop),
        ("/inscription/coordonnees", 200) => browser.Send(stop, Journeys.DetailsOf(Person)),
        ("/inscription/verification", 200) => browser.Send(stop, ("HealthInsured", Person.CardSerial is null ? "no" : "yes")),
        ("/inscription/verification/carte-vitale", 200) => browser.Send(stop, ("CardKind", "with-photo"), ("CardSerial", Person.CardSerial!)),
        ("/inscription/verification/paiement", 200) => browser.Send(stop, ("PaymentAmount", Person.RecentAmounts[0])),
        ("/inscription/mot-de-passe", 200) => browser.Send(stop),
        ("/inscription/conditions", 200) => AcceptTerms(stop),
        ("/connexion", 200 or 400) => SignIn(stop),
        ("/premiere-connexion/mot-de-passe", 200) => ChangePassword(stop),
        ("/premiere-connexion/confirmation", 200) => browser.Open(account.Has(Promise.ContactConfirmed) ? "/mon-compte" : "/premiere-connexion/coordonnees", stop),
        ("/premiere-connexion/coordonnees", 200) => browser.Send(stop, ("Email", Person.Email), ("MobilePhone", "06 12 34 56 78")),
        ("/premiere-connexion/terminee", 200) => browser.Open("/espace-prive", stop),
        ("/complement-inscription/departement", 200) => browser.Send(stop, ("Department", account.Department)),
        // His request went through although he did not see it: the receipt shows it.
        ("/complement-inscription/departement", 400) when browser.Page.Contains("déjà demandé", StringComparison.Ordinal) => browser.Open("/complement-inscription/accuse", stop),
        ("/complement-inscription/code", 200) => EnterCode(stop),
        ("/complement-inscription/code", 400) when browser.Page.Contains("déjà actif", StringComparison.Ordinal) => browser.Open("/mon-compte", stop),
        // Where a sign-in on the way has led him: back to what he wanted.
        ("/espace-prive" or "/mon-compte", 200) => browser.Open(entrance, stop),
        var (path, status) => throw new StrayedException($"On the way from {entrance} he was led to {path} ({status}): {MainText()}"),
    };

    private Task AcceptTerms(CancellationToken stop)
    {
        account.MayBeRegistered = true;
        return browser.Send(stop, ("AcceptTerms", "true"));
    }

    // He tries what may be his password, the likeliest first: the one that he has just chosen, the one he had before, the one of his mail.
    private Task SignIn(CancellationToken stop)
    {
        if (browser.Status == 200)
        {
            untried.Clear();
            foreach (var password in Passwords())
                untried.Enqueue(password);
        }
        if (!untried.TryDequeue(out tried))
            throw new StrayedException($"None of his passwords opens his space: {MainText()}");
        return browser.Send(stop, ("Identifier", Person.Nir), ("Password", tried));
    }

    private IEnumerable<string> Passwords()
    {
        if (account.UncertainPassword is { } uncertain)
            yield return uncertain;
        if (account.Password is { } own)
            yield return own;
        else
        {
            foreach (var letter in post.To(Person.Email, Letters.ProvisionalPassword).Reverse())
                yield return letter.ProvisionalPassword;
        }
    }

    private Task ChangePassword(CancellationToken stop)
    {
        var password = account.UncertainPassword ?? account.ChoosePassword();
        return browser.Send(stop, ("NewPassword", password), ("ConfirmPassword", password));
    }

    private Task EnterCode(CancellationToken stop) =>
        browser.Send(stop, ("Department", account.Department), ("Code", post.To(Person.Email, Letters.DepartmentCode)[^1].ProvisionalPassword));

    private void LookAround()
    {
        if (browser.Path == "/inscription/compte-existant")
            throw new StrayedException("He has an account already, without having been told that his sign-up was finished.");
        foreach (Match address in Addresses().Matches(browser.Page))
        {
            if (address.Value != Person.Email)
                ledger.NoteWrong($"{browser.Path} of {Person.Email} shows the address {address.Value}");
        }
        var name = SignedInAs().Match(browser.Page) is { Success: true } shown ? WebUtility.HtmlDecode(shown.Groups[1].Value) : null;
        if (name is not null && name != Person.DisplayName)
            ledger.NoteWrong($"{browser.Path} of {Person.DisplayName} is shown to somebody signed in as {name}");
        if (browser.Status == 200)
            Believe();
    }

    private void Believe()
    {
        if (tried is not null && browser.Path != "/connexion")
        {
            account.SignIns++;
            if (account.Has(Promise.PasswordChanged) && browser.Path == "/premiere-connexion/mot-de-passe")
                ledger.NoteWrong($"{Person.Email} must change his password again, after he saw it changed");
            account.Accepted(tried);
            tried = null;
        }
        switch (browser.Path)
        {
            case "/inscription/terminee":
                account.Note(Promise.Registered);
                break;
            case "/premiere-connexion/confirmation":
                account.Accepted(account.UncertainPassword ?? "");
                account.Note(Promise.PasswordChanged);
                if (browser.Page.Contains("est maintenant activé", StringComparison.Ordinal))
                    account.Note(Promise.DepartmentOpened);
                break;
            case "/premiere-connexion/coordonnees" when account.Has(Promise.ContactConfirmed):
                ledger.NoteWrong($"{Person.Email} must confirm how to reach him again, after he saw it confirmed");
                break;
            case "/premiere-connexion/terminee":
                account.Note(Promise.ContactConfirmed);
                break;
            case "/complement-inscription/accuse":
                account.Note(Promise.DepartmentRequested);
                break;
            case "/mon-compte" when ShowsOpenDepartment:
                account.Note(Promise.DepartmentOpened);
                break;
        }
    }

    private string MainText()
    {
        var from = Math.Max(browser.Page.IndexOf("<main", StringComparison.Ordinal), 0);
        var to = Math.Max(browser.Page.IndexOf("</main", StringComparison.Ordinal), from);
        var text = Blanks().Replace(WebUtility.HtmlDecode(Tags().Replace(browser.Page[from..to], " ")), " ").Trim();
        return text.Length > 200 ? text[..200] : text;
    }

    [GeneratedRegex(@"visiteur\.[0-9a-f]{32}@exemple\.fr", RegexOptions.CultureInvariant)]
    private static partial Regex Addresses();

    [GeneratedRegex("""class="header-name">.*?</span>([^<]*)</span>""", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex SignedInAs();

    [GeneratedRegex("<[^>]*>", RegexOptions.CultureInvariant)]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();
}
