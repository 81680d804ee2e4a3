using System.Globalization;
using MsaOrleans.Grains.Interfaces;
using MsaOrleans.Grains.Interfaces.Documents;

namespace MsaOrleans.Web.Forms;

/// <summary>Certificates in words.</summary>
public static class CertificateTexts
{
    public static string Of(CertificateKind kind) => kind switch
    {
        CertificateKind.HealthRights => "Attestation de droits à l'assurance maladie",
        CertificateKind.Payments => "Attestation de paiements",
    };

    /// <summary><c>du 1er janvier 2026 au 30 juin 2026</c>.</summary>
    public static string Of(PaymentPeriod period) => $"du {FrenchCalendar.Day(period.From)} au {FrenchCalendar.Day(period.To)}";

    /// <summary>What the file is called on his machine: no number, no name.</summary>
    public static string FileNameOf(CertificateSummary certificate) => string.Create(
        CultureInfo.InvariantCulture,
        $"attestation-{(certificate.Kind is CertificateKind.HealthRights ? "de-droits" : "de-paiements")}-{FrenchCalendar.DayOf(certificate.MadeAt):yyyy-MM-dd}.pdf");

    /// <summary>Why a certificate was not made, and what to do; nothing when it was, or when he must sign in.</summary>
    public static string? RefusalOf(CertificateOutcome outcome) => outcome switch
    {
        CertificateOutcome.NotInsured => "D'après votre caisse, vous n'êtes pas assuré à la MSA pour votre santé. Demandez cette attestation à l'organisme qui rembourse vos soins.",
        CertificateOutcome.NoPayments => "La MSA ne vous a rien versé entre ces deux dates. Choisissez une autre période.",
        CertificateOutcome.TooManyPayments many => string.Create(
            CultureInfo.GetCultureInfo("fr-FR"), $"Cette période compte {many.Found:N0} paiements, et une attestation en liste {many.Most:N0} au plus. Choisissez une période plus courte."),
        CertificateOutcome.TooMany => "Vous avez créé beaucoup d'attestations depuis hier. Téléchargez l'une d'elles dans Mes documents, ou revenez demain.",
        _ => null,
    };

    public static string SentenceOf(PeriodFault fault, DateOnly today) => fault switch
    {
        PeriodFault.TooOld => $"Choisissez un début à partir du {FrenchCalendar.Day(PaymentPeriod.Earliest(today))}. Pour des paiements plus anciens, écrivez à votre caisse.",
        PeriodFault.BeginsInFuture => "Ce début est dans l'avenir. Choisissez une date d'aujourd'hui ou d'avant.",
        PeriodFault.EndsInFuture => "Cette fin est dans l'avenir. Choisissez une date d'aujourd'hui ou d'avant.",
        PeriodFault.Reversed => "Cette fin vient avant le début. Échangez les deux dates, ou corrigez-en une.",
        PeriodFault.None => throw new ArgumentOutOfRangeException(nameof(fault)),
    };
}
