using FsCheck.Xunit;
using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Ports;
using static MsaOrleans.Grains.Tests.Samples;

namespace MsaOrleans.Grains.Tests.Domain;

public sealed class AssistanceActsTests
{
    private static readonly AdherentPolicy policy = new();
    private static readonly PasswordHash hash = new("cheap", 0, 1, "salt", "hash");

    /// <summary>Whatever agents and the adherent do in whatever order, an agent opens nothing by himself and cannot be made to flood a mailbox.</summary>
    [Property(MaxTest = 500)]
    public void Whatever_agents_do_between_the_adherent_s_own_doings_opens_nothing(byte[] events)
    {
        var (state, now, sent) = (Opened(), Now, new List<DateTimeOffset>());
        foreach (var happened in events)
        {
            now = now.AddMinutes(happened);
            if (happened % 2 == 0)
            {
                state = ByHimself(state, happened / 2 % 8, now);
                continue;
            }
            var (next, outcome) = ByAnAgent(state, happened / 2 % 8, now);
            if (outcome is not AssistanceOutcome.Done)
                Assert.Same(state, next);
            Assert.Equal(state.Credentials.Personal, next.Credentials.Personal);
            Assert.All(next.Credentials.ProvisionalHashes, h => Assert.Contains(h, state.Credentials.ProvisionalHashes));
            Assert.Equal(state.Credentials.Lockout.Locks, next.Credentials.Lockout.Locks);
            Assert.True(next.Sessions.Open.All(state.Sessions.Open.Contains));
            if (state.Contact.EmailVerifiedAt is not null)
                Assert.Equal(state.Contact.Email, next.Contact.Email);
            if (state.Contact.Email != next.Contact.Email)
                Assert.Null(next.Credentials.Provisional);
            sent.AddRange(NewPasswords(state, next).Select(_ => now));
            Assert.InRange(next.Assistance.Notes.Count, 0, Assistance.MaxNotes);
            Assert.True(next.Dispatches.Pending.Count(d => d.Kind is LetterKind.ProvisionalPassword or LetterKind.NewProvisionalPassword) <= 1);
            state = next;
        }
        Assert.All(sent, at => Assert.InRange(sent.Count(other => other > at - Assistance.Window && other <= at), 0, Assistance.MostPasswords));
    }

    [Theory]
    [InlineData("The relay did not accept the letter: 550 5.1.1 <[...]>: Recipient address rejected", LetterTrouble.MailboxUnknown)]
    [InlineData("The relay did not accept the letter: 550 No such user", LetterTrouble.MailboxUnknown)]
    [InlineData("The relay did not accept the letter: 550 5.7.1 Message rejected as spam", LetterTrouble.Blocked)]
    [InlineData("The relay did not accept the letter: 554 Transaction failed", LetterTrouble.Blocked)]
    [InlineData("The relay did not accept the letter: 552 5.2.2 Mailbox full", LetterTrouble.MailboxFull)]
    [InlineData("The relay did not accept the letter: 450 4.2.2 Mailbox full", LetterTrouble.MailboxFull)]
    [InlineData("The relay did not accept the letter: 452 Insufficient storage", LetterTrouble.MailboxFull)]
    [InlineData("The relay did not accept the letter: 451 4.7.1 Greylisted", LetterTrouble.Deferred)]
    [InlineData("The relay did not accept the letter: 521 5.3.2 Go away", LetterTrouble.Refused)]
    [InlineData("The relay did not accept the letter: 509 Go away", LetterTrouble.Refused)]
    [InlineData("The relay did not accept the letter: 500 Go away", LetterTrouble.Refused)]
    [InlineData("The relay did not accept the letter: 250 Fine", LetterTrouble.RelayUnavailable)]
    [InlineData("The relay did not accept the letter: 650 No such code", LetterTrouble.RelayUnavailable)]
    [InlineData("The relay did not accept the letter: 560 No such code", LetterTrouble.RelayUnavailable)]
    [InlineData("The relay did not accept the letter: 5/0 No such code", LetterTrouble.RelayUnavailable)]
    [InlineData("The relay did not accept the letter: 55: No such code", LetterTrouble.RelayUnavailable)]
    [InlineData("The relay did not accept the letter: 55/ No such code", LetterTrouble.RelayUnavailable)]
    [InlineData("The relay did not accept the letter: NotSupportedException: no SMTPUTF8", LetterTrouble.AddressUnsupported)]
    [InlineData("The relay did not accept the letter: no answer within 20 seconds", LetterTrouble.RelayUnavailable)]
    [InlineData("The relay did not accept the letter: ", LetterTrouble.RelayUnavailable)]
    [InlineData("The relay cannot be used: SocketException: refused", LetterTrouble.RelayUnavailable)]
    [InlineData("The pickup directory cannot be written: IOException", LetterTrouble.RelayUnavailable)]
    [InlineData("Another way in has taken its place.", LetterTrouble.Replaced)]
    [InlineData("Cancelled.", LetterTrouble.Cancelled)]
    [InlineData("What it was for has come to its end.", LetterTrouble.NoLongerNeeded)]
    [InlineData("Something else", LetterTrouble.Other)]
    [InlineData(null, null)]
    public void What_a_relay_said_is_put_in_words_fit_for_an_agent(string? said, LetterTrouble? trouble) =>
        Assert.Equal(trouble, LetterTroubles.Of(new() { Id = Guid.NewGuid(), Kind = LetterKind.PasswordChanged, To = Email, RequestedAt = Now, LastFailure = said }));

