namespace MsaOrleans.Grains.Domain;

/// <summary>
/// How many letters that anybody can cause one e-mail address gets, whoever they are about (GCRA): some at once, and then one every so often, so that a
/// mailbox that has had none for a while needs no memory at all.
/// </summary>
internal sealed record MailboxAllowance
{
    /// <summary>When all places are free again.</summary>
    public DateTimeOffset FreeAt { get; init; }

    /// <summary>When the next letter may leave.</summary>
    public DateTimeOffset NextAt(MailboxPolicy policy, DateTimeOffset now) =>
        FreeAt - now - ((policy.AtOnce - 1) * policy.Every) is var wait && wait > TimeSpan.Zero ? now + wait : now;

    /// <summary>Takes the next place, however far off.</summary>
    public MailboxAllowance Take(MailboxPolicy policy, DateTimeOffset now) => new() { FreeAt = (FreeAt > now ? FreeAt : now) + policy.Every };
}

/// <summary>Letters to one address.</summary>
/// <param name="AtOnce">How many may leave at once.</param>
/// <param name="Every">And then one in such a while.</param>
public sealed record MailboxPolicy(int AtOnce, TimeSpan Every);
