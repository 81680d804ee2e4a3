using System.Collections.Immutable;
using MsaOrleans.Grains.Interfaces.Identity;
using MsaOrleans.Grains.Interfaces.Registration;
using MsaOrleans.Grains.Interfaces.Space;
using MsaOrleans.Grains.Ports;

namespace MsaOrleans.Grains.Domain;

/// <summary>
/// The attempts to prove this adherent's identity, whoever made them, and the lock they lead to. It belongs to the adherent and not to a
/// draft: beginning again, in another browser or after a restart, resets nothing.
/// </summary>
internal sealed record IdentityVerification
{
    private const int MaxAttemptsKept = 20;

    // Second part of the serial of a carte Vitale, without its check digit.
    private const int SerialDigits = 10;

    /// <summary>A payment proves identity for this many months.</summary>
    public const int PaymentMonths = 6;

    public Lockout Lockout { get; init => field = value ?? new(); } = new();

    /// <summary>Latest last; what was tried is not kept.</summary>
    public ImmutableList<VerificationAttempt> Attempts { get; init => field = value ?? []; } = [];

    public VerificationLock? LockAt(DateTimeOffset now) => Lockout.LockAt(now);

    /// <summary>Counts one attempt. While a lock holds nothing is even looked at.</summary>
    public (IdentityVerification, VerificationOutcome) Attempt(bool matches, ProofKind kind, LockoutPolicy policy, DateTimeOffset now)
    {
        if (LockAt(now) is { } held)
            return (this, new VerificationOutcome.Locked(held));
        var lockout = matches ? new() : Lockout.Fail(policy, now);
        var next = new IdentityVerification
        {
            Lockout = lockout,
            Attempts = [.. Attempts.TakeLast(MaxAttemptsKept - 1), new(now, kind, matches, lockout.HoldsAt(now) ? lockout.Until : null)],
        };
        return (next, matches ? new VerificationOutcome.Proved()
            : next.LockAt(now) is { } begun ? new VerificationOutcome.Locked(begun)
            : new VerificationOutcome.NotMatched(next.Lockout.AttemptsLeft(policy)));
    }

    /// <summary>
    /// Proved by somebody else, who is believed. Nothing was guessed: a lock neither stands in the way nor ends, and failures are not forgotten.
    /// </summary>
    public IdentityVerification Vouched(ProofKind kind, DateTimeOffset now) =>
        this with { Attempts = [.. Attempts.TakeLast(MaxAttemptsKept - 1), new(now, kind, Matched: true)] };

    /// <summary>
    /// Whether what was declared and shown is what the caisses know: the name, the birth date, and the serial or an amount paid in the last
    /// six months. Somebody they do not know never matches.
    /// </summary>
    public static bool Matches(
        InsuredPerson? person, IReadOnlyList<Payment> payments, ContactDetails declared, IdentityProof proof, string cardSerialPrefix, DateOnly today) =>
        person is not null
        && CivilIdentity.Of(person).IsOf(declared)
        && proof switch
        {
            IdentityProof.VitaleCard card => IsSerial(card.Serial, person.CardSerial, cardSerialPrefix),
            IdentityProof.ReceivedPayment paid => payments.Any(p => p.Amount == paid.Amount && IsRecent(p, today)),
            _ => throw new ArgumentOutOfRangeException(nameof(proof)),
        };

    /// <summary>Whether a payment can prove an identity. Nobody received what was taken back.</summary>
    public static bool IsRecent(Payment payment, DateOnly today) => payment.Amount > 0 && payment.Date >= today.AddMonths(-PaymentMonths) && payment.Date <= today;

    // The 11th digit is a check digit: compared when both sides have it, ignored when the registry has only twenty digits.
    private static bool IsSerial(string typed, string? registered, string prefix)
    {
        if (typed.Length is not (SerialDigits or SerialDigits + 1) || registered is null || registered.Length < prefix.Length + SerialDigits)
            return false;
        var full = prefix + typed;
        var shared = Math.Min(full.Length, registered.Length);
        return full.AsSpan(0, shared).SequenceEqual(registered.AsSpan(0, shared));
    }
}

/// <summary>One attempt, without its secret.</summary>
/// <param name="At">When.</param>
/// <param name="Proof">What was shown.</param>
/// <param name="Matched">Whether it agreed with what the caisses know.</param>
/// <param name="LockedUntil">End of the lock that it led to; rows of the third form and before do not tell it.</param>
internal sealed record VerificationAttempt(DateTimeOffset At, ProofKind Proof, bool Matched, DateTimeOffset? LockedUntil = null);

/// <summary>What was shown. Names are stored: they are a contract.</summary>
internal enum ProofKind
{
    VitaleCard,
    ReceivedPayment,
    FranceConnect,
}
