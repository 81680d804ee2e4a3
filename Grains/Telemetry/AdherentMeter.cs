using System.Diagnostics.Metrics;
using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Identity;
using MsaOrleans.Grains.Interfaces.Registration;

namespace MsaOrleans.Grains.Telemetry;

/// <summary>
/// Counts what happens to adherents, never before it is on disk. What a written row tells is read from it; the rest are answers, counted as they are given.
/// Tags have few values and say nothing about anybody. All of them are in <c>docs/telemetry.md</c>.
/// </summary>
internal sealed class AdherentMeter
{
    public const string Name = "MsaOrleans.Adherents";

    private readonly Counter<long> started;
    private readonly Counter<long> finished;
    private readonly Counter<long> refused;
    private readonly Counter<long> verifications;
    private readonly Counter<long> signIns;
    private readonly Counter<long> locks;
    private readonly Counter<long> givenUp;

    public AdherentMeter(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        started = meter.CreateCounter<long>("msa.registrations.started", "{registration}", "Sign-ups begun.");
        finished = meter.CreateCounter<long>("msa.registrations.finished", "{registration}", "Sign-ups whose terms were accepted: accounts made.");
        refused = meter.CreateCounter<long>("msa.registrations.refused", "{registration}", "Sign-ups refused, since there is an account already.");
        verifications = meter.CreateCounter<long>("msa.verifications", "{verification}", "Attempts to prove an identity.");
        signIns = meter.CreateCounter<long>("msa.sign_ins", "{sign_in}", "Attempts to sign in.");
        locks = meter.CreateCounter<long>("msa.locks", "{lock}", "Locks that have begun.");
        givenUp = meter.CreateCounter<long>("msa.dispatches.given_up", "{dispatch}", "Letters that will not be tried again.");
    }

    /// <summary>A row has been written.</summary>
    public void Committed(AdherentState before, AdherentState after)
    {
        // A new draft is put last, and a draft that is there already stays where it is.
        if (after.Registration.Drafts is [.., var latest] && before.Registration.DraftOf(latest.TicketHash) is null)
            started.Add(1);
        if (after.Registration.Completed is { } completed && completed.At != before.Registration.Completed?.At)
            finished.Add(1);
        CountLock("verification", before.Verification.Lockout, after.Verification.Lockout);
        CountLock("sign_in", before.Credentials.Lockout, after.Credentials.Lockout);
    }

    public BeginOutcome Counted(BeginOutcome outcome)
    {
        if (outcome is BeginOutcome.AccountExists)
            refused.Add(1);
        return outcome;
    }

    public VerificationOutcome Counted(VerificationOutcome outcome)
    {
        verifications.Add(1, Tag("outcome", outcome switch
        {
            VerificationOutcome.Proved => "proved",
            VerificationOutcome.NotMatched => "not_matched",
            VerificationOutcome.Locked => "locked",
            _ => "no_draft",
        }));
        return outcome;
    }

    public SignInOutcome Counted(SignInOutcome outcome)
    {
        signIns.Add(1, Tag("outcome", outcome switch
        {
            SignInOutcome.SignedIn => "signed_in",
            SignInOutcome.Expired => "expired",
            _ => "refused",
        }));
        return outcome;
    }

    public void GivenUp(LetterKind kind) => givenUp.Add(1, Tag("kind", kind.ToString()));

    private void CountLock(string kind, Lockout before, Lockout after)
    {
        if (after.Locks > before.Locks)
            locks.Add(1, Tag("kind", kind));
    }

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
