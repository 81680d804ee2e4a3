using MsaOrleans.Grains.Interfaces;
using MsaOrleans.Grains.Interfaces.Enrolments;
using MsaOrleans.Grains.Interfaces.Space;
using MsaOrleans.Web.Pages.Account;

namespace MsaOrleans.Web.Forms;

/// <summary>What an adherent asked of the MSA, in words.</summary>
public static class RequestTexts
{
    /// <summary>What was asked.</summary>
    public static string TitleOf(SpaceRequest request) => request switch
    {
        SpaceRequest.Department { Request.Department: var code } => $"Inscription dans le département {EnrolmentTexts.LabelOf(code)}",
        SpaceRequest.Address { Change.Address: var address } => $"Changement d'adresse : {address.Line}, {address.PostalCode} {address.City}",
        SpaceRequest.Message { Conversation.Topic: var topic } => $"Message : {MessageTexts.Of(topic)}",
        _ => throw new ArgumentOutOfRangeException(nameof(request)),
    };

    /// <summary>Where it stands, in two or three words.</summary>
    public static string StateOf(SpaceRequest request) => request switch
    {
        SpaceRequest.Department { Request.Status: var status } => EnrolmentTexts.Of(status),
        SpaceRequest.Address { Change: var change } => IndexModel.StateOf(change),
        SpaceRequest.Message { Conversation: { HasNews: true } } => "Nouvelle réponse",
        SpaceRequest.Message { Conversation.State: var state } => MessageTexts.Of(state),
        _ => throw new ArgumentOutOfRangeException(nameof(request)),
    };

    /// <summary>What happened to it, and when, in order.</summary>
    public static IEnumerable<(string What, string When)> History(SpaceRequest request) => request switch
    {
        SpaceRequest.Department department => EnrolmentTexts.History(department.Request),
        SpaceRequest.Message message => message.Steps.Select(step => (step.Kind == RequestStepKind.Made ? "Message envoyé" : Of(step.Kind), FrenchCalendar.Moment(step.At))),
        _ => request.Steps.Select(step => (Of(step.Kind), FrenchCalendar.Moment(step.At))),
    };

    /// <summary>A step of whatever request.</summary>
    public static string Of(RequestStepKind step) => step switch
    {
        RequestStepKind.Made => "Demande faite",
        RequestStepKind.CodeDue => "Envoi du code prévu",
        RequestStepKind.CodeSent => "Code envoyé",
        RequestStepKind.CodeExpires => "Code valable jusqu'au",
        RequestStepKind.TakenOver => "Prise en compte par la caisse",
        RequestStepKind.Replaced => "Remplacée par une autre",
        RequestStepKind.Answered => "Réponse de la MSA",
        RequestStepKind.WrittenAgain => "Votre dernier message",
        RequestStepKind.Ended => "Terminée par la MSA",
    };

    /// <summary>What he can do about it; nothing when there is nothing to do but wait, or nothing to do at all.</summary>
    public static string? Advice(SpaceRequest request) => request switch
    {
        SpaceRequest.Department { Request.Status: var status } => status switch
        {
            EnrolmentRequestStatus.Requested => "Le code confidentiel vous sera envoyé par courriel. Vous n'avez rien à faire d'ici là.",
            EnrolmentRequestStatus.CodeSent => "Saisissez le code confidentiel que vous avez reçu par courriel.",
            _ => EnrolmentTexts.Advice(status),
        },
        SpaceRequest.Address { IsOpen: true } => "Votre caisse doit encore l'enregistrer. Vous n'avez rien à faire.",
        _ => null,
    };
}
