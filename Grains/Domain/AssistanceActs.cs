using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Assistance;

namespace MsaOrleans.Grains.Domain;

/// <summary>
/// What agents do with an adherent's file. Each act looks at the file as it is now, so that one that comes second, or too late, changes nothing. What is not
/// <see cref="AssistanceOutcome.Done"/> leaves the state as it was.
/// </summary>
internal static class AssistanceActs
{
    /// <summary>Two agents who send a password at the same moment send one.</summary>
    public static readonly TimeSpan JustSent = TimeSpan.FromMinutes(2);

    public static (AdherentState Next, AssistanceOutcome Outcome) UnlockVerification(AdherentState state, DateTimeOffset now) =>
        state.Verification.Lockout.HoldsAt(now)
            ? Done(state with { Verification = state.Verification with { Lockout = state.Verification.Lockout.Opened() } })
            : (state, AssistanceOutcome.NothingToDo);

    public static (AdherentState Next, AssistanceOutcome Outcome) UnlockSignIn(AdherentState state, DateTimeOffset now) =>
        state.Credentials.Lockout.HoldsAt(now)
            ? Done(state with { Credentials = state.Credentials with { Lockout = state.Credentials.Lockout.Opened() } })
            : (state, AssistanceOutcome.NothingToDo);

    /// <summary>To the address that is kept, and alone, as when he asks for it himself.</summary>
    public static (AdherentState Next, AssistanceOutcome Outcome) SendProvisionalPassword(AdherentState state, Guid letter, DateTimeOffset now) =>
        state.Registration.Completed is null ? (state, AssistanceOutcome.NoAccount)
        : IsOnItsWay(state, now) ? (state, AssistanceOutcome.NothingToDo)
        : state.Assistance.PasswordsLeft(now) <= 0 ? (state, AssistanceOutcome.TooMany)
        : Done(WithPassword(state, letter, now));

    /// <summary>
    /// Another address. Nobody has read anything at the one of an account that was never opened: it was mistyped, and is replaced. Of any other account, and of one
    /// that FranceConnect opens, the new one must be proved first, or whoever can pass for him on the telephone would have the letters that open his space.
    /// </summary>
    public static (AdherentState Next, AssistanceOutcome Outcome) CorrectEmail(AdherentState state, EmailAddress address, bool phoneChecked, Guid letter, Guid notice, DateTimeOffset now)
    {
        if (!phoneChecked)
            return (state, AssistanceOutcome.PhoneNotChecked);
        if (state.Registration.Completed is null)
            return (state, AssistanceOutcome.NoAccount);
        var old = state.Contact.Email!;
        if (address == old)
            return (state, AssistanceOutcome.NothingToDo);
        if (state is { Credentials.Personal: null, Contact.EmailVerifiedAt: null, FranceConnect.Subject: null })
        {
            if (state.Assistance.PasswordsLeft(now) <= 0)
                return (state, AssistanceOutcome.TooMany);
            // Whoever reads the old mailbox keeps no way in.
            var moved = state with
            {
                Contact = state.Contact.WithUnprovedEmail(address),
                Credentials = state.Credentials with { Provisional = null },
                Sessions = state.Sessions.CloseAll(),
            };
            var sending = WithPassword(moved, letter, now);
            return Done(sending with { Dispatches = sending.Dispatches.Request(notice, LetterKind.EmailCorrected, old, now) });
        }
        var contact = state.ContactWithoutDeadLink.ChangeEmail(address, letter, now);
        return contact.PendingEmail!.Link != letter ? (state, AssistanceOutcome.NothingToDo) : Done(state with
        {
            Contact = contact,
            Dispatches = state.Dispatches
                .Request(letter, LetterKind.EmailChangeLink, address, now)
                .Request(notice, LetterKind.EmailCorrectionRequested, old, now),
        });
    }

    public static (AdherentState Next, AssistanceOutcome Outcome) CancelDepartment(AdherentState state, string department, DateTimeOffset now) =>
        state.Enrolments.ExpiredAt(now).PendingFor(department) is { } request
            ? Done(state.WithoutRequest(request, now))
            : (state, AssistanceOutcome.NothingToDo);

    public static (AdherentState Next, AssistanceOutcome Outcome) HastenDepartment(AdherentState state, string department, DateTimeOffset now) =>
        state.Enrolments.PendingFor(department) is { } request && state.Dispatches.Hasten(request.Letter, now) is var hastened && hastened != state.Dispatches
            ? Done(state with { Dispatches = hastened, Enrolments = state.Enrolments.Hasten(request.Letter, now) })
            : (state, AssistanceOutcome.NothingToDo);

    public static (AdherentState Next, AssistanceOutcome Outcome) CloseSessions(AdherentState state, SessionLimits limits, DateTimeOffset now) =>
        state.Sessions.OpenAt(now, limits).Any()
            ? Done(state with { Sessions = state.Sessions.CloseAll() })
            : (state, AssistanceOutcome.NothingToDo);

    /// <summary>A button pressed twice adds one note.</summary>
    public static (AdherentState Next, AssistanceOutcome Outcome) AddNote(AdherentState state, string agent, string typed, DateTimeOffset now)
    {
        var text = Typed.Text(typed);
        return text.Length == 0 ? (state, AssistanceOutcome.TextMissing)
            : text.Length > FileNote.MaxLength ? (state, AssistanceOutcome.TextTooLong)
            : state.Assistance.Notes is [.., var last] && (last.Agent, last.Text) == (agent, text) ? (state, AssistanceOutcome.NothingToDo)
            : Done(state with { Assistance = state.Assistance.Add(new(now, agent, text)) });
    }

    private static (AdherentState, AssistanceOutcome) Done(AdherentState next) => (next, AssistanceOutcome.Done);

    // To the address that is kept; queued without a failure so far, or gone a moment ago.
    private static bool IsOnItsWay(AdherentState state, DateTimeOffset now) => state.Dispatches.LastPassword is { } letter && letter.To == state.Contact.Email
        && (letter.IsPending ? letter.LastFailure is null : letter.SentAt <= now && now < letter.SentAt + JustSent);

    private static AdherentState WithPassword(AdherentState state, Guid letter, DateTimeOffset now) => state with
    {
        Assistance = state.Assistance.PasswordSent(now),
        Dispatches = state.Dispatches.VoidPasswords(now).Request(
            letter, state.Credentials.Personal is null ? LetterKind.ProvisionalPassword : LetterKind.NewProvisionalPassword, state.Contact.Email!, now),
    };
}
