using MsaOrleans.Grains.Interfaces.Adherents;

namespace MsaOrleans.Grains.Interfaces.Identity;

/// <summary>The proof of identity: what the adherent declared, compared with the caisses' registry of insured persons.</summary>
[Alias("msa.adherent.identity")]
public interface IAdherentIdentity : IAdherentFacet
{
    /// <summary>
    /// One attempt to prove the identity declared in this browser's draft. A NIR that the caisses do not know answers exactly as one they do.
    /// </summary>
    [Alias("prove")]
    Task<VerificationOutcome> Prove(SignUpTicket ticket, IdentityProof proof);
}

/// <summary>Something that only the adherent should have at hand.</summary>
[GenerateSerializer, Immutable, Alias("msa.identity-proof")]
public abstract record IdentityProof
{
    private IdentityProof() { }

    /// <summary>The second part of the serial of his carte Vitale.</summary>
    /// <param name="Serial">The 10 digits that follow the fixed first part, and an 11th, the check digit, if he typed it.</param>
    [GenerateSerializer, Immutable, Alias("msa.identity-proof.vitale-card")]
    public sealed record VitaleCard(string Serial) : IdentityProof
    {
        /// <summary>The first part, unless <c>Verification:CardSerialPrefix</c> says another (leaflet).</summary>
        public const string StandardPrefix = "8025000032";

        public override string ToString() => "carte Vitale";
    }

    /// <summary>A payment that the MSA made to him in the last six months.</summary>
    /// <param name="Amount">In euros, with cents.</param>
    [GenerateSerializer, Immutable, Alias("msa.identity-proof.received-payment")]
    public sealed record ReceivedPayment(decimal Amount) : IdentityProof
    {
        public override string ToString() => "received payment";
    }
}

/// <summary>What came of one attempt to prove an identity.</summary>
[GenerateSerializer, Immutable, Alias("msa.verification-outcome")]
public abstract record VerificationOutcome
{
    private VerificationOutcome() { }

    [GenerateSerializer, Immutable, Alias("msa.verification-outcome.proved")]
    public sealed record Proved : VerificationOutcome;

    /// <summary>Something did not match; which part is never said.</summary>
    /// <param name="AttemptsLeft">Attempts before the next lock, at least 1.</param>
    [GenerateSerializer, Immutable, Alias("msa.verification-outcome.not-matched")]
    public sealed record NotMatched(int AttemptsLeft) : VerificationOutcome;

    /// <summary>Verification is suspended; the attempt was not looked at, or was the last one.</summary>
    [GenerateSerializer, Immutable, Alias("msa.verification-outcome.locked")]
    public sealed record Locked(VerificationLock Lock) : VerificationOutcome;

    /// <summary>This browser has no draft here, or has not declared anything yet.</summary>
    [GenerateSerializer, Immutable, Alias("msa.verification-outcome.no-draft")]
    public sealed record NoDraft : VerificationOutcome;
}

/// <summary>Verification is suspended.</summary>
/// <param name="Until">When it opens again by itself; nothing: only the hotline opens it.</param>
[GenerateSerializer, Immutable, Alias("msa.verification-lock")]
public sealed record VerificationLock(DateTimeOffset? Until);
