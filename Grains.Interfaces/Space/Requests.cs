using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Grains.Interfaces.Enrolments;
using MsaOrleans.Grains.Interfaces.Messages;

namespace MsaOrleans.Grains.Interfaces.Space;

/// <summary>One thing that an adherent asked of the MSA, and where it stands.</summary>
[GenerateSerializer, Immutable, Alias("msa.space-request")]
public abstract record SpaceRequest
{
    private SpaceRequest() { }

    /// <summary>What happened to it, oldest first, and what is to come; it begins with his asking.</summary>
    [Id(0)] public required IReadOnlyList<RequestStep> Steps { get; init; }

    public DateTimeOffset MadeAt => Steps[0].At;

    /// <summary>It has not come to its end.</summary>
    public abstract bool IsOpen { get; }

    /// <summary>To be enrolled in one more department.</summary>
    [GenerateSerializer, Immutable, Alias("msa.space-request.department")]
    public sealed record Department(EnrolmentRequestSummary Request) : SpaceRequest
    {
        public override bool IsOpen => Request.IsPending;
    }

    /// <summary>That his caisse take a new address over.</summary>
    [GenerateSerializer, Immutable, Alias("msa.space-request.address")]
    public sealed record Address(AddressChangeSummary Change) : SpaceRequest
    {
        public override bool IsOpen => Change is { TakenOverAt: null, ReplacedAt: null };

        public override string ToString() => "change of address";
    }

    /// <summary>That a message be answered. Answered, it is still open: he may go on until the MSA closes it.</summary>
    [GenerateSerializer, Immutable, Alias("msa.space-request.message")]
    public sealed record Message(ConversationSummary Conversation) : SpaceRequest
    {
        public override bool IsOpen => Conversation.State != ConversationState.Closed;
    }
}

/// <summary>One step of a request.</summary>
/// <param name="Kind">What happened, or is to happen.</param>
/// <param name="At">When.</param>
[GenerateSerializer, Immutable, Alias("msa.request-step")]
public sealed record RequestStep(RequestStepKind Kind, DateTimeOffset At);

/// <summary>Steps of requests.</summary>
public enum RequestStepKind
{
    /// <summary>He asked.</summary>
    Made,

    /// <summary>A code is to leave.</summary>
    CodeDue,

    CodeSent,

    /// <summary>The code works until then.</summary>
    CodeExpires,

    /// <summary>The caisse has taken an address over.</summary>
    TakenOver,

    /// <summary>Another address took the place of this one.</summary>
    Replaced,

    /// <summary>The last answer of the MSA.</summary>
    Answered,

    /// <summary>The last message of his after the first.</summary>
    WrittenAgain,

    /// <summary>It came to its end: where it stands says to which.</summary>
    Ended,
}
