using System.Diagnostics.Metrics;
using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Documents;
using MsaOrleans.Grains.Interfaces.FranceConnect;
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
    private readonly Counter<long> steps;
    private readonly Counter<long> abandoned;
    private readonly Counter<long> refused;
    private readonly Counter<long> verifications;
    private readonly Counter<long> signIns;
    private readonly Counter<long> locks;
    private readonly Counter<long> departments;
    private readonly Counter<long> givenUp;
    private readonly Counter<long> certificates;
    private readonly Counter<long> certificatesChecked;
    private readonly Counter<long> documentsRefused;
    private readonly Counter<long> postalCopies;

    public AdherentMeter(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        started = meter.CreateCounter<long>("msa.registrations.started", "{registration}", "Sign-ups begun.");
        finished = meter.CreateCounter<long>("msa.registrations.finished", "{registration}", "Sign-ups whose terms were accepted: accounts made.");
        steps = meter.CreateCounter<long>("msa.registrations.steps", "{registration}", "Sign-ups that have reached a step between their beginning and the private space.");
        abandoned = meter.CreateCounter<long>("msa.registrations.abandoned", "{registration}", "Sign-ups erased before their end, by the last step that they had reached.");
        refused = meter.CreateCounter<long>("msa.registrations.refused", "{registration}", "Sign-ups refused, since there is an account already.");
        verifications = meter.CreateCounter<long>("msa.verifications", "{verification}", "Attempts to prove an identity.");
        signIns = meter.CreateCounter<long>("msa.sign_ins", "{sign_in}", "Attempts to sign in.");
        locks = meter.CreateCounter<long>("msa.locks", "{lock}", "Locks that have begun.");
        departments = meter.CreateCounter<long>("msa.departments", "{request}", "What has happened to requests for a department.");
        givenUp = meter.CreateCounter<long>("msa.dispatches.given_up", "{dispatch}", "Letters that will not be tried again.");
        certificates = meter.CreateCounter<long>("msa.certificates", "{certificate}", "Certificates made.");
        certificatesChecked = meter.CreateCounter<long>("msa.certificates.checked", "{check}", "Codes of certificates checked, guesses included.");
        documentsRefused = meter.CreateCounter<long>("msa.documents.refused", "{request}", "Documents asked for by somebody who does not have them.");
        postalCopies = meter.CreateCounter<long>("msa.postal_copies", "{letter}", "What has happened to letters on paper.");
    }

    /// <summary>A row has been written.</summary>
    public void Committed(AdherentState before, AdherentState after)
    {
        // A new draft is put last, and a draft that is there already stays where it is.
        if (after.Registration.Drafts is [.., var latest] && before.Registration.DraftOf(latest.TicketHash) is null)
            started.Add(1);
        if (after.Registration.Completed is { } completed && completed.At != before.Registration.Completed?.At)
            finished.Add(1);
        CountSteps(before, after);
        if (!ReferenceEquals(before.Registration, after.Registration))
            CountAbandoned(before, after);
        if (!ReferenceEquals(before.Enrolments, after.Enrolments))
            CountRequests(before.Enrolments, after.Enrolments);
        if (!ReferenceEquals(before.PostalCopies, after.PostalCopies))
            CountCopies(before.PostalCopies, after.PostalCopies);
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
        CountSignIn(outcome switch
        {
            SignInOutcome.SignedIn => "signed_in",
            SignInOutcome.Expired => "expired",
            _ => "refused",
        });
        return outcome;
    }

    /// <summary>Who has no account yet has not tried to sign in: he is about to sign up.</summary>
    public FranceConnectSignInOutcome Counted(FranceConnectSignInOutcome outcome)
    {
        if (outcome is not FranceConnectSignInOutcome.NoAccount)
            CountSignIn(outcome is FranceConnectSignInOutcome.SignedIn ? "signed_in" : "refused");
        return outcome;
    }

    /// <summary>Guesses are guesses wherever they are made. A right password that does not do is neither.</summary>
    public VouchOutcome Counted(VouchOutcome outcome)
    {
        if (outcome is not VouchOutcome.NotYet)
            CountSignIn(outcome is VouchOutcome.Vouched ? "signed_in" : "refused");
        return outcome;
    }

    public void GivenUp(LetterKind kind) => givenUp.Add(1, Tag("kind", kind.ToString()));

    public void Certified(CertificateKind kind) => certificates.Add(1, Tag("kind", kind switch
    {
        CertificateKind.HealthRights => "health_rights",
        CertificateKind.Payments => "payments",
    }));

    public void CertificateChecked(bool genuine) => certificatesChecked.Add(1, Tag("outcome", genuine ? "genuine" : "unknown"));

    public void DocumentRefused() => documentsRefused.Add(1);

    private void CountSteps(AdherentState before, AdherentState after)
    {
        if (!ReferenceEquals(before.Registration, after.Registration))
        {
            foreach (var draft in after.Registration.Drafts)
            {
                var known = before.Registration.DraftOf(draft.TicketHash);
                CountStep("details_given", draft.Details is not null && known?.Details is null);
                CountStep("identity_proved", draft.ProvedAt is not null && known?.ProvedAt is null);
            }
        }
        if (after.Registration.Completed is null)
            return;
        CountStep("password_sent", !ReferenceEquals(before.Dispatches, after.Dispatches) && after.Credentials.Personal is null && PasswordWasSent(after) && !PasswordWasSent(before));
        CountStep("password_chosen", after.Credentials.Personal is not null && before.Credentials.Personal is null);
        CountStep("contact_confirmed", after.Contact.ConfirmedAt is not null && before.Contact.ConfirmedAt is null);
    }

    private void CountAbandoned(AdherentState before, AdherentState after)
    {
        var erased = before.Registration.Completed is not null && after.Registration.Completed is null && after.Closures.Count <= before.Closures.Count;
        if (erased)
            CountAbandoned(PasswordWasSent(before) ? "password_sent" : "terms_accepted");
        // Drafts also end when an account is made, opened or closed: beside it they are void, and nobody has given them up.
        if (!erased && before.Registration.Completed != after.Registration.Completed)
            return;
        foreach (var draft in before.Registration.Drafts)
        {
            if (after.Registration.DraftOf(draft.TicketHash) is null)
                CountAbandoned(draft.ProvedAt is not null ? "identity_proved" : draft.Details is not null ? "details_given" : "number_typed");
        }
    }

    private void CountRequests(Enrolments before, Enrolments after)
    {
        foreach (var request in after.Requests)
        {
            var known = before.Requests.Find(r => r.Letter == request.Letter);
            if (ReferenceEquals(known, request))
                continue;
            CountRequest("requested", known is null);
            CountRequest("code_sent", request.CodeSentAt is not null && known?.CodeSentAt is null);
            if (request.Ending is { } ending && known?.Ending is null)
                CountRequest(NameOf(ending), true);
        }
    }

    private void CountCopies(PostalCopies before, PostalCopies after)
    {
        var (waited, waiting) = (before.Waiting.Select(c => c.Id).ToHashSet(), after.Waiting.Select(c => c.Id).ToHashSet());
        var posted = after.All.Count(c => !c.IsWaiting && waited.Contains(c.Id));
        CountCopies("requested", waiting.Except(waited).Count());
        CountCopies("posted", posted);
        CountCopies("dropped", waited.Except(waiting).Count() - posted);
    }

    /// <summary>A way into the account that is there now has left by mail.</summary>
    private static bool PasswordWasSent(AdherentState state) => state.Registration.Completed is { } account && state.Dispatches.All.Exists(
        d => d.Kind is LetterKind.ProvisionalPassword or LetterKind.NewProvisionalPassword && d.SentAt >= account.At);

    private static string NameOf(EnrolmentEnding ending) => ending switch
    {
        EnrolmentEnding.Activated => "activated",
        EnrolmentEnding.KnownMeanwhile => "known_meanwhile",
        EnrolmentEnding.Expired => "expired",
        EnrolmentEnding.Locked => "locked",
        EnrolmentEnding.Cancelled => "cancelled",
        EnrolmentEnding.Undeliverable => "undeliverable",
    };

    private void CountSignIn(string outcome) => signIns.Add(1, Tag("outcome", outcome));

    private void CountStep(string step, bool reached)
    {
        if (reached)
            steps.Add(1, Tag("step", step));
    }

    private void CountAbandoned(string step) => abandoned.Add(1, Tag("step", step));

    private void CountRequest(string what, bool happened)
    {
        if (happened)
            departments.Add(1, Tag("event", what));
    }

    private void CountCopies(string what, int letters)
    {
        if (letters > 0)
            postalCopies.Add(letters, Tag("event", what));
    }

    private void CountLock(string kind, Lockout before, Lockout after)
    {
        if (after.Locks > before.Locks)
            locks.Add(1, Tag("kind", kind));
    }

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
