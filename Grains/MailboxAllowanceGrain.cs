using MsaOrleans.Grains.Domain;
using Orleans.Placement;

namespace MsaOrleans.Grains;

/// <summary>The letters to one e-mail address, whose pseudonym is the key, from all adherents together.</summary>
[Alias("msa.mailbox-allowance")]
public interface IMailboxAllowance : IGrainWithGuidKey
{
    /// <summary>Takes the place of a letter that is owed in any case.</summary>
    /// <returns>When it may leave: now, unless too many have left lately.</returns>
    [Alias("reserve")]
    Task<DateTimeOffset> Reserve();

    /// <summary>Takes the place of a letter that leaves now or not at all.</summary>
    /// <returns>Whether there is one.</returns>
    [Alias("take")]
    Task<bool> Take();
}

/// <summary>
/// In memory alone, and only until its places are free again: it bounds a nuisance, a sign-up should not wait for one more write, and all that is lost with a
/// silo is the count of a day.
/// </summary>
[GrainType("mailbox-allowance"), PreferLocalPlacement]
internal sealed class MailboxAllowanceGrain(AdherentPolicy policy, TimeProvider clock) : Grain, IMailboxAllowance
{
    private MailboxAllowance allowance = new();

    Task<DateTimeOffset> IMailboxAllowance.Reserve()
    {
        var now = clock.GetUtcNow();
        var at = allowance.NextAt(policy.Mailbox, now);
        Take(now);
        return Task.FromResult(at);
    }

    Task<bool> IMailboxAllowance.Take()
    {
        var now = clock.GetUtcNow();
        var isFree = allowance.NextAt(policy.Mailbox, now) == now;
        if (isFree)
            Take(now);
        return Task.FromResult(isFree);
    }

    private void Take(DateTimeOffset now)
    {
        allowance = allowance.Take(policy.Mailbox, now);
        DelayDeactivation(allowance.FreeAt - now); // idle is not forgotten
    }
}
