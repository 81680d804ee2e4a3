using System.Globalization;
using MsaOrleans.Grains.Interfaces;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Web.Forms;

namespace MsaOrleans.Web.Assistance;

/// <summary>The record of the hotline in French, as supervisors read it.</summary>
internal static class RecordTexts
{
    /// <summary>Where the sealed part of an entry cannot be opened.</summary>
    public const string Illegible = "Illisible : cette ligne a été modifiée, ou sa clé n’existe plus.";

    /// <summary>What an agent did.</summary>
    public static string Of(AuditedAct act) => !Enum.IsDefined(act) ? "Acte inconnu de cette version" : act switch
    {
        AuditedAct.SignedIn => "Connexion",
        AuditedAct.SignInRefused => "Connexion refusée",
        AuditedAct.SignedOut => "Déconnexion",
        AuditedAct.Searched => "Recherche",
        AuditedAct.Looked => "Dossier consulté",
        AuditedAct.Revealed => "Donnée affichée en entier",
        AuditedAct.UnlockedVerification => "Vérification débloquée",
        AuditedAct.UnlockedSignIn => "Connexion débloquée",
        AuditedAct.SentProvisionalPassword => "Mot de passe provisoire envoyé",
        AuditedAct.CorrectedEmail => "Adresse email corrigée",
        AuditedAct.CancelledDepartmentCode => "Code de département annulé",
        AuditedAct.HastenedDepartmentCode => "Code de département avancé",
        AuditedAct.ClosedSessions => "Sessions fermées",
        AuditedAct.AddedNote => "Note ajoutée au dossier",
        AuditedAct.AnsweredMessage => "Réponse à un message",
        AuditedAct.ReadMessage => "Message lu",
        AuditedAct.OpenedAttachment => "Pièce jointe ouverte",
        AuditedAct.TookMessage => "Message pris",
        AuditedAct.GaveBackMessage => "Message rendu",
        AuditedAct.ClosedMessage => "Message clos sans réponse",
        AuditedAct.PreparedLetters => "Courriers préparés pour l’impression",
        AuditedAct.PrintedLetters => "Courriers imprimés",
        AuditedAct.PostedLetters => "Courriers marqués comme postés",
        AuditedAct.ReadAudit => "Journal lu ou exporté",
        AuditedAct.ChangedAgent => "Compte d’agent modifié",
        AuditedAct.ChangedPseudonymKey => "Clé des pseudonymes changée",
        AuditedAct.ChangedPassword => "Mot de passe de l’agent choisi",
        AuditedAct.ErasedOld => "Lignes de plus de cinq ans effacées",
    };

    /// <summary><c>25 novembre 2026 à 14 h 05 min 12 s</c>, in France; all zones count the same seconds.</summary>
    public static string Moment(DateTimeOffset at) => $"{FrenchCalendar.Moment(at)}\u00a0min\u00a0{at.Second:00}\u00a0s";

    /// <summary>Enough of a pseudonym to tell two adherents apart on a page.</summary>
    public static string Short(Guid adherent) => $"{adherent:N}"[..8];

    /// <summary>What the entry was about and what came of it. Entries about a file end with an outcome, in one word; those of others are sentences already.</summary>
    public static string? DetailOf(AuditLine line) => (line.Act, AssistanceDetail.Read(line.Detail)) switch
    {
        (AuditedAct.ErasedOld, _) => ErasedIn(line.Detail),
        (_, (var subject, { } outcome)) => string.Join(" : ", new[] { subject is null ? null : SubjectOf(line.Act, subject), OutcomeOf(outcome) }.Where(text => text is { Length: > 0 })),
        _ => line.Detail,
    };

    // The last entry erased, with its hash; then, in English, what was wrong before.
    private static string? ErasedIn(string? detail) => detail?.Split(':') is [var number, ..] && long.TryParse(number, CultureInfo.InvariantCulture, out var last)
        ? $"jusqu’à la ligne {last}{(detail.Contains(' ', StringComparison.Ordinal) ? " ; l’une au moins n’était plus intacte" : "")}"
        : detail;

    private static string SubjectOf(AuditedAct act, string subject) => act switch
    {
        AuditedAct.Revealed when Enum.TryParse<HiddenValue>(subject, out var value) && Enum.IsDefined(value) => value switch
        {
            HiddenValue.Nir => "numéro de Sécurité Sociale",
            HiddenValue.Email => "adresse email",
            HiddenValue.PendingEmail => "adresse email à confirmer",
            HiddenValue.DeclaredEmail => "adresse email de l’inscription",
            HiddenValue.MobilePhone => "téléphone mobile",
            HiddenValue.LandlinePhone => "téléphone fixe",
        },
        AuditedAct.AnsweredMessage or AuditedAct.ReadMessage or AuditedAct.OpenedAttachment or AuditedAct.TookMessage or AuditedAct.GaveBackMessage or AuditedAct.ClosedMessage when MessageTexts.Read(subject) is { } topic =>
            MessageTexts.Of(topic).ToLowerInvariant(),
        AuditedAct.PreparedLetters or AuditedAct.PrintedLetters or AuditedAct.PostedLetters when int.TryParse(subject, CultureInfo.InvariantCulture, out var letters) => PostalTexts.CountOf(letters),
        AuditedAct.CancelledDepartmentCode or AuditedAct.HastenedDepartmentCode => EnrolmentTexts.LabelOf(subject),
        _ => subject,
    };

    private static string? OutcomeOf(AssistanceOutcome outcome) => outcome switch
    {
        AssistanceOutcome.Done => null,
        AssistanceOutcome.ReasonMissing => "sans effet, motif manquant",
        AssistanceOutcome.NothingToDo => "sans effet, rien à faire",
        AssistanceOutcome.NoAccount => "sans effet, pas de compte",
        AssistanceOutcome.TooMany => "sans effet, trop d’envois en un jour",
        AssistanceOutcome.PhoneNotChecked => "sans effet, identité non vérifiée au téléphone",
        AssistanceOutcome.TextMissing => "sans effet, texte vide",
        AssistanceOutcome.TextTooLong => "sans effet, texte trop long",
        AssistanceOutcome.TakenByAnother => "sans effet, pris par un autre agent",
        AssistanceOutcome.ChangedMeanwhile => "sans effet, modifié entre-temps",
        AssistanceOutcome.Full => "sans effet, échange plein",
    };
}
