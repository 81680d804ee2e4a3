using FsCheck.Xunit;
using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
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
