using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Grains.Interfaces.Enrolments;
using MsaOrleans.Grains.Interfaces.Space;

namespace MsaOrleans.Grains.Domain;

/// <summary>What an adherent asked of the MSA, told from what is kept of it: departments, changes of address, messages.</summary>
internal static class SpaceRequests
{
    /// <summary>The latest asked first.</summary>
    public static IReadOnlyList<SpaceRequest> Of(AdherentState state, DateTimeOffset now)
    {
        var enrolments = state.Enrolments.ExpiredAt(now);
        return
        [
            .. enrolments.Requests.Reverse().Zip(enrolments.OverviewWith(state.PostalCopies).Requests, (request, summary) => OfDepartment(summary, state.Dispatches.All.Find(d => d.Id == request.Letter)))
                .Concat<SpaceRequest>(state.Contact.AddressChanges.All.Reverse().Select(OfAddress))
                .Concat(state.Conversations.All.Reverse().Select(OfMessage))
                .OrderByDescending(request => request.MadeAt),
        ];
    }

    // A letter that could not be delivered is tried again later: that is when the code leaves.
    private static SpaceRequest.Department OfDepartment(EnrolmentRequestSummary request, Dispatch? letter)
    {
        var told = letter is { IsPending: true } ? request with { CodeDueAt = letter.NotBefore } : request;
        return new(told) { Steps = [.. told.Steps] };
    }

    private static SpaceRequest.Address OfAddress(AddressChange change) => new(new AddressChangeSummary(change.Address, change.ToldAt, change.TakenOverAt, change.ReplacedAt))
    {
        Steps = [new(RequestStepKind.Made, change.ToldAt), .. Step(RequestStepKind.TakenOver, change.TakenOverAt), .. Step(RequestStepKind.Replaced, change.ReplacedAt)],
    };

    private static SpaceRequest.Message OfMessage(Conversation conversation) => new(conversation.Summary)
    {
        Steps =
        [
            new(RequestStepKind.Made, conversation.Messages[0].At),
            .. Step(RequestStepKind.Answered, conversation.Messages.FindLast(m => m.Agent is not null)?.At)
                .Concat(Step(RequestStepKind.WrittenAgain, conversation.Messages.Skip(1).LastOrDefault(m => m.Agent is null)?.At))
                .OrderBy(step => step.At),
            .. Step(RequestStepKind.Ended, conversation.ClosedAt),
        ],
    };

    private static IEnumerable<RequestStep> Step(RequestStepKind kind, DateTimeOffset? at) => at is { } moment ? [new(kind, moment)] : [];
}
