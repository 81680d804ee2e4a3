using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Grains.Interfaces.Enrolments;
using MsaOrleans.Grains.Interfaces.Messages;
using MsaOrleans.Grains.Interfaces.Space;
using MsaOrleans.Grains.Ports;
using static MsaOrleans.Grains.Interfaces.Space.RequestStepKind;
using static MsaOrleans.Grains.Tests.Samples;

namespace MsaOrleans.Grains.Tests.Domain;

public sealed class SpaceRequestsTests
{
    private static readonly Guid letter = Guid.Parse("0195a000-0000-7000-8000-000000000001");
    private static readonly DateTimeOffset dueAt = Now.AddDays(3);
    private static readonly PasswordHash hash = new("argon2id", 8, 1, "c2FsdA==", "aGFzaA==");

    // Asked, and the letter with its code owed.
    private static readonly AdherentState asked = new()
    {
        Enrolments = new Enrolments().Request("01", letter, dueAt, Now).Item1,
        Dispatches = new Dispatches().Request(letter, LetterKind.DepartmentCode, Email, Now, dueAt),
    };

    private static readonly AdherentState sent = asked with
    {
        Enrolments = asked.Enrolments.Issue(letter, hash, dueAt.AddDays(10)).Sent(letter, dueAt),
        Dispatches = asked.Dispatches.Confirm(letter, dueAt),
    };

    [Fact]
    public void Who_asked_for_nothing_has_nothing() => Assert.Empty(SpaceRequests.Of(new(), Now));

    [Fact]
    public void A_department_asked_for_waits_for_its_code()
    {
        var request = Assert.IsType<SpaceRequest.Department>(Assert.Single(SpaceRequests.Of(asked, Now)));
        Assert.Equal(("01", EnrolmentRequestStatus.Requested, true, Now), (request.Request.Department, request.Request.Status, request.IsOpen, request.MadeAt));
        Assert.Equal([new(Made, Now), new(CodeDue, dueAt)], request.Steps);
    }

    [Fact]
    public void A_code_whose_letter_waits_for_another_try_is_due_then()
    {
        var (tried, _) = asked.Dispatches.Take(letter, dueAt);
        var (failed, retryAt) = tried.Fail(letter, new(Permanent: false, "unreachable"), [TimeSpan.FromHours(2)], dueAt);
        Assert.Equal(dueAt.AddHours(2), retryAt);
        Assert.Equal([new(Made, Now), new(CodeDue, dueAt.AddHours(2))], Single(asked with { Dispatches = failed }, dueAt).Steps);
    }

    [Fact]
    public void A_code_that_was_sent_works_until_it_expires_and_then_the_request_has_ended()
    {
        Assert.Equal([new(Made, Now), new(CodeSent, dueAt), new(CodeExpires, dueAt.AddDays(10))], Single(sent, dueAt.AddDays(1)).Steps);

        var late = Assert.IsType<SpaceRequest.Department>(Single(sent, dueAt.AddDays(10)));
        Assert.Equal((EnrolmentRequestStatus.Expired, false), (late.Request.Status, late.IsOpen));
        Assert.Equal([new(Made, Now), new(CodeSent, dueAt), new(Ended, dueAt.AddDays(10))], late.Steps);
    }

    [Fact]
    public void A_code_that_was_entered_opens_the_department()
    {
        var done = Assert.IsType<SpaceRequest.Department>(Single(sent with { Enrolments = sent.Enrolments.Activate(letter, dueAt.AddDays(1)) }, dueAt.AddDays(2)));
        Assert.Equal((EnrolmentRequestStatus.Activated, false), (done.Request.Status, done.IsOpen));
        Assert.Equal([new(Made, Now), new(CodeSent, dueAt), new(Ended, dueAt.AddDays(1))], done.Steps);
    }

    [Theory]
    [InlineData(nameof(EnrolmentEnding.Cancelled), EnrolmentRequestStatus.Cancelled)]
    [InlineData(nameof(EnrolmentEnding.KnownMeanwhile), EnrolmentRequestStatus.KnownMeanwhile)]
    [InlineData(nameof(EnrolmentEnding.Locked), EnrolmentRequestStatus.Locked)]
    [InlineData(nameof(EnrolmentEnding.Undeliverable), EnrolmentRequestStatus.Undeliverable)]
    public void A_request_that_ended_before_its_code_left_says_neither_when_it_was_due(string ending, EnrolmentRequestStatus status)
    {
        var ended = asked.Enrolments.End(letter, Enum.Parse<EnrolmentEnding>(ending), Now.AddHours(1));
        var request = Assert.IsType<SpaceRequest.Department>(Single(asked with { Enrolments = ended }, Now.AddDays(1)));
        Assert.Equal((status, false), (request.Request.Status, request.IsOpen));
        Assert.Equal([new(Made, Now), new(Ended, Now.AddHours(1))], request.Steps);
    }

