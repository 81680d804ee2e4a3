using MsaOrleans.Grains.Interfaces;
using MsaOrleans.Grains.Interfaces.Account;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Sessions;
using MsaOrleans.Grains.Interfaces.Space;
using MsaOrleans.Grains.Ports;

namespace MsaOrleans.Grains.Domain;

/// <summary>Draws up what an agent sees of an adherent.</summary>
/// <param name="state">All that is kept of him; the empty state when nothing is.</param>
/// <param name="known">What the caisses know; nothing when they could not be asked.</param>
/// <param name="record">What agents looked at and did, latest first.</param>
/// <param name="policy">The limits in force.</param>
/// <param name="now">The present.</param>
internal sealed class AssistanceFile(AdherentState state, CaisseKnowledge? known, IReadOnlyList<AuditEntry> record, AdherentPolicy policy, DateTimeOffset now)
{
    private readonly Enrolments enrolments = state.Enrolments.ExpiredAt(now);

    /// <summary>Latest use first.</summary>
    private readonly List<Draft> drafts = [.. state.Registration.Drafts.OrderByDescending(d => d.EraseAt)];

    private Completion? Account => state.Registration.Completed;

    public AdherentFile DrawUp() => new()
    {
        At = now,
        Standing = Standing(),
        Nir = state.Nir?.ToString(),
        RegistryAnswers = known is not null,
        Registry = known?.Person is { } person ? RegistryOf(person) : null,
        SignUps = [.. drafts.Select(SignUpOf)],
        AccountSince = Account?.At,
        Verifications = [.. state.Verification.Attempts.Reverse().Select(a => new AttemptSummary(a.At, IsCard(a), a.Matched, Lockout.LockUntil(a.LockedUntil), IsFranceConnect(a)))],
        VerificationGuard = GuardOf(state.Verification.Lockout, policy.Verification),
        SignInGuard = GuardOf(state.Credentials.Lockout, policy.SignIn),
        Letters = [.. state.Dispatches.All.Reverse().Select(LetterOf)],
        Enrolments = enrolments.OverviewWith(state.PostalCopies),
        SignIns = [.. state.Credentials.SignIns.Reverse().Select(s => new SignInSummary(s.At, s.Means, s.Origin))],
        OpenSessions =
        [
            .. state.Sessions.OpenAt(now, policy.Session).OrderByDescending(s => s.LastSeenAt).Select(s => new OpenSessionSummary(IsThisOne: false, s.StartedAt, s.LastSeenAt, s.Origin)),
        ],
        Contact = state.Contact.Email is null ? null : ContactOf(state.Contact.WithoutExpired(now)),
        Notes = [.. state.Assistance.Notes.Reverse().Select(n => new FileNote(n.At, n.Agent, n.Text))],
        FranceConnectSince = state.FranceConnect.LinkedAt,
        Conversations = [.. state.Conversations.All.OrderByDescending(c => c.LastAt).Select(c => c.Summary)],
        ClosedAccounts = [.. state.Closures.Select(c => new ClosedAccountRecord(c.OpenedAt, c.TermsVersion, c.ClosedAt))],
        PasswordsLeft = state.Assistance.PasswordsLeft(now),
        Possible = [.. Possible()],
        Timeline = [.. Happened().Reverse().OrderByDescending(e => e.At)],
    };

    // What keeps him out comes first; then how far he has got.
    private Standing Standing() =>
        Account is not null && (drafts.Count == 0 || state.HasAccountAt(now)) ? StandingOfAccount(Account)
        : known is { Person: null } ? new(StandingKind.UnknownToCaisses, drafts.FirstOrDefault()?.StartedAt, SignUp: drafts.FirstOrDefault()?.Step)
        : state.Verification.LockAt(now) is { } held ? new(StandingKind.VerificationLocked, state.Verification.Lockout.LastFailureAt, held.Until, drafts.FirstOrDefault()?.Step)
        : drafts is [var latest, ..] ? new(StandingKind.SignUpUnderWay, latest.StartedAt, SignUp: latest.Step)
        : state.Closures is [.., var closure] ? new(StandingKind.AccountClosed, closure.ClosedAt)
        : new(StandingKind.NeverBegun, Since: null);

