using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Adherents;

namespace MsaOrleans.Web.Forms;

/// <summary>A page that asks for identifier and password (<c>Shared/_Credentials</c>), and has one answer to all that are not right.</summary>
public abstract class CredentialsPage : PageModel, ICheckedForm
{
    private const string Refused =
        "L’identifiant ou le mot de passe n’est pas correct. Vérifiez-les, majuscules et minuscules comprises. "
        + "Après plusieurs essais manqués, l’accès est suspendu quelque temps : patientez un quart d’heure avant de réessayer.";

    private Nir? nir;

    [BindProperty]
    public string? Identifier { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    /// <summary>The number that was typed, once it has been read.</summary>
    protected Nir Nir => nir!;

    public void Check(ModelStateDictionary faults)
    {
        (nir, var fault) = NirInput.Read(Identifier);
        if (fault is not null)
            faults.AddModelError(nameof(Identifier), fault);
        if (string.IsNullOrEmpty(Password))
            faults.AddModelError(nameof(Password), "Saisissez votre mot de passe.");
    }

    /// <summary>What was typed, if it may be somebody's.</summary>
    protected Password? TypedPassword => Password!.Length > PasswordFlawTexts.LongestRead ? null : new(Password);

    /// <summary>Wrong, unknown and locked get one and the same answer.</summary>
    protected PageResult RefuseCredentials() => this.Refuse("", Refused);
}
