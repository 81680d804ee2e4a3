using System.Buffers.Binary;
using MsaOrleans.Grains.Domain;

namespace MsaOrleans.Grains;

/// <summary>The letters to some of the e-mail addresses, each by its pseudonym, from all adherents together: a mailbox is a stamp in a list, not a grain of its own.</summary>
[Alias("msa.mailbox-allowances")]
public interface IMailboxAllowances : IGrainWithIntegerKey
{
    /// <summary>Takes the place of a letter that is owed in any case.</summary>
    /// <returns>When it may leave: now, unless too many have left lately.</returns>
    [Alias("reserve")]
    Task<DateTimeOffset> Reserve(Guid mailbox);

    /// <summary>Takes the place of a letter that leaves now or not at all.</summary>
    /// <param name="mailbox">Where it goes.</param>
    /// <param name="onlyLook">Leaves the place to others: there is no letter, and nobody is to see that by the clock.</param>
    /// <returns>Whether there is one.</returns>
    [Alias("take")]
    Task<bool> Take(Guid mailbox, bool onlyLook);
}

/// <summary>One mailbox, where its letters are counted.</summary>
internal readonly record struct Mailbox(IMailboxAllowances Counted, Guid Key)
{
    // So many, that no silo has all of them, and each has enough to be worth a grain.
    private const int Lists = 64;

    public static Mailbox Of(IGrainFactory grains, Guid key)
    {
        Span<byte> bytes = stackalloc byte[16];
        key.TryWriteBytes(bytes);
        return new(grains.GetGrain<IMailboxAllowances>(BinaryPrimitives.ReadUInt32LittleEndian(bytes) % Lists), key);
    }

    public Task<DateTimeOffset> Reserve() => Counted.Reserve(Key);

    public Task<bool> Take(bool onlyLook = false) => Counted.Take(Key, onlyLook);
}

/// <summary>In memory alone: it bounds a nuisance, a sign-up should not wait for one more write, and all that is lost with a silo is the count of a day.</summary>
[GrainType("mailbox-allowances")]
internal sealed class MailboxAllowancesGrain(AdherentPolicy policy, TimeProvider clock) : Grain, IMailboxAllowances
{
    private readonly MailboxAllowances mailboxes = new();

    Task<DateTimeOffset> IMailboxAllowances.Reserve(Guid mailbox)
    {
        var now = clock.GetUtcNow();
        var at = mailboxes[mailbox].NextAt(policy.Mailbox, now);
        Take(mailbox, now);
        return Task.FromResult(at);
    }

    Task<bool> IMailboxAllowances.Take(Guid mailbox, bool onlyLook)
    {
        var now = clock.GetUtcNow();
        var isFree = mailboxes[mailbox].NextAt(policy.Mailbox, now) == now;
        if (isFree && !onlyLook)
            Take(mailbox, now);
        return Task.FromResult(isFree);
    }

    private void Take(Guid mailbox, DateTimeOffset now)
    {
        var taken = mailboxes[mailbox].Take(policy.Mailbox, now);
        mailboxes.Keep(mailbox, taken, now);
        DelayDeactivation(taken.FreeAt - now); // idle is not forgotten
    }
}