    private Standing StandingOfAccount(Completion account)
    {
        var credentials = state.Credentials;
        if (credentials.Lockout.LockAt(now) is { } held)
            return new(StandingKind.SignInLocked, credentials.Lockout.LastFailureAt, held.Until);
        // A letter that he has done without since is no news any more.
        if (state.Dispatches.LastPassword is { SentAt: null } letter && !(letter.RequestedAt < credentials.LastSignInAt))
            return letter.IsPending
                ? new(StandingKind.AwaitingPasswordMail, letter.RequestedAt, Trouble: LetterTroubles.Of(letter))
                : new(StandingKind.PasswordMailFailed, letter.GivenUpAt, Trouble: LetterTroubles.Of(letter));
        if ((credentials.PersonalSince ?? state.FranceConnect.LinkedAt) is { } ownWay)
            return state.Contact.ConfirmedAt is { } confirmed
                ? new(StandingKind.InSpace, confirmed)
                : new(StandingKind.FirstConnectionUnfinished, ownWay, FirstConnection: FirstConnectionStep.ContactDetails);
        if (credentials.Provisional is not { } provisional || !provisional.IsValidAt(now))
            return new(StandingKind.ProvisionalPasswordExpired, credentials.Provisional?.ExpiresAt ?? account.At);
        return state.Contact.EmailVerifiedAt is not null && credentials.LastSignInAt is { } signedIn
            ? new(StandingKind.FirstConnectionUnfinished, signedIn, provisional.ExpiresAt, FirstConnection: FirstConnectionStep.Password)
            : new(StandingKind.PasswordMailSent, state.Dispatches.LastPassword?.SentAt, provisional.ExpiresAt);
    }

    private RegistryView RegistryOf(InsuredPerson person)
    {
        var today = FrenchCalendar.DayOf(now);
        return new(
            person.BirthName, person.UsedName, person.GivenNames, person.BirthDate, $"{person.Address.PostalCode} {person.Address.City}", person.Departments,
            person.HealthInsured, person.CardSerial is not null, known!.Payments.Any(p => IdentityVerification.IsRecent(p, today)));
    }

    private SignUpSummary SignUpOf(Draft draft) => new(
        draft.StartedAt, TouchedAt(draft), draft.EraseAt, draft.Step, draft.ProvedAt,
        draft.Details?.FamilyName, draft.Details?.GivenName, draft.Details?.BirthDate, draft.Details?.Email.ToString());

    private DateTimeOffset TouchedAt(Draft draft) => draft.EraseAt - policy.AbandonedAfter;

    private GuardSummary GuardOf(Lockout lockout, LockoutPolicy limits)
    {
        var held = lockout.LockAt(now);
        return new(lockout.Failures, held is null ? lockout.AttemptsLeft(limits) : 0, lockout.Locks, held, lockout.LastFailureAt);
    }

    private static LetterSummary LetterOf(Dispatch letter) => new(
        $"{letter.Kind}", $"{letter.To}", letter.RequestedAt, letter.NotBefore, letter.Tries, letter.SentAt, letter.GivenUpAt, LetterTroubles.Of(letter));

    private static ContactSummary ContactOf(Contact contact) => new(
        $"{contact.Email}", contact.EmailVerifiedAt, contact.PendingEmail?.Address.ToString(), contact.PendingEmail?.ExpiresAt,
        contact.MobilePhone?.ToString(), contact.LandlinePhone?.ToString(), contact.ConfirmedAt, contact.Reception);

    private IEnumerable<AuditedAct> Possible()
    {
        if (AssistanceActs.UnlockVerification(state, now).Outcome is AssistanceOutcome.Done)
            yield return AuditedAct.UnlockedVerification;
        if (AssistanceActs.UnlockSignIn(state, now).Outcome is AssistanceOutcome.Done)
            yield return AuditedAct.UnlockedSignIn;
        if (AssistanceActs.SendProvisionalPassword(state, Guid.Empty, now).Outcome is AssistanceOutcome.Done)
            yield return AuditedAct.SentProvisionalPassword;
        if (Account is not null)
            yield return AuditedAct.CorrectedEmail;
        if (AssistanceActs.CloseSessions(state, policy.Session, now).Outcome is AssistanceOutcome.Done)
            yield return AuditedAct.ClosedSessions;
    }

    // Of what happened at one moment the later comes last.
    private IEnumerable<TimelineEntry> Happened() =>
    [
        .. drafts.SelectMany(OfSignUp),
        .. state.Verification.Attempts.Select(a => At(a.At, a.Matched ? TimelineKind.IdentityProved : TimelineKind.IdentityNotMatched) with
        {
            ByCard = IsCard(a),
            ByFranceConnect = IsFranceConnect(a),
            Lock = Lockout.LockUntil(a.LockedUntil),
        }),
        .. OfAccount(),
        .. state.Dispatches.All.SelectMany(OfLetter),
        .. enrolments.Departments.Select(d => At(d.ActiveSince, TimelineKind.DepartmentOpened) with { Department = d.Department }),
        .. enrolments.Requests.SelectMany(OfRequest),
        .. state.Contact.AddressChanges.All.SelectMany(OfAddress),
        .. state.Conversations.All.SelectMany(OfConversation),
        .. state.Closures.Select(c => At(c.ClosedAt, TimelineKind.AccountClosed)),
        .. record.Reverse().Select(OfAgent),
    ];