    [Fact]
    public void What_the_record_says_of_an_act_can_be_read_again()
    {
        foreach (var outcome in Enum.GetValues<AssistanceOutcome>())
        {
            Assert.Equal((null, outcome), AssistanceDetail.Read(AssistanceDetail.Of(outcome)));
            Assert.Equal(("2A", outcome), AssistanceDetail.Read(AssistanceDetail.Of(outcome, "2A")));
        }
        Assert.Equal(("message 7 closed", null), AssistanceDetail.Read("message 7 closed"));
        Assert.Equal(("7", null), AssistanceDetail.Read("7"));
        Assert.Equal((null, null), AssistanceDetail.Read(null));
    }

    [Fact]
    public void A_lock_that_holds_is_opened_and_no_other()
    {
        var held = new Lockout { Locks = 1, Until = Now.AddHours(1), LastFailureAt = Now };
        var state = Opened() with { Verification = new() { Lockout = held }, Credentials = new() { Lockout = held } };

        Done(AssistanceActs.UnlockVerification(state, Now), next => Assert.Equal((held.Opened(), held), (next.Verification.Lockout, next.Credentials.Lockout)));
        Done(AssistanceActs.UnlockSignIn(state, Now), next => Assert.Equal((held, held.Opened()), (next.Verification.Lockout, next.Credentials.Lockout)));
        Left(state, AssistanceOutcome.NothingToDo, AssistanceActs.UnlockVerification(state, Now.AddHours(1)));
        Left(state, AssistanceOutcome.NothingToDo, AssistanceActs.UnlockSignIn(state, Now.AddHours(1)));
    }

