using System.Buffers.Binary;
using System.Text.RegularExpressions;
using MsaOrleans.Grains.Interfaces.Adherents;

namespace MsaOrleans.Chaos;

/// <summary>After the load: is everything that was promised there, for everybody, once? Asked as a visitor would, and counted in the database.</summary>
internal sealed partial class Accounting(Stage stage, Ledger ledger)
{
    private const int AtOnce = 8;

    // The site keeps the last twenty.
    private const int SignInsKept = 20;

    private static readonly TimeSpan betweenLooks = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan longestLastLetter = TimeSpan.FromSeconds(20);

    /// <param name="longestLetter">For how long letters that were promised may still come.</param>
    /// <param name="stop">It is not wanted any more.</param>
    public async Task<Findings> Check(TimeSpan longestLetter, CancellationToken stop)
    {
        await stage.Post.Look();
        using var tooLate = CancellationTokenSource.CreateLinkedTokenSource(stop);
        tooLate.CancelAfter(longestLetter);
        var (started, lastLetter) = (ledger.Now, TimeSpan.Zero);
        var everybody = ledger.Accounts.OrderBy(account => Promised(account).Count(letter => !Has(account, letter))); // meanwhile letters come for the last of them
        await Parallel.ForEachAsync(everybody, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop }, async (account, _) =>
        {
            foreach (var letter in Promised(account).Where(letter => !Has(account, letter)).ToList())
            {
                if (!await stage.Post.Wait(account.Person.Email, letter, tooLate.Token))
                    ledger.NoteLost($"{account.Person.Email} never got « {letter} »");
                lastLetter = ledger.Now - started;
            }
            try
            {
                await CheckAccount(account, stop);
            }
            catch (StrayedException strayed)
            {
                ledger.NoteLost($"{account.Person.Email}, in the end: {strayed.Message}");
            }
        });
        await CheckRows();
        return new(lastLetter, await CheckLetters(stop), (int)(await stage.Query<long>(OwedLetters)).Single(), await stage.Query<string>(Jobs));
    }

    // Those whose sign-up was acknowledged; and those who have a letter that says so.
    private async Task CheckAccount(Account account, CancellationToken stop)
    {
        if (stage.Post.To(account.Person.Email, Letters.ProvisionalPassword).Count == 0)
            return;
        using (var visitor = NewVisitor(account))
        {
            var (opened, seen) = (account.Has(Promise.DepartmentOpened), account.SignIns);
            await visitor.EnterSpace(stop);
            await visitor.See("/mon-compte", stop);
            if (!visitor.Browser.Page.Contains(account.Person.Email, StringComparison.Ordinal))
                ledger.NoteWrong($"/mon-compte of {account.Person.Email} does not show this address");
            if (opened && !visitor.Browser.Page.Contains("activé avec votre code", StringComparison.Ordinal))
                ledger.NoteLost($"{account.Person.Email} saw his department open, and it is not");
            await visitor.See("/mon-compte/connexions", stop);
            if (SignInRows().Count(visitor.Browser.Page) is var rows && rows < Math.Min(seen + 1, SignInsKept))
                ledger.NoteLost($"{account.Person.Email} has signed in {seen + 1} times, and the site knows of {rows}");
            if (account.Has(Promise.DepartmentRequested) && !opened && stage.Post.To(account.Person.Email, Letters.DepartmentCode).Count > 0)
                await visitor.OpenDepartment(stop);
        }
        // Another sign-up of the same person, from a browser that knows nothing.
        using var stranger = new PatientBrowser(stage.Sites, 0, ledger);
        await stranger.Open("/inscription/profil", stop);
        await stranger.Send(stop, ("Profile", "individual"));
        await stranger.Send(stop, ("Nir", account.Person.Nir));
        if (stranger.Path != "/inscription/compte-existant")
            ledger.NoteWrong($"the NIR of {account.Person.Email}, who has an account, leads a second sign-up to {stranger.Path}");
    }

    private async Task CheckRows()
    {
        var keys = new AdherentKeys(stage.PseudonymKey);
        var rows = (await stage.Query<long[]>("SELECT ARRAY[GrainIdN0, GrainIdN1] FROM OrleansStorage")).CountBy(KeyOf).ToDictionary();
        foreach (var account in ledger.Accounts)
        {
            var count = rows.GetValueOrDefault(keys.For(Nir.Parse(account.Person.Nir)));
            if (count > 1)
                ledger.NoteWrong($"{account.Person.Email} has {count} rows");
            if (count == 0 && account.Has(Promise.Registered))
                ledger.NoteLost($"{account.Person.Email} has no row");
        }
    }

    // What came to whom, and how often.
    private async Task<IReadOnlyDictionary<string, int>> CheckLetters(CancellationToken stop)
    {
        await AwaitPasswordLetters(stop);
        var known = ledger.Accounts.ToDictionary(account => account.Person.Email, StringComparer.OrdinalIgnoreCase);
        var duplicates = new Dictionary<string, int>();
        foreach (var address in stage.Post.Addresses)
        {
            if (!known.TryGetValue(address, out var account))
            {
                ledger.NoteWrong($"a letter to {address}, whom nobody knows");
                continue;
            }
            if (!account.MayBeRegistered)
                ledger.NoteWrong($"a letter to {address}, who has not signed up");
            foreach (var mail in stage.Post.To(address).Where(mail => !mail.Text.Contains($"Bonjour {account.Person.DisplayName},", StringComparison.Ordinal)))
                ledger.NoteWrong($"« {mail.Subject} » to {address} is not addressed to {account.Person.DisplayName}");
            foreach (var kind in stage.Post.To(address).GroupBy(mail => mail.Subject))
            {
                var asked = kind.Key switch
                {
                    Letters.ProvisionalPassword => 1,
                    Letters.DepartmentCode or Letters.DepartmentRequested => account.Has(Promise.DepartmentRequested) ? 1 : 0,
                    Letters.PasswordChanged => account.ChangesSent,
                    _ => 0,
                };
                if (asked == 0)
                    ledger.NoteWrong($"« {kind.Key} » to {address}, who has not asked for it");
                else if (kind.Count() > asked)
                    duplicates[kind.Key] = duplicates.GetValueOrDefault(kind.Key) + kind.Count() - asked;
            }
        }
        foreach (var account in ledger.Accounts.Where(LacksPasswordLetter))
            ledger.NoteLost($"{account.Person.Email} changed his password {account.ChangesSeen} times and got {stage.Post.To(account.Person.Email, Letters.PasswordChanged).Count} letters that say so");
        return duplicates;
    }

    // The accounting itself has changed passwords a moment ago.
    private async Task AwaitPasswordLetters(CancellationToken stop)
    {
        var started = ledger.Now;
        do
        {
            await Task.Delay(betweenLooks, stop);
            await stage.Post.Look();
        }
        while (ledger.Now - started < longestLastLetter && ledger.Accounts.Any(LacksPasswordLetter));
    }

    private bool LacksPasswordLetter(Account account) => stage.Post.To(account.Person.Email, Letters.PasswordChanged).Count < account.ChangesSeen;

    private bool Has(Account account, string letter) => stage.Post.To(account.Person.Email, letter).Count > 0;

    private static IEnumerable<string> Promised(Account account)
    {
        if (account.Has(Promise.Registered))
            yield return Letters.ProvisionalPassword;
        if (account.Has(Promise.DepartmentRequested))
            yield return Letters.DepartmentCode;
    }

    private Visitor NewVisitor(Account account) => new(account, new PatientBrowser(stage.Sites, 0, ledger), stage.Post, ledger, hurried: true);

    // Orleans keeps a Guid as two numbers, the bytes of each from the least significant on.
    private static Guid KeyOf(long[] row)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, row[0]);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], row[1]);
        return new(bytes);
    }

    private const string OwedLetters =
        """SELECT count(*) FROM OrleansStorage WHERE substring(PayloadBinary from 10 for 1) <> '\x00'::bytea""";

    // A silo that dies while it queues a job leaves one without a state, which nobody works on and which expires.
    private const string Jobs = "SELECT coalesce(statename, 'begun') || ' ' || count(*) FROM hangfire.job GROUP BY statename ORDER BY statename";

    [GeneratedRegex("data-label=\"Avec\"", RegexOptions.CultureInvariant)]
    private static partial Regex SignInRows();
}

/// <summary>What the accounting found beside what is lost and wrong.</summary>
/// <param name="LastLetter">When the last letter that was promised had come, after the load.</param>
/// <param name="Duplicates">Letters that came more often than they were asked for, by their subjects.</param>
/// <param name="OwedLetters">Adherents to whom a letter is still owed.</param>
/// <param name="Jobs">What is in the queue, by state.</param>
internal sealed record Findings(TimeSpan LastLetter, IReadOnlyDictionary<string, int> Duplicates, int OwedLetters, IReadOnlyList<string> Jobs);
