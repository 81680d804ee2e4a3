using MsaOrleans.Grains.Interfaces;
using MsaOrleans.Grains.Interfaces.Caisses;
using MsaOrleans.Grains.Interfaces.Enrolments;
using MsaOrleans.Grains.Interfaces.Space;

namespace MsaOrleans.Web.Forms;

/// <summary>Departments and requests for them, in words.</summary>
public static class EnrolmentTexts
{
    /// <summary>Where a request stands, in two or three words.</summary>
    public static string Of(EnrolmentRequestStatus status) => status switch
    {
        EnrolmentRequestStatus.Requested => "Code attendu",
        EnrolmentRequestStatus.CodeSent => "Code envoyé",
        EnrolmentRequestStatus.Activated => "Département activé",
        EnrolmentRequestStatus.KnownMeanwhile => "Activé sans code",
        EnrolmentRequestStatus.Expired => "Code expiré",
        EnrolmentRequestStatus.Locked => "Code annulé",
        EnrolmentRequestStatus.Cancelled => "Demande annulée",
        EnrolmentRequestStatus.Undeliverable => "Courriel non remis",
    };

    /// <summary>What happened to a request, and when, in order.</summary>
    public static IEnumerable<(string What, string When)> History(EnrolmentRequestSummary request) =>
        request.Steps.Select(step => (step.Kind == RequestStepKind.Ended ? Of(request.Status) : RequestTexts.Of(step.Kind), FrenchCalendar.Moment(step.At)));

    /// <summary>What the adherent can do about a request that came to a bad end; nothing when there is nothing to do.</summary>
    public static string? Advice(EnrolmentRequestStatus status) => status switch
    {
        EnrolmentRequestStatus.Expired => "Le code n'a pas été saisi à temps. Vous pouvez faire une nouvelle demande.",
        EnrolmentRequestStatus.Locked => "Le code a été annulé après plusieurs saisies erronées. Vous pouvez faire une nouvelle demande.",
        EnrolmentRequestStatus.Undeliverable => "Le courriel n'a pas pu vous être remis. Vérifiez votre adresse email, puis faites une nouvelle demande.",
        EnrolmentRequestStatus.KnownMeanwhile => "La MSA de ce département vous connaît désormais : aucun code n'est nécessaire.",
        _ => null,
    };

    /// <summary>How a department came to be open.</summary>
    public static string Of(EnrolmentOrigin origin) => origin switch
    {
        EnrolmentOrigin.Automatic => "activé automatiquement",
        EnrolmentOrigin.Code => "activé avec votre code",
    };

    /// <summary>The caisse of a department: <c>MSA Alsace</c>.</summary>
    public static string CaisseOf(string department) => CaisseDirectory.CaisseOf(department) is { } caisse ? $"MSA {caisse.Name}" : "MSA";

    /// <summary>As the lists show it: <c>67-Bas-Rhin</c>.</summary>
    public static string LabelOf(string department) => CaisseDirectory.Department(department)?.Label ?? department;
}
