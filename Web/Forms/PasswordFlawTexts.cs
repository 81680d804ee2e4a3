using MsaOrleans.Grains.Interfaces.Credentials;

namespace MsaOrleans.Web.Forms;

/// <summary>What to tell an adherent whose password cannot be taken: what to do, all of it at once.</summary>
public static class PasswordFlawTexts
{
    /// <summary>
    /// In UTF-16 units, and longer than any password taken, in any script: what is longer is not looked at, neither when it is chosen nor at sign-in.
    /// Hashing megabytes would be a gift to an attacker.
    /// </summary>
    public const int LongestRead = 400;

    private static readonly (PasswordFlaws Flaw, string Text)[] texts =
    [
        (PasswordFlaws.TooShort, "Il est trop court : écrivez au moins 8 caractères."),
        (PasswordFlaws.TooLong, "Il est trop long : écrivez 50 caractères au plus."),
        (PasswordFlaws.TooFewClasses, "Mêlez au moins 3 de ces 4 sortes de caractères : majuscule, minuscule, chiffre, caractère spécial."),
        (PasswordFlaws.ContainsNir, "Retirez votre numéro de Sécurité Sociale."),
        (PasswordFlaws.ContainsName, "Retirez votre nom ou votre prénom."),
        (PasswordFlaws.ContainsBirthDate, "Retirez votre date de naissance."),
        (PasswordFlaws.Provisional, "C’est le mot de passe provisoire ou le code qui vous a été envoyé : choisissez-en un autre."),
        (PasswordFlaws.Current, "C’est votre mot de passe actuel : choisissez-en un autre."),
        (PasswordFlaws.Common, "Il est trop courant et serait vite deviné : choisissez par exemple plusieurs mots sans rapport entre eux."),
    ];

    public static string Of(PasswordFlaws flaws) =>
        "Ce mot de passe ne convient pas. " + string.Join(' ', texts.Where(t => flaws.HasFlag(t.Flaw)).Select(t => t.Text));
}