    [Fact]
    public void A_password_is_sent_unless_one_is_on_its_way_to_where_he_is_reached()
    {
        var (state, letter) = (Opened(), Opened().Dispatches.All[0].Id);
        var first = state with { Dispatches = new Dispatches().Request(letter, LetterKind.ProvisionalPassword, Email, Now) };
        var sent = first with { Dispatches = first.Dispatches.Confirm(letter, Now) };
        var tried = first with { Dispatches = first.Dispatches.Take(letter, Now).Item1.Fail(letter, new(Permanent: false, "later"), [TimeSpan.FromHours(1)], Now).Item1 };

        Left(first, AssistanceOutcome.NothingToDo, Send(first, Now));
        Left(sent, AssistanceOutcome.NothingToDo, Send(sent, Now));
        Left(sent, AssistanceOutcome.NothingToDo, Send(sent, (Now + AssistanceActs.JustSent).AddTicks(-1)));
        Done(Send(sent, Now + AssistanceActs.JustSent), next => Assert.Equal(LetterKind.ProvisionalPassword, next.Dispatches.LastPassword!.Kind));
        Done(Send(sent, Now.AddTicks(-1)), next => Assert.Equal(AssistancePasswords(1), next.Assistance.PasswordsLeft(Now)));
        Done(Send(tried, Now), next => Assert.Equal([true, false], next.Dispatches.All.Select(d => d.IsVoid)));
        Done(Send(first with { Contact = new() { Email = OtherEmail } }, Now), next => Assert.Equal(OtherEmail, next.Dispatches.LastPassword!.To));
        Done(Send(sent with { Credentials = new() { Personal = hash } }, Now.AddDays(1)), next => Assert.Equal(LetterKind.NewProvisionalPassword, next.Dispatches.LastPassword!.Kind));

        static int AssistancePasswords(int sent) => Assistance.MostPasswords - sent;
    }

    [Fact]
    public void No_password_is_sent_without_an_account_nor_a_sixth_within_a_day()
    {
        var stranger = Opened() with { Registration = new() };
        Left(stranger, AssistanceOutcome.NoAccount, Send(stranger, Now));
        Left(stranger, AssistanceOutcome.NoAccount, Correct(stranger, OtherEmail));

        var five = Opened() with { Dispatches = new(), Assistance = new() { PasswordsSent = [.. Enumerable.Repeat(Now, 5)] } };
        Left(five, AssistanceOutcome.TooMany, Send(five, Now));
        Left(five, AssistanceOutcome.TooMany, Correct(five, OtherEmail));
        Done(Send(five with { Assistance = new() { PasswordsSent = [.. Enumerable.Repeat(Now, 4)] } }, Now), next => Assert.Equal(0, next.Assistance.PasswordsLeft(Now)));
    }

    [Fact]
    public void An_address_at_which_nobody_has_read_anything_is_replaced()
    {
        var state = Opened() with
        {
            Credentials = new Credentials().Issue(Guid.NewGuid(), Email, hash, Now.AddDays(1)),
            Sessions = new Sessions().Add(Session.Begin("token", Origin, Now, mustChangePassword: true), policy.Session),
        };
        Left(state, AssistanceOutcome.PhoneNotChecked, AssistanceActs.CorrectEmail(state, OtherEmail, phoneChecked: false, Guid.NewGuid(), Guid.NewGuid(), Now));
        Left(state, AssistanceOutcome.NothingToDo, Correct(state, Email));
        Done(Correct(state, OtherEmail), next =>
        {
            Assert.Equal((OtherEmail, null, 0), (next.Contact.Email, next.Credentials.Provisional, next.Sessions.Open.Count));
            Assert.Equal([(LetterKind.ProvisionalPassword, OtherEmail), (LetterKind.EmailCorrected, Email)], next.Dispatches.Pending.Select(d => (d.Kind, d.To)));
        });
    }

    [Fact]
    public void Any_other_address_is_to_be_proved_first_and_asked_for_once()
    {
        foreach (var state in (AdherentState[])
            [
                Opened() with { Credentials = new() { Personal = hash } },
                Opened() with { Contact = new() { Email = Email, EmailVerifiedAt = Now } },
                Opened() with { FranceConnect = new FranceConnectLink().Linked("sub", Now) },
            ])
        {
            Done(Correct(state, OtherEmail), next =>
            {
                Assert.Equal((Email, OtherEmail), (next.Contact.Email, next.Contact.PendingEmail!.Address));
                Assert.Equal([(LetterKind.EmailChangeLink, OtherEmail), (LetterKind.EmailCorrectionRequested, Email)], next.Dispatches.Pending.TakeLast(2).Select(d => (d.Kind, d.To)));
                Left(next, AssistanceOutcome.NothingToDo, Correct(next, OtherEmail));
            });
        }
    }

