using System.Collections.Immutable;
using MsaOrleans.Grains.Interfaces.Contact;

namespace MsaOrleans.Grains.Domain;

/// <summary>The new postal addresses that an adherent has told his caisse by way of the site. The address itself is the caisses', in their registry.</summary>
internal sealed record AddressChanges
{
    private const int MaxKept = 10;

    /// <summary>Oldest first.</summary>
    public ImmutableList<AddressChange> All { get; init => field = value ?? []; } = [];

    /// <summary>Tells another address; one told before and not taken over yet is replaced by it.</summary>
    public AddressChanges Tell(PostalAddress address, DateTimeOffset now) =>
        All.Exists(c => c.IsPending && c.Address == address)
            ? this
            : this with { All = [.. All.ConvertAll(c => c.IsPending ? c with { ReplacedAt = now } : c).TakeLast(MaxKept - 1), new(address, now)] };

    /// <summary>The registry has this address now: the caisse has taken the change over.</summary>
    public AddressChanges Known(PostalAddress registered, DateTimeOffset now) => All.Exists(c => c.IsPending && c.Address.IsSameAs(registered))
        ? this with { All = All.ConvertAll(c => c.IsPending && c.Address.IsSameAs(registered) ? c with { TakenOverAt = now } : c) }
        : this;
}

/// <summary>One change of address told to the caisse.</summary>
internal sealed record AddressChange(PostalAddress Address, DateTimeOffset ToldAt, DateTimeOffset? TakenOverAt = null, DateTimeOffset? ReplacedAt = null)
{
    internal bool IsPending => TakenOverAt is null && ReplacedAt is null;
}
