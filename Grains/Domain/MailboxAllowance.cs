namespace MsaOrleans.Grains.Domain;

/// <summary>
/// How many letters that anybody can cause one e-mail address gets, whoever they are about (GCRA): some at once, and then one every so often, so that a
/// mailbox that has had none for a while needs no memory at all.
/// </summary>
internal readonly record struct MailboxAllowance
{
    /// <summary>When all places are free again.</summary>
    public DateTimeOffset FreeAt { get; init; }

    /// <summary>When the next letter may leave.</summary>
    public DateTimeOffset NextAt(MailboxPolicy policy, DateTimeOffset now) =>
        FreeAt - now - ((policy.AtOnce - 1) * policy.Every) is var wait && wait > TimeSpan.Zero ? now + wait : now;

    /// <summary>Takes the next place, however far off.</summary>
    public MailboxAllowance Take(MailboxPolicy policy, DateTimeOffset now) => new() { FreeAt = (FreeAt > now ? FreeAt : now) + policy.Every };
}

/// <summary>Many of them. Those whose places are all free are let go of each time the list has doubled, so that it never holds more than twice those it must.</summary>
internal sealed class MailboxAllowances
{
    private const int Fewest = 1000;

    private readonly Dictionary<Guid, MailboxAllowance> taken = [];
    private int roomy = Fewest;

    public int Count => taken.Count;

    public MailboxAllowance this[Guid mailbox] => taken.GetValueOrDefault(mailbox);

    public void Keep(Guid mailbox, MailboxAllowance allowance, DateTimeOffset now)
    {
        taken[mailbox] = allowance;
        if (taken.Count <= roomy)
            return;
        foreach (var (free, _) in taken.Where(m => m.Value.FreeAt <= now).ToList())
            taken.Remove(free);
        roomy = Math.Max(Fewest, 2 * taken.Count);
    }
}

/// <summary>Letters to one address.</summary>
/// <param name="AtOnce">How many may leave at once.</param>
/// <param name="Every">And then one in such a while.</param>
public sealed record MailboxPolicy(int AtOnce, TimeSpan Every);