    [Fact]
    public void A_code_that_waits_leaves_now_and_a_request_can_be_taken_back()
    {
        var letter = Guid.NewGuid();
        var state = Opened() with
        {
            Enrolments = new Enrolments().Request("01", letter, Now + policy.CodeDelay, Now).Item1,
            Dispatches = new Dispatches().Request(letter, LetterKind.DepartmentCode, Email, Now, Now + policy.CodeDelay),
        };
        Left(state, AssistanceOutcome.NothingToDo, AssistanceActs.HastenDepartment(state, "02", Now));
        Left(state, AssistanceOutcome.NothingToDo, AssistanceActs.CancelDepartment(state, "02", Now));
        Done(AssistanceActs.HastenDepartment(state, "01", Now), next =>
        {
            Assert.Equal((Now, Now), (next.Dispatches.All[0].NotBefore, next.Enrolments.Requests[0].CodeDueAt));
            Left(next, AssistanceOutcome.NothingToDo, AssistanceActs.HastenDepartment(next, "01", Now));
        });
        Done(AssistanceActs.CancelDepartment(state, "01", Now), next =>
        {
            Assert.Equal((EnrolmentEnding.Cancelled, true), (next.Enrolments.Requests[0].Ending, next.Dispatches.All[0].IsVoid));
            Left(next, AssistanceOutcome.NothingToDo, AssistanceActs.CancelDepartment(next, "01", Now));
        });
    }

    [Fact]
    public void Sessions_that_are_open_are_closed()
    {
        var state = Opened() with { Sessions = new Sessions().Add(Session.Begin("token", Origin, Now), policy.Session) };
        Done(AssistanceActs.CloseSessions(state, policy.Session, Now), next => Assert.Empty(next.Sessions.Open));
        Left(state, AssistanceOutcome.NothingToDo, AssistanceActs.CloseSessions(state, policy.Session, Now.AddDays(1)));
    }

    [Fact]
    public void A_note_has_some_text_and_not_too_much_and_is_added_once()
    {
        var state = Opened();
        Left(state, AssistanceOutcome.TextMissing, AssistanceActs.AddNote(state, "c.roth", " \r\n ", Now));
        Left(state, AssistanceOutcome.TextTooLong, AssistanceActs.AddNote(state, "c.roth", new string('a', FileNote.MaxLength + 1), Now));
        Done(AssistanceActs.AddNote(state, "c.roth", new string('a', FileNote.MaxLength), Now), next => Assert.Equal(FileNote.MaxLength, next.Assistance.Notes[0].Text.Length));
        Done(AssistanceActs.AddNote(state, "c.roth", " Rappeler\r\njeudi ", Now), next =>
        {
            Assert.Equal([new(Now, "c.roth", "Rappeler\njeudi")], next.Assistance.Notes);
            Left(next, AssistanceOutcome.NothingToDo, AssistanceActs.AddNote(next, "c.roth", "Rappeler\njeudi", Now.AddDays(1)));
            Assert.Equal(AssistanceOutcome.Done, AssistanceActs.AddNote(next, "m.durand", "Rappeler\njeudi", Now).Outcome);
        });
    }

    private static (AdherentState Next, AssistanceOutcome Outcome) Send(AdherentState state, DateTimeOffset now) => AssistanceActs.SendProvisionalPassword(state, Guid.NewGuid(), now);

    private static (AdherentState Next, AssistanceOutcome Outcome) Correct(AdherentState state, EmailAddress address) =>
        AssistanceActs.CorrectEmail(state, address, phoneChecked: true, Guid.NewGuid(), Guid.NewGuid(), Now);

    private static void Done((AdherentState Next, AssistanceOutcome Outcome) act, Action<AdherentState> look)
    {
        Assert.Equal(AssistanceOutcome.Done, act.Outcome);
        look(act.Next);
    }

    private static void Left(AdherentState state, AssistanceOutcome outcome, (AdherentState Next, AssistanceOutcome Outcome) act)
    {
        Assert.Equal(outcome, act.Outcome);
        Assert.Same(state, act.Next);
    }

