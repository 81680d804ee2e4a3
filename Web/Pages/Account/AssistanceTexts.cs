using MsaOrleans.Grains.Interfaces.Account;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Web.Forms;

namespace MsaOrleans.Web.Pages.Account;

/// <summary>What agents of the hotline did, as the adherent reads it: "un agent de l'assistance ...".</summary>
internal static class AssistanceTexts
{
    public static string Of(AssistanceTrace trace) => trace.What switch
    {
        AuditedAct.Looked => "a consulté votre dossier",
        AuditedAct.Revealed => $"a affiché {Shown(trace.Subject)}",
        AuditedAct.UnlockedVerification => "a débloqué la vérification de votre identité",
        AuditedAct.UnlockedSignIn => "a débloqué votre connexion",
        AuditedAct.SentProvisionalPassword => "vous a fait envoyer un mot de passe provisoire",
        AuditedAct.CorrectedEmail => "a indiqué une autre adresse email pour vous",
        AuditedAct.CancelledDepartmentCode => $"a annulé votre demande pour {Department(trace.Subject)}",
        AuditedAct.HastenedDepartmentCode => $"a fait partir votre code pour {Department(trace.Subject)}",
        AuditedAct.ClosedSessions => "a fermé vos connexions",
        AuditedAct.AddedNote => "a écrit une note dans votre dossier",
        AuditedAct.AnsweredMessage => $"a répondu à un message de vous{MessageTexts.About(trace.Subject)}",
        AuditedAct.ReadMessage => $"a lu un message de vous{MessageTexts.About(trace.Subject)}",
        AuditedAct.OpenedAttachment => $"a ouvert une pièce jointe à un message de vous{MessageTexts.About(trace.Subject)}",
        AuditedAct.TookMessage => $"a pris en charge un message de vous{MessageTexts.About(trace.Subject)}",
        AuditedAct.GaveBackMessage => $"a laissé un message de vous à un collègue{MessageTexts.About(trace.Subject)}",
        AuditedAct.ClosedMessage => $"a clos un message de vous sans y répondre{MessageTexts.About(trace.Subject)}",
        AuditedAct.PreparedLetters => "a préparé vos courriers à imprimer",
        AuditedAct.PrintedLetters => "a imprimé vos courriers",
        AuditedAct.PostedLetters => "a posté vos courriers",
        AuditedAct.Searched => "vous a trouvé par une recherche",
        AuditedAct.ReadAudit => "a relu ce qui est enregistré sur votre dossier",
        AuditedAct.SignedIn or AuditedAct.SignInRefused or AuditedAct.SignedOut or AuditedAct.ChangedAgent or AuditedAct.ChangedPseudonymKey
            or AuditedAct.ChangedPassword or AuditedAct.ErasedOld => "a travaillé sur le site",
    };

    private static string Shown(string? subject) => Enum.TryParse<HiddenValue>(subject, out var value)
        ? value switch
        {
            HiddenValue.Nir => "votre numéro de Sécurité Sociale",
            HiddenValue.Email or HiddenValue.PendingEmail or HiddenValue.DeclaredEmail => "votre adresse email",
            HiddenValue.MobilePhone or HiddenValue.LandlinePhone => "votre numéro de téléphone",
        }
        : "une de vos coordonnées";

    private static string Department(string? code) => code is null ? "un département" : $"le département {EnrolmentTexts.LabelOf(code)}";
}
