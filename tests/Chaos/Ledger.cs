using System.Collections.Concurrent;
using System.Diagnostics;
using MsaOrleans.Testing;

namespace MsaOrleans.Chaos;

/// <summary>What the site has said yes to, as its visitors saw it.</summary>
internal enum Promise
{
    /// <summary>"Inscription terminée".</summary>
    Registered,

    /// <summary>"Votre mot de passe a bien été modifié."</summary>
    PasswordChanged,

    /// <summary>"Vos coordonnées ont été vérifiées."</summary>
    ContactConfirmed,

    /// <summary>The receipt of a request for a department.</summary>
    DepartmentRequested,

    /// <summary>The department is open.</summary>
    DepartmentOpened,
}

/// <summary>Everything that was promised and seen, on the visitors' side: no machine of ours takes part in it.</summary>
internal sealed class Ledger
{
    private readonly long start = Stopwatch.GetTimestamp();
    private readonly ConcurrentQueue<Account> accounts = new();
    private readonly ConcurrentQueue<Step> steps = new();
    private readonly ConcurrentQueue<Failure> failures = new();
    private readonly ConcurrentQueue<string> wrong = new();
    private readonly ConcurrentQueue<string> lost = new();

    /// <summary>Since the run began.</summary>
    public TimeSpan Now => Stopwatch.GetElapsedTime(start);

    public IReadOnlyCollection<Account> Accounts => accounts;

    public IReadOnlyCollection<Step> Steps => steps;

    public IReadOnlyCollection<Failure> Failures => failures;

    /// <summary>What should never be seen, in words.</summary>
    public IReadOnlyCollection<string> Wrong => wrong;

    /// <summary>What was promised and not kept, in words.</summary>
    public IReadOnlyCollection<string> Lost => lost;

    public Account Open(Person person)
    {
        var account = new Account(this, person);
        accounts.Enqueue(account);
        return account;
    }

    /// <summary>A step went through.</summary>
    public void Note(Step step) => steps.Enqueue(step);

    /// <summary>A try of a step failed.</summary>
    public void Note(Failure failure) => failures.Enqueue(failure);

    public void NoteWrong(string what) => wrong.Enqueue($"at {Now.TotalSeconds:0.0} s: {what}");

    public void NoteLost(string what) => lost.Enqueue(what);

    public int Count(Promise promise) => accounts.Count(account => account.Has(promise));
}

/// <summary>One thing a visitor wanted of the site, from its first try until it went through.</summary>
/// <param name="Path">The page that was asked or sent.</param>
/// <param name="Started">When he tried first.</param>
/// <param name="Waited">Until it went through.</param>
/// <param name="Failures">Tries that failed.</param>
internal sealed record Step(string Path, TimeSpan Started, TimeSpan Waited, int Failures);

/// <summary>One try that failed.</summary>
/// <param name="At">When it was known.</param>
/// <param name="Path">Of which page.</param>
/// <param name="Kind">A status, or what happened to the connection.</param>
internal sealed record Failure(TimeSpan At, string Path, string Kind);

/// <summary>What one visitor knows: what he was promised, and which passwords are his.</summary>
internal sealed class Account(Ledger ledger, Person person)
{
    private readonly ConcurrentDictionary<Promise, TimeSpan> promises = new();
    private int passwords;

    public Person Person { get; } = person;

    /// <summary>He has sent the form whose acceptance opens the account, whatever became of it.</summary>
    public bool MayBeRegistered { get; set; }

    /// <summary>The last password that he saw accepted.</summary>
    public string? Password { get; private set; }

    /// <summary>A password that he has sent, without having seen what became of it.</summary>
    public string? UncertainPassword { get; private set; }

    /// <summary>Forms that change a password which was his own already: each owes him a letter, if it went through.</summary>
    public int ChangesSent { get; private set; }

    /// <summary>Changes of a password of his own that he saw accepted.</summary>
    public int ChangesSeen { get; private set; }

    /// <summary>Sign-ins that he saw succeed.</summary>
    public int SignIns { get; set; }

    /// <summary>The department that he asks for: one in which the caisses do not know him.</summary>
    public string Department { get; } = new[] { "01", "02", "03", "05", "08", "09", "10" }.First(code => !person.Departments.Contains(code));

    public bool Has(Promise promise) => promises.ContainsKey(promise);

    public void Note(Promise promise) => promises.TryAdd(promise, ledger.Now);

    /// <summary>A new password of his own choice, about to be sent.</summary>
    public string ChoosePassword()
    {
        if (Password is not null)
            ChangesSent++;
        return UncertainPassword = $"Tilleul-Ardoise-{++passwords}";
    }

    /// <summary>He has seen that a password is good.</summary>
    public void Accepted(string password)
    {
        if (password != UncertainPassword)
            return;
        if (Password is not null)
            ChangesSeen++;
        (Password, UncertainPassword) = (password, null);
    }
}
