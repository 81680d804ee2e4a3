using System.Diagnostics;
using MsaOrleans.Testing;

namespace MsaOrleans.Load;

/// <summary>
/// Somebody with a browser, who does what the page before him asks, wherever the site leads him. Between two pages he thinks; what comes later than he meant it to, because this
/// machine was busy, counts as waiting.
/// </summary>
internal sealed class Visitor(LoadBrowser browser, Account account, Postbox post, ThinkTime think, Random random, bool clumsy = false)
{
    public const string NoPassword = "no password opens his space";

    private const int MostPages = 40;

    private readonly HashSet<string> botched = new(StringComparer.Ordinal);
    private readonly Queue<string> untried = new();
    private TimeSpan late;

    private Person Person => account.Person;

    /// <summary>Goes from one page to another.</summary>
    /// <param name="entrance">Where he begins.</param>
    /// <param name="isThere">Where he wants to be.</param>
    /// <param name="stop">He is cut off.</param>
    /// <param name="most">After so many pages he leaves.</param>
    /// <returns>Whether he got there.</returns>
    /// <exception cref="VisitFailedException">The site did not let him.</exception>
    public async Task<bool> Reach(string entrance, Func<bool> isThere, CancellationToken stop, int most = MostPages)
    {
        await browser.Open(entrance, TakeLate(), stop);
        for (var pages = 1; !isThere(); pages++)
        {
            if (pages >= most)
                return most < MostPages ? false : throw Strayed(entrance);
            await Think(stop);
            await Answer(entrance, stop);
        }
        return true;
    }

    /// <summary>Looks at a page of his own.</summary>
    public async Task See(string path, CancellationToken stop)
    {
        await Think(stop);
        await browser.Open(path, TakeLate(), stop);
        if (browser.Path != path || browser.Status != 200)
            throw Strayed(path);
    }

    public async Task SignOut(CancellationToken stop)
    {
        await Think(stop);
        await browser.SignOut(TakeLate(), stop);
    }

    /// <summary>He should have been here for so long already.</summary>
    public void ArriveLate(TimeSpan by) => late = by;

    private TimeSpan TakeLate() => (late, late = TimeSpan.Zero).late;

    // What a timer or a busy machine adds is not thinking: the answer is late by it.
    private async Task Think(CancellationToken stop)
    {
        if (think.Next(random) is var time && time == TimeSpan.Zero)
            return;
        var clock = Stopwatch.StartNew();
        await Task.Delay(time, stop);
        late = clock.Elapsed > time ? clock.Elapsed - time : TimeSpan.Zero;
    }

    // What the page asks of him. A form that was refused comes back with 400: only those who make typing errors, or try passwords, have more than one try.
    private Task Answer(string entrance, CancellationToken stop) => (browser.Path, browser.Status) switch
    {
        (var path, 400) when path != "/connexion" && !botched.Contains(path) => throw Strayed(entrance),
        ("/inscription/profil", _) => browser.Send(TakeLate(), stop, ("Profile", "individual")),
        ("/inscription/identifiant", _) => Send(stop, ("Nir", Person.Nir)),
        ("/inscription/a-preparer", _) => browser.Send(TakeLate(), stop),
        ("/inscription/coordonnees", _) => Send(stop, Journeys.DetailsOf(Person)),
        ("/inscription/verification", _) => browser.Send(TakeLate(), stop, ("HealthInsured", Person.CardSerial is null ? "no" : "yes")),
        ("/inscription/verification/carte-vitale", _) => browser.Send(TakeLate(), stop, ("CardKind", "with-photo"), ("CardSerial", Person.CardSerial!)),
        ("/inscription/verification/paiement", _) => browser.Send(TakeLate(), stop, ("PaymentAmount", Person.RecentAmounts[0])),
        ("/inscription/mot-de-passe", _) => browser.Send(TakeLate(), stop),
        ("/inscription/conditions", _) => browser.Send(TakeLate(), stop, ("AcceptTerms", "true")),
        ("/inscription/compte-existant", _) => throw new VisitFailedException("has an account already", $"{Person.Nir} has an account already: --skip those who signed up in an earlier run."),
        ("/connexion", _) => SignIn(stop),
        ("/premiere-connexion/mot-de-passe", _) => ChangePassword(stop),
        ("/premiere-connexion/confirmation", _) => browser.Open("/premiere-connexion/coordonnees", TakeLate(), stop),
        ("/premiere-connexion/coordonnees", _) => browser.Send(TakeLate(), stop, ("Email", Person.Email), ("MobilePhone", "06 12 34 56 78")),
        ("/premiere-connexion/terminee", _) => browser.Open("/espace-prive", TakeLate(), stop),
        ("/complement-inscription/departement", _) => browser.Send(TakeLate(), stop, ("Department", account.Department)),
        ("/complement-inscription/code", _) => browser.Send(TakeLate(), stop, ("Department", account.Department), ("Code", post.SecretsTo(Person.Email, Letters.DepartmentCode)[0])),
        // Where a sign-in on the way has led him: back to what he wanted.
        ("/espace-prive", _) => browser.Open(entrance, TakeLate(), stop),
        _ => throw Strayed(entrance),
    };

    // Whoever makes typing errors swaps the last two characters of each field the first time he comes by.
    private Task Send(CancellationToken stop, params IReadOnlyList<(string Field, string Value)> fields) => clumsy && botched.Add(browser.Path)
        ? browser.Send(TakeLate(), stop, [.. fields.Select(field => (field.Field, field.Value.Length < 2 ? "" : field.Value[..^2] + "x"))])
        : browser.Send(TakeLate(), stop, fields);

    private Task SignIn(CancellationToken stop)
    {
        if (browser.Status == 200)
        {
            untried.Clear();
            if (clumsy && botched.Add("/connexion"))
                untried.Enqueue("Chaussette-percee-0");
            foreach (var password in account.Passwords(post))
                untried.Enqueue(password);
        }
        return untried.TryDequeue(out var next)
            ? browser.Send(TakeLate(), stop, ("Identifier", Person.Nir), ("Password", next))
            : throw new VisitFailedException(NoPassword, $"No password of {Person.Email} opens his space ({browser.Path}, {browser.Status}).");
    }

    private async Task ChangePassword(CancellationToken stop)
    {
        var password = account.ChoosePassword();
        await browser.Send(TakeLate(), stop, ("NewPassword", password), ("ConfirmPassword", password));
        if (browser.Path == "/premiere-connexion/confirmation")
            account.PasswordAccepted();
    }

    private VisitFailedException Strayed(string entrance) =>
        new($"strayed at {browser.Path} ({browser.Status})", $"On the way from {entrance} {Person.Email} was led to {browser.Path} ({browser.Status}).");
}
