using MsaOrleans.Grains.Interfaces.Messages;

namespace MsaOrleans.Web.Forms;

/// <summary>What adherents and the MSA write to each other, in words for both.</summary>
public static class MessageTexts
{
    public static string Of(MessageTopic topic) => topic switch
    {
        MessageTopic.Payments => "Paiements",
        MessageTopic.Certificates => "Attestations",
        MessageTopic.ContactDetails => "Coordonnées et adresse",
        MessageTopic.Health => "Santé",
        MessageTopic.Pension => "Retraite",
        MessageTopic.OnlineAccount => "Mon compte en ligne",
        MessageTopic.Other => "Autre",
    };

    public static string Of(ConversationState state) => state switch
    {
        ConversationState.Waiting => "En attente de réponse",
        ConversationState.Answered => "Répondu",
        ConversationState.Closed => "Terminé",
    };

    /// <summary><c> (paiements)</c>, after what an agent did; nothing when he found no conversation.</summary>
    public static string About(string? topic) => Read(topic) is { } known ? $" ({Of(known).ToLowerInvariant()})" : "";

    public static string CountOf(int messages) => messages == 1 ? "un message" : $"{messages}\u00a0messages";

    /// <summary>A topic by its name.</summary>
    public static MessageTopic? Read(string? name) => Enum.TryParse<MessageTopic>(name, out var topic) && Enum.IsDefined(topic) ? topic : null;
}