    private static TimelineEntry OfAgent(AuditEntry entry)
    {
        var (subject, outcome) = AssistanceDetail.Read(entry.Detail);
        return At(entry.At, TimelineKind.Agent) with { Act = entry.Act, By = entry.By, Subject = subject, Outcome = outcome };
    }

    private IEnumerable<TimelineEntry> OfSignUp(Draft draft)
    {
        yield return At(draft.StartedAt, TimelineKind.SignUpBegun);
        if (TouchedAt(draft) > draft.StartedAt)
            yield return At(TouchedAt(draft), TimelineKind.SignUpTouched);
    }

    private IEnumerable<TimelineEntry> OfAccount()
    {
        var credentials = state.Credentials;
        (DateTimeOffset? At, TimelineKind Kind)[] once =
        [
            (Account?.At, TimelineKind.AccountOpened),
            (credentials.PersonalSince, TimelineKind.PasswordChosen),
            (state.Contact.EmailVerifiedAt, TimelineKind.EmailVerified),
            (state.Contact.ConfirmedAt, TimelineKind.ContactConfirmed),
            (state.FranceConnect.LinkedAt, TimelineKind.FranceConnectLinked),
            (state.Recovery.LastIgnoredAt, TimelineKind.PasswordForgottenInVain),
        ];
        return
        [
            .. once.Where(o => o.At is not null).Select(o => At(o.At!.Value, o.Kind)),
            .. credentials.SignIns.Select(s => At(s.At, TimelineKind.SignedIn) with { Means = s.Means, Origin = s.Origin }),
            .. credentials.Lockout.LastFailureAt is { } failed
                ? [At(failed, TimelineKind.SignInFailed) with { Lock = credentials.Lockout.LockAt(now) }]
                : Array.Empty<TimelineEntry>(),
            .. state.Recovery.Granted.Select(at => At(at, TimelineKind.PasswordForgotten)),
        ];
    }

    private static IEnumerable<TimelineEntry> OfLetter(Dispatch letter)
    {
        yield return At(letter.RequestedAt, TimelineKind.LetterRequested) with { Letter = $"{letter.Kind}" };
        if (letter.SentAt is { } sent)
            yield return At(sent, TimelineKind.LetterSent) with { Letter = $"{letter.Kind}" };
        if (letter.GivenUpAt is { } gaveUp)
            yield return At(gaveUp, TimelineKind.LetterGivenUp) with { Letter = $"{letter.Kind}", Trouble = LetterTroubles.Of(letter) };
    }

    private static IEnumerable<TimelineEntry> OfRequest(EnrolmentRequest request)
    {
        yield return At(request.RequestedAt, TimelineKind.DepartmentRequested) with { Department = request.Department };
        if (request.CodeSentAt is { } sent)
            yield return At(sent, TimelineKind.DepartmentCodeSent) with { Department = request.Department };
        if (request is { EndedAt: { } ended, Ending: not (EnrolmentEnding.Activated or EnrolmentEnding.KnownMeanwhile) })
            yield return At(ended, TimelineKind.DepartmentRequestEnded) with { Department = request.Department, Status = request.Status };
    }

    private static IEnumerable<TimelineEntry> OfAddress(AddressChange change)
    {
        yield return At(change.ToldAt, TimelineKind.AddressTold);
        if (change.TakenOverAt is { } taken)
            yield return At(taken, TimelineKind.AddressTakenOver);
    }

    private static IEnumerable<TimelineEntry> OfConversation(Conversation conversation) =>
        conversation.Messages.Where(m => m.Agent is null).Select(m => At(m.At, TimelineKind.MessageWritten) with { Topic = conversation.Topic });

    private static TimelineEntry At(DateTimeOffset at, TimelineKind kind) => new() { At = at, Kind = kind };

    private static bool IsCard(VerificationAttempt attempt) => attempt.Proof == ProofKind.VitaleCard;

    private static bool IsFranceConnect(VerificationAttempt attempt) => attempt.Proof == ProofKind.FranceConnect;
}

/// <summary>What the caisses know: the person, if they know him, and what they paid him.</summary>
internal sealed record CaisseKnowledge(InsuredPerson? Person, IReadOnlyList<Payment> Payments);
