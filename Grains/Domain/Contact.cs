using System.Collections.Immutable;
using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Contact;

namespace MsaOrleans.Grains.Domain;

/// <summary>Where the MSA reaches an adherent.</summary>
internal sealed record Contact
{
    public EmailAddress? Email { get; init; }

    /// <summary>When a secret that was sent to the address came back; nothing: not verified.</summary>
    public DateTimeOffset? EmailVerifiedAt { get; init; }

    public PhoneNumber? MobilePhone { get; init; }

    public PhoneNumber? LandlinePhone { get; init; }

    public PhoneNumber? Fax { get; init; }

    public DateTimeOffset? ConfirmedAt { get; init; }

    public EmailChange? PendingEmail { get; init; }

    public Reception Reception { get; init => field = value ?? new(); } = new();

    public AddressChanges AddressChanges { get; init => field = value ?? new(); } = new();

    /// <summary>Addresses and numbers in use.</summary>
    internal ContactCard Card => new(Email!, MobilePhone, LandlinePhone, Fax);

    /// <summary>A secret that was sent to this address has been used.</summary>
    public Contact Verified(EmailAddress address, DateTimeOffset now) =>
        address == Email && EmailVerifiedAt is null ? this with { EmailVerifiedAt = now } : this;

    /// <summary>Confirms the details at the first connection; another e-mail address only becomes pending.</summary>
    public Contact Confirm(ContactCard card, Guid link, DateTimeOffset now) =>
        WithPhones(card.MobilePhone, card.LandlinePhone, card.Fax).ChangeEmail(card.Email, link, now) with { ConfirmedAt = now };

    public Contact WithPhones(PhoneNumber? mobile, PhoneNumber? landline, PhoneNumber? fax) =>
        this with { MobilePhone = mobile, LandlinePhone = landline, Fax = fax };

    /// <summary>
    /// Another e-mail address becomes pending: the letter <paramref name="link"/> is to prove it, unless one is on its way already. The address in use
    /// puts an end to what was pending.
    /// </summary>
    public Contact ChangeEmail(EmailAddress email, Guid link, DateTimeOffset now) => this with
    {
        PendingEmail = email == Email ? null
            : email == PendingEmail?.Address && now < PendingEmail.ExpiresAt ? PendingEmail
            : new(email, link, [], now + EmailChange.Lifetime),
    };

    /// <summary>Another address in place of one at which nobody has read anything.</summary>
    public Contact WithUnprovedEmail(EmailAddress email) => this with { Email = email, EmailVerifiedAt = null, PendingEmail = null };

    /// <summary>A link is on its way to the new address.</summary>
    public Contact WithLink(string secretHash, DateTimeOffset now) => this with
    {
        PendingEmail = PendingEmail! with { SecretHashes = PendingEmail.SecretHashes.Add(secretHash), ExpiresAt = now + EmailChange.Lifetime },
    };

    /// <summary>Without a new address whose link nobody opened in time.</summary>
    public Contact WithoutExpired(DateTimeOffset now) => PendingEmail?.ExpiresAt <= now ? this with { PendingEmail = null } : this;

    /// <summary>Uses the new address if the secret is one that was sent to it.</summary>
    public (Contact, bool Changed) ProveEmail(string secretHash, DateTimeOffset now) =>
        PendingEmail is { } change && now < change.ExpiresAt && change.SecretHashes.Contains(secretHash)
            ? (this with { Email = change.Address, EmailVerifiedAt = now, PendingEmail = null }, true)
            : (this, false);
}

/// <summary>A new e-mail address that waits to be proved.</summary>
/// <param name="Address">The new address.</param>
/// <param name="Link">The letter that holds the link.</param>
/// <param name="SecretHashes">One for each try of that letter.</param>
/// <param name="ExpiresAt">From when on the link is void.</param>
internal sealed record EmailChange(EmailAddress Address, Guid Link, ImmutableList<string> SecretHashes, DateTimeOffset ExpiresAt)
{
    /// <summary>A link works this long.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>Links that may be asked for within 24 hours: each is a letter to an address that need not be his.</summary>
    public const int MostADay = 5;

    /// <summary>Whether one more may be asked for, as the letters tell that he was sent.</summary>
    public static bool MayBeAsked(Dispatches letters, DateTimeOffset now) =>
        letters.All.Count(d => d.Kind == LetterKind.EmailChangeLink && d.RequestedAt > now.AddDays(-1) && d.RequestedAt <= now) < MostADay;
}
