using MsaOrleans.Grains.Interfaces.Adherents;

namespace MsaOrleans.Grains.Domain;

/// <summary>By what FranceConnect and the MSA know an adherent from each other: as somebody who comes from there, and as somebody whom the MSA vouches for.</summary>
internal sealed record FranceConnectLink
{
    /// <summary>FranceConnect's <c>sub</c> of him, which gets him in; nothing: he is not linked.</summary>
    public string? Subject { get; init; }

    public DateTimeOffset? LinkedAt { get; init; }

    /// <summary>
    /// By which FranceConnect knows him from the MSA, since it vouched for him the first time. Made at random and kept, so that neither a change of the
    /// pseudonym key nor of anything else makes him a stranger there.
    /// </summary>
    public Guid? VouchedAs { get; init; }

    /// <summary>He came by this subject; the one before, if there was another, gets him in no more.</summary>
    public FranceConnectLink Linked(string subject, DateTimeOffset now) => Subject == subject ? this : this with { Subject = subject, LinkedAt = now };

    public FranceConnectLink Unlinked() => this with { Subject = null, LinkedAt = null };
}

/// <summary>The proof of identity of a sign-up that FranceConnect gave.</summary>
/// <param name="Subject">FranceConnect's <c>sub</c>: kept in the account that comes of it.</param>
/// <param name="Person">Whom it has proved, as the caisses know him.</param>
/// <param name="Email">Where FranceConnect reaches him.</param>
internal sealed record FranceConnectProof(string Subject, CivilIdentity Person, EmailAddress? Email);
