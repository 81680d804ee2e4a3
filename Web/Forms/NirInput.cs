using MsaOrleans.Grains.Interfaces.Adherents;

namespace MsaOrleans.Web.Forms;

/// <summary>What to tell a visitor whose NIR cannot be read.</summary>
public static class NirInput
{
    /// <returns>The number, or what to tell the visitor.</returns>
    public static (Nir? Nir, string? Fault) Read(string? typed) => Nir.TryParse(typed, out var nir) switch
    {
        NirFault.None => (nir, null),
        NirFault.Missing => (null, "Saisissez votre numéro de Sécurité Sociale : les 13 chiffres qui figurent sur votre carte Vitale."),
        NirFault.Length => (null, "Le numéro de Sécurité Sociale comporte 13 chiffres, ou 15 avec la clé. Vérifiez que rien ne manque et que rien n’est en trop."),
        NirFault.Characters => (null, "Le numéro de Sécurité Sociale ne comporte que des chiffres, sauf 2A ou 2B pour une naissance en Corse. Vérifiez votre saisie."),
        NirFault.Provisional => (null, "C’est un numéro provisoire : il ne permet pas encore de créer un espace privé. Contactez votre caisse MSA, ou l’Assistance Internet au 09 69 36 37 03."),
        NirFault.Impossible => (null, "Ce numéro de Sécurité Sociale n’existe pas. Recopiez-le chiffre par chiffre depuis votre carte Vitale."),
        NirFault.Key => (null, "La clé (les deux derniers chiffres) ne correspond pas au numéro. Vérifiez les 15 chiffres, ou saisissez seulement les 13 premiers."),
    };
}