    private static (AdherentState Next, AssistanceOutcome Outcome) ByAnAgent(AdherentState state, int what, DateTimeOffset now) => what switch
    {
        0 => AssistanceActs.UnlockVerification(state, now),
        1 => AssistanceActs.UnlockSignIn(state, now),
        2 => AssistanceActs.SendProvisionalPassword(state, Guid.NewGuid(), now),
        3 => AssistanceActs.CorrectEmail(state, now.Minute % 2 == 0 ? OtherEmail : Email, phoneChecked: now.Minute % 3 != 0, Guid.NewGuid(), Guid.NewGuid(), now),
        4 => AssistanceActs.CancelDepartment(state, "01", now),
        5 => AssistanceActs.HastenDepartment(state, "01", now),
        6 => AssistanceActs.CloseSessions(state, policy.Session, now),
        _ => AssistanceActs.AddNote(state, "c.roth", $"{now:O}", now),
    };

    private static AdherentState ByHimself(AdherentState state, int what, DateTimeOffset now)
    {
        switch (what)
        {
            case 0:
                return state with { Credentials = state.Credentials.Refuse(policy.SignIn, now) };
            case 1 when state.Dispatches.LastPassword is { IsPending: true } letter:
                return state with
                {
                    Credentials = state.Credentials.Issue(letter.Id, letter.To, hash with { Hash = $"{now:O}" }, now + policy.ProvisionalLifetime),
                    Dispatches = state.Dispatches.Confirm(letter.Id, now),
                };
            case 2 when state.Credentials.Provisional is { } provisional && provisional.IsValidAt(now):
                return state with
                {
                    Credentials = state.Credentials.AcceptProvisional(provisional.Hashes[0], Origin, now),
                    Contact = state.Contact.Verified(provisional.SentTo, now),
                    Sessions = state.Sessions.Add(Session.Begin($"{now:O}", Origin, now, mustChangePassword: true), policy.Session),
                };
            case 3 when state.Contact.EmailVerifiedAt is not null:
                return state with { Credentials = state.Credentials.Personalise(hash, now), Registration = state.Registration.Opened() };
            case 4 when state.Contact.PendingEmail is { } pending:
                return state with { Contact = state.Contact.WithLink("link", now).ProveEmail("link", now).Item1, Dispatches = state.Dispatches.Confirm(pending.Link, now) };
            case 5:
                var request = Guid.NewGuid();
                var (enrolments, outcome) = state.Enrolments.Request("01", request, now + policy.CodeDelay, now);
                return outcome != Interfaces.Enrolments.EnrolmentOutcome.Requested ? state : state with
                {
                    Enrolments = enrolments,
                    Dispatches = state.Dispatches.Request(request, LetterKind.DepartmentCode, state.Contact.Email!, now, now + policy.CodeDelay),
                };
            case 6 when state.Dispatches.LastPassword is { IsPending: true } refused:
                return state with { Dispatches = state.Dispatches.Fail(refused.Id, new(Permanent: true, "550 no such user"), [], now).Item1 };
            default:
                return state with { Sessions = state.Sessions.Add(Session.Begin($"{now:O}", Origin, now), policy.Session) };
        }
    }

    private static IEnumerable<Dispatch> NewPasswords(AdherentState before, AdherentState after) => after.Dispatches.Pending
        .Where(d => d.Kind is LetterKind.ProvisionalPassword or LetterKind.NewProvisionalPassword)
        .ExceptBy(before.Dispatches.All.Select(d => d.Id), d => d.Id);

    private static AdherentState Opened() => new()
    {
        Nir = FritzNir,
        Identity = CivilIdentity.Of(Fritz),
        Registration = new() { Completed = new(Now, "ticket", "2026-01", Now.AddDays(10)) },
        Contact = new() { Email = Email },
        Dispatches = new Dispatches().Request(Guid.NewGuid(), LetterKind.ProvisionalPassword, Email, Now),
    };
}
