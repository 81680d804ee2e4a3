using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Identity;
using MsaOrleans.Web.Forms;
using MsaOrleans.Web.Pages.Account;

namespace MsaOrleans.Web.Assistance;

/// <summary>An adherent's file in words, as an agent reads it.</summary>
internal static class FileTexts
{
    /// <summary>Where he stands, since when and until when: one sentence.</summary>
    public static string Of(Standing standing, FrenchClock clock)
    {
        var since = standing.Since is { } from ? clock.Since(from) : null;
        var ago = standing.Since is { } at ? clock.Ago(at) : null;
        var until = standing.Until is { } end ? clock.Until(end) : null;
        return standing.Kind switch
        {
            StandingKind.UnknownToCaisses => "Numéro inconnu des caisses : aucune vérification d'identité ne peut réussir",
            StandingKind.NeverBegun => "Connu des caisses, aucune inscription commencée",
            StandingKind.SignUpUnderWay => $"Inscription en cours {since}, à l'étape « {Of(standing.SignUp!.Value)} »",
            StandingKind.VerificationLocked => $"Vérification suspendue {until ?? "sans fin (seule l'assistance la débloque)"}, {since}",
            StandingKind.AwaitingPasswordMail => $"Courriel du mot de passe provisoire en attente {since}{Because(standing.Trouble)}",
            StandingKind.PasswordMailFailed => $"Courriel du mot de passe provisoire non remis, abandonné {ago}{Because(standing.Trouble)}",
            StandingKind.PasswordMailSent => $"Mot de passe provisoire envoyé {ago}, pas encore utilisé, valable {until}",
            StandingKind.ProvisionalPasswordExpired => $"Mot de passe provisoire expiré {ago}, sans avoir été remplacé",
            StandingKind.FirstConnectionUnfinished when standing.FirstConnection == FirstConnectionStep.Password =>
                $"Première connexion commencée {ago}, mot de passe provisoire à remplacer, valable {until}",
            StandingKind.FirstConnectionUnfinished => $"Première connexion commencée {ago}, coordonnées à confirmer",
            StandingKind.InSpace => $"Espace privé ouvert {since}",
            StandingKind.SignInLocked => $"Connexion suspendue {until ?? "sans fin"}, {since}",
            StandingKind.AccountClosed => $"Compte fermé {since}",
        };
    }

    /// <summary>The look of the panel that says it.</summary>
    public static string ToneOf(StandingKind kind) => kind switch
    {
        StandingKind.InSpace => "panel-success",
        StandingKind.NeverBegun or StandingKind.SignUpUnderWay or StandingKind.AwaitingPasswordMail or StandingKind.PasswordMailSent
            or StandingKind.FirstConnectionUnfinished or StandingKind.AccountClosed => "",
        StandingKind.UnknownToCaisses or StandingKind.VerificationLocked or StandingKind.PasswordMailFailed or StandingKind.ProvisionalPasswordExpired
            or StandingKind.SignInLocked => "panel-warning",
    };

    public static string Of(SearchStanding standing) => standing switch
    {
        SearchStanding.NoFile => "Rien dans ce site",
        SearchStanding.NothingUnderWay => "Rien en cours",
        SearchStanding.SignUpUnderWay => "Inscription en cours",
        SearchStanding.Account => "A un compte",
    };

    public static string Of(SearchHint hint) => hint switch
    {
        SearchHint.OtherGivenName => "Quelqu'un a ce nom et cette date de naissance avec un autre prénom : essayez sans prénom, ou avec un autre de ses prénoms.",
        SearchHint.NamesSwapped => "Quelqu'un a ces noms dans l'autre sens : échangez le nom et le prénom.",
        SearchHint.DayAndMonthSwapped => "Quelqu'un a ce nom avec le jour et le mois échangés : vérifiez la date de naissance.",
    };

    public static string Of(SignUpStep step) => step switch
    {
        SignUpStep.ContactDetails => "identité et coordonnées",
        SignUpStep.HealthInsurance => "assurance santé",
        SignUpStep.Proof => "vérification d'identité",
        SignUpStep.Terms => "acceptation des conditions",
    };

    public static string Proof(bool byCard, bool byFranceConnect = false) => byFranceConnect ? "FranceConnect" : byCard ? "carte Vitale" : "paiement reçu";

    /// <summary>The lock that something led to; nothing when it led to none.</summary>
    public static string? Of(VerificationLock? held, FrenchClock clock) =>
        held is null ? null : held.Until is { } until ? $"suspension {clock.Until(until)}" : "suspension jusqu'au déblocage par l'assistance";

    public static string Of(GuardSummary guard, FrenchClock clock) => Of(guard.Lock, clock) is { } held
        ? char.ToUpperInvariant(held[0]) + held[1..]
        : $"{(guard.AttemptsLeft == 1 ? "Reste un essai" : $"Restent {guard.AttemptsLeft} essais")} avant suspension"
            + (guard.Failures == 0 ? "" : $", {guard.Failures} {(guard.Failures == 1 ? "manqué" : "manqués")}");

    /// <summary>Why a letter has not left, and what helps.</summary>
    public static string Of(LetterTrouble trouble) => trouble switch
    {
        LetterTrouble.MailboxUnknown => "l'adresse n'existe pas (faites-la épeler)",
        LetterTrouble.MailboxFull => "la boîte aux lettres est pleine",
        LetterTrouble.Blocked => "le fournisseur de l'adresse bloque nos courriels",
        LetterTrouble.Refused => "le fournisseur de l'adresse refuse le courriel",
        LetterTrouble.Deferred => "le fournisseur de l'adresse fait patienter, nouvel essai à venir",
        LetterTrouble.AddressUnsupported => "notre messagerie ne sait pas écrire à cette adresse",
        LetterTrouble.RelayUnavailable => "notre messagerie est en panne, l'adresse n'y est pour rien",
        LetterTrouble.Replaced => "remplacé par un courriel plus récent",
        LetterTrouble.Cancelled => "annulé",
        LetterTrouble.NoLongerNeeded => "devenu inutile",
        LetterTrouble.Other => "raison inconnue",
    };

    public static string StateOf(LetterSummary letter) =>
        (letter switch
        {
            { SentAt: not null } => "parti",
            { GivenUpAt: not null } => "abandonné",
            _ => "en attente",
        })
        + (letter.Tries > 1 ? $", {letter.Tries} essais" : "")
        + (letter.SentAt is null ? Because(letter.Trouble) : "");

    /// <summary>What happened.</summary>
    public static string Of(TimelineEntry entry, FrenchClock clock) => entry.Kind switch
    {
        TimelineKind.SignUpBegun => "Inscription commencée",
        TimelineKind.SignUpTouched => "Dernière réponse dans l'inscription",
        TimelineKind.IdentityProved => $"Identité vérifiée ({Proof(entry.ByCard, entry.ByFranceConnect)})",
        TimelineKind.IdentityNotMatched => $"Vérification manquée ({Proof(entry.ByCard)}){Then(Of(entry.Lock, clock))}",
        TimelineKind.AccountOpened => "Conditions acceptées, compte ouvert",
        TimelineKind.LetterRequested => $"Courriel demandé : {LetterTexts.Of(entry.Letter)}",
        TimelineKind.LetterSent => $"Courriel parti : {LetterTexts.Of(entry.Letter)}",
        TimelineKind.LetterGivenUp => $"Courriel abandonné : {LetterTexts.Of(entry.Letter)}{Because(entry.Trouble)}",
        TimelineKind.SignedIn => $"Connexion avec {(entry.Means is { } means ? SignInsModel.Of(means) : "un mot de passe")}{Then(entry.Origin?.Device)}",
        TimelineKind.SignInFailed => $"Mot de passe erroné{Then(Of(entry.Lock, clock))}",
        TimelineKind.PasswordForgotten => "Mot de passe oublié, un nouveau demandé",
        TimelineKind.PasswordForgottenInVain => "Mot de passe oublié, demande sans effet (autre adresse, ou trop de demandes)",
        TimelineKind.PasswordChosen => "Mot de passe personnel choisi",
        TimelineKind.EmailVerified => "Adresse email vérifiée",
        TimelineKind.ContactConfirmed => "Coordonnées confirmées",
        TimelineKind.FranceConnectLinked => "Compte relié à FranceConnect",
        TimelineKind.AddressTold => "Changement d'adresse postale signalé",
        TimelineKind.AddressTakenOver => "Nouvelle adresse postale reprise par la caisse",
        TimelineKind.DepartmentOpened => $"Département {Department(entry)} ouvert",
        TimelineKind.DepartmentRequested => $"Département {Department(entry)} demandé",
        TimelineKind.DepartmentCodeSent => $"Code du département {Department(entry)} envoyé",
        TimelineKind.DepartmentRequestEnded => $"Département {Department(entry)} : {(entry.Status is { } status ? EnrolmentTexts.Of(status).ToLowerInvariant() : "demande terminée")}",
        TimelineKind.AccountClosed => "Compte fermé",
        TimelineKind.MessageWritten => $"Message écrit{(entry.Topic is { } topic ? $" : {MessageTexts.Of(topic).ToLowerInvariant()}" : "")}",
        TimelineKind.Agent => $"{entry.By?.Agent} {Act(entry)}{(entry.Outcome is null or AssistanceOutcome.Done ? "" : " (sans effet)")}",
    };

    private static string Act(TimelineEntry entry) => entry.Act switch
    {
        AuditedAct.Looked => "a consulté le dossier",
        AuditedAct.Revealed => $"a affiché {Shown(entry.Subject)}",
        AuditedAct.UnlockedVerification => "a débloqué la vérification",
        AuditedAct.UnlockedSignIn => "a débloqué la connexion",
        AuditedAct.SentProvisionalPassword => "a fait envoyer un mot de passe provisoire",
        AuditedAct.CorrectedEmail => $"a corrigé l'adresse email{Then(entry.Subject)}",
        AuditedAct.CancelledDepartmentCode => $"a annulé la demande pour {LabelOf(entry.Subject)}",
        AuditedAct.HastenedDepartmentCode => $"a fait partir le code de {LabelOf(entry.Subject)}",
        AuditedAct.ClosedSessions => "a fermé les connexions",
        AuditedAct.AddedNote => "a écrit une note",
        AuditedAct.AnsweredMessage => $"a répondu à un message{MessageTexts.About(entry.Subject)}",
        AuditedAct.ReadMessage => $"a lu un message{MessageTexts.About(entry.Subject)}",
        AuditedAct.OpenedAttachment => $"a ouvert une pièce jointe à un message{MessageTexts.About(entry.Subject)}",
        AuditedAct.TookMessage => $"a pris un message{MessageTexts.About(entry.Subject)}",
        AuditedAct.GaveBackMessage => $"a rendu un message{MessageTexts.About(entry.Subject)}",
        AuditedAct.ClosedMessage => $"a clos un message{MessageTexts.About(entry.Subject)}",
        AuditedAct.PreparedLetters => "a préparé des courriers à imprimer",
        AuditedAct.PrintedLetters => "a imprimé des courriers",
        AuditedAct.PostedLetters => "a marqué des courriers comme postés",
        AuditedAct.ReadAudit => "a relu ce qui est enregistré sur le dossier",
        _ => "a travaillé sur le dossier",
    };

    private static string Shown(string? subject) => Enum.TryParse<HiddenValue>(subject, out var value)
        ? value switch
        {
            HiddenValue.Nir => "le numéro de Sécurité Sociale",
            HiddenValue.Email => "l'adresse email",
            HiddenValue.PendingEmail => "l'adresse email à confirmer",
            HiddenValue.DeclaredEmail => "l'adresse email déclarée",
            HiddenValue.MobilePhone => "le téléphone mobile",
            HiddenValue.LandlinePhone => "le téléphone fixe",
        }
        : "une donnée";

    private static string Department(TimelineEntry entry) => LabelOf(entry.Department);

    private static string LabelOf(string? department) => department is null ? "un département" : EnrolmentTexts.LabelOf(department);

    private static string Because(LetterTrouble? trouble) => trouble is { } why ? $" : {Of(why)}" : "";

    private static string Then(string? more) => more is null ? "" : $", {more}";
}