    [Fact]
    public void A_change_of_address_waits_for_the_caisse_or_for_another()
    {
        var (first, second) = (new PostalAddress("3 place de l'Église", "67000", "Strasbourg"), new PostalAddress("8 rue Haute", "68000", "Colmar"));
        var told = new AddressChanges().Tell(first, Now);
        Assert.Equal([new(Made, Now)], Single(With(told), Now).Steps);
        Assert.True(Single(With(told), Now).IsOpen);

        var requests = SpaceRequests.Of(With(told.Tell(second, Now.AddDays(1)).Known(second, Now.AddDays(9))), Now.AddDays(9));
        Assert.Equal([second, first], requests.Cast<SpaceRequest.Address>().Select(request => request.Change.Address));
        Assert.Equal([[new(Made, Now.AddDays(1)), new(TakenOver, Now.AddDays(9))], [new(Made, Now), new(Replaced, Now.AddDays(1))]], requests.Select(request => request.Steps));
        Assert.All(requests, request => Assert.False(request.IsOpen));
        Assert.DoesNotContain("Colmar", requests[0].ToString(), StringComparison.Ordinal);

        static AdherentState With(AddressChanges changes) => new() { Contact = new() { AddressChanges = changes } };
    }

    [Fact]
    public void A_message_is_asked_answered_asked_again_and_closed()
    {
        var id = Guid.NewGuid();
        var conversation = new Conversation { Id = id, Topic = MessageTopic.Health, Messages = [new(Now, null, "Quand ?")] };
        Assert.Equal([new(Made, Now)], Of(conversation).Steps);

        conversation = conversation.With(new(Now.AddHours(1), "marie", "Demain."));
        Assert.Equal([new(Made, Now), new(Answered, Now.AddHours(1))], Of(conversation).Steps);
        Assert.True(Of(conversation).IsOpen);

        conversation = conversation.With(new(Now.AddHours(2), null, "Merci, mais à quelle heure ?")).With(new(Now.AddHours(3), null, "Alors ?"));
        Assert.Equal([new(Made, Now), new(Answered, Now.AddHours(1)), new(WrittenAgain, Now.AddHours(3))], Of(conversation).Steps);

        conversation = conversation.With(new(Now.AddHours(4), "marc", "À midi.")) with { ClosedAt = Now.AddHours(4) };
        Assert.Equal([new(Made, Now), new(WrittenAgain, Now.AddHours(3)), new(Answered, Now.AddHours(4)), new(Ended, Now.AddHours(4))], Of(conversation).Steps);
        Assert.Equal((false, id, ConversationState.Closed), (Of(conversation).IsOpen, Of(conversation).Conversation.Id, Of(conversation).Conversation.State));

        static SpaceRequest.Message Of(Conversation one) => Assert.IsType<SpaceRequest.Message>(Single(new() { Conversations = new() { All = [one] } }, Now.AddDays(1)));
    }

    [Fact]
    public void The_latest_asked_comes_first_whatever_it_is()
    {
        var state = asked with
        {
            Contact = new() { AddressChanges = new AddressChanges().Tell(new("8 rue Haute", "68000", "Colmar"), Now.AddHours(2)) },
            Conversations = new Conversations().Begin(Guid.NewGuid(), MessageTopic.Other, "Bonjour", Now.AddHours(1)).Item1.Begin(Guid.NewGuid(), MessageTopic.Health, "Bonjour", Now.AddHours(3)).Item1,
        };
        Assert.Equal(
            [typeof(SpaceRequest.Message), typeof(SpaceRequest.Address), typeof(SpaceRequest.Message), typeof(SpaceRequest.Department)],
            SpaceRequests.Of(state, Now.AddDays(1)).Select(request => request.GetType()));
    }

    private static SpaceRequest Single(AdherentState state, DateTimeOffset now) => Assert.Single(SpaceRequests.Of(state, now));
}
