namespace MsaOrleans.Web.Forms;

/// <summary>What a letter is, by the name of its kind: for the adherent, and for the agent he calls.</summary>
internal static class LetterTexts
{
    public static string Of(string? kind) => kind switch
    {
        "ProvisionalPassword" => "mot de passe provisoire",
        "NewProvisionalPassword" => "nouveau mot de passe provisoire",
        "EmailChangeLink" => "lien pour confirmer une adresse email",
        "EmailChangeRequested" => "demande de changement d'adresse email",
        "EmailChanged" => "adresse email modifiée",
        "DepartmentCode" => "code confidentiel d'un département",
        "SignInLocked" => "connexion suspendue",
        "PasswordChanged" => "mot de passe modifié",
        "AccountClosed" => "espace privé fermé",
        "EmailCorrectionRequested" => "changement d'adresse email demandé par téléphone",
        "EmailCorrected" => "adresse email corrigée par l'assistance",
        "MessageAnswered" => "réponse à un message",
        "FranceConnectLinked" => "compte relié à FranceConnect",
        "CertificateMade" => "attestation créée",
        "DepartmentRequested" => "demande d'inscription enregistrée",
        _ => "autre courriel",
    };
}
