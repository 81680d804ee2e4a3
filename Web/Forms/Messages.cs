namespace MsaOrleans.Web.Forms;

/// <summary>Sentences that more than one page says.</summary>
public static class Messages
{
    public const string PageTooOld = "Cette page est restée ouverte trop longtemps. Rien n’a été perdu : vérifiez vos réponses, puis validez à nouveau.";

    public const string OtherTab =
        "Une autre inscription a été commencée depuis dans ce navigateur, sans doute dans un autre onglet. Rien n’a été enregistré ici : rechargez la page pour continuer cette autre inscription.";

    public const string NotMatched =
        "Les informations que vous avez données ne correspondent pas à celles que nous connaissons. Vérifiez-les, ainsi que votre nom, votre prénom et votre date de naissance.";

    public const string WrongCurrentPassword = "Ce mot de passe n’est pas le vôtre. Saisissez celui avec lequel vous vous connectez.";

    public const string PasswordLocked =
        "Trop de mots de passe erronés ont été saisis : par sécurité, il faut patienter. Un courriel vous dit jusqu’à quand. Rien n’a été modifié.";

    /// <summary>How many tries are left, in words.</summary>
    public static string AttemptsLeft(int attempts) => attempts == 1
        ? "Il vous reste un essai avant que la vérification soit suspendue."
        : $"Il vous reste {attempts} essais avant que la vérification soit suspendue.";
}
