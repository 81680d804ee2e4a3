using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using MsaOrleans.Testing;

namespace MsaOrleans.Load;

/// <summary>Somebody, and which passwords are his.</summary>
internal sealed class Account(Person person)
{
    public Person Person { get; } = person;

    /// <summary>The last password that he saw accepted as his own.</summary>
    public string? Password { get; private set; }

    /// <summary>One that he has sent, without having seen what became of it.</summary>
    public string? Uncertain { get; private set; }

    /// <summary>A department in which the caisses do not know him.</summary>
    public string Department { get; } = new[] { "01", "02", "03", "05", "08", "09", "10" }.First(code => !person.Departments.Contains(code));

    public string ChoosePassword() => Uncertain ??= $"Tilleul-{RandomNumberGenerator.GetInt32(100_000, 1_000_000).ToString(CultureInfo.InvariantCulture)}-Ardoise";

    public void PasswordAccepted() => (Password, Uncertain) = (Uncertain ?? Password, null);

    /// <summary>Those that may open his space, the likeliest first.</summary>
    public IEnumerable<string> Passwords(Postbox post)
    {
        if (Uncertain is { } sent)
            yield return sent;
        if (Password is { } own)
            yield return own;
        else
        {
            foreach (var provisional in post.SecretsTo(Person.Email, Letters.ProvisionalPassword))
                yield return provisional;
        }
    }
}

/// <summary>Everybody whom the run knows: who has been acknowledged, and whose account is free for somebody to use.</summary>
internal sealed class Accounts
{
    private readonly ConcurrentQueue<Account> acknowledged = new();
    private readonly ConcurrentQueue<Account> plain = new();
    private readonly ConcurrentQueue<Account> enrolled = new();

    /// <summary>Those who saw "Inscription terminée".</summary>
    public IReadOnlyCollection<Account> Acknowledged => acknowledged;

    public void Acknowledge(Account account) => acknowledged.Enqueue(account);

    /// <summary>An account with which nobody else is busy.</summary>
    public Account? TakeAny() => plain.TryDequeue(out var account) || enrolled.TryDequeue(out account) ? account : null;

    /// <summary>One that has never asked for another department.</summary>
    public Account? TakePlain() => plain.TryDequeue(out var account) ? account : null;

    public void GiveBack(Account account, bool hasEnrolled = false) => (hasEnrolled ? enrolled : plain).Enqueue(account);
}
