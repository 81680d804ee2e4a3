using Microsoft.AspNetCore.Mvc.ModelBinding;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Credentials;

namespace MsaOrleans.Web.Forms;

/// <summary>A new password, typed twice, or one that is asked again before something weighty.</summary>
public static class NewPasswordInput
{
    public static void Check(ModelStateDictionary faults, string field, string? chosen, string confirmField, string? confirmed)
    {
        if (string.IsNullOrEmpty(chosen))
            faults.AddModelError(field, "Choisissez un mot de passe.");
        else if (string.IsNullOrEmpty(confirmed))
            faults.AddModelError(confirmField, "Saisissez le mot de passe une seconde fois.");
        else if (chosen.Length > PasswordFlawTexts.LongestRead)
            faults.AddModelError(field, PasswordFlawTexts.Of(PasswordFlaws.TooLong));
        else if (confirmed.Length > PasswordFlawTexts.LongestRead || new Password(chosen) != new Password(confirmed))
            faults.AddModelError(confirmField, "Les deux mots de passe ne sont pas les mêmes. Saisissez-les à nouveau.");
    }

    /// <summary>The password he has: what is longer than any password is as wrong as another, and is not looked at.</summary>
    public static void CheckCurrent(ModelStateDictionary faults, string field, string? current)
    {
        if (string.IsNullOrEmpty(current))
            faults.AddModelError(field, "Saisissez votre mot de passe actuel.");
        else if (current.Length > PasswordFlawTexts.LongestRead)
            faults.AddModelError(field, Messages.WrongCurrentPassword);
    }
}
