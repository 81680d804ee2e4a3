using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace MsaOrleans.Web.Pages.Registration;

/// <summary>How the profiles sign up that do not do so here: never a dead end.</summary>
public sealed class OtherProfileModel : PageModel
{
    private static readonly Dictionary<string, ProfileGuide> guides = new()
    {
        ["farmer"] = new(
            "Exploitant agricole",
            "Votre espace professionnel s'ouvre auprès de votre caisse MSA, avec le numéro SIRET de votre exploitation.",
            "Appelez votre caisse ou l'Assistance Internet : vous recevrez le formulaire d'inscription des exploitants. Préparez votre numéro SIRET et votre numéro de Sécurité Sociale."),
        ["company"] = new(
            "Entreprise",
            "L'inscription d'une entreprise est faite par une personne habilitée à la représenter, auprès de la caisse MSA du siège.",
            "Demandez le formulaire d'inscription des entreprises à votre caisse ou à l'Assistance Internet. Préparez le numéro SIRET et l'identité de la personne qui gérera les accès."),
        ["garden-employer"] = new(
            "Employeur de jardinier en tant que particulier",
            "Votre inscription se fait auprès de la caisse MSA qui a enregistré votre déclaration d'embauche.",
            "Demandez le formulaire d'inscription à votre caisse ou à l'Assistance Internet. Préparez votre numéro d'employeur : il figure sur vos appels de cotisations."),
        ["solidarity"] = new(
            "Cotisant de solidarité",
            "Votre inscription se fait auprès de la caisse MSA du département où sont vos terres.",
            "Demandez le formulaire d'inscription des cotisants de solidarité à votre caisse ou à l'Assistance Internet. Préparez votre dernier appel de cotisation."),
        ["other"] = new(
            "Autre ...",
            "Élu, partenaire, tiers déclarant, tuteur ou curateur : votre caisse MSA ouvre elle-même votre accès.",
            "Appelez votre caisse ou l'Assistance Internet en disant pour qui ou pour quoi vous avez besoin d'un accès : on vous indiquera le formulaire et les pièces à joindre."),
    };

    public ProfileGuide Guide { get; private set; } = null!;

    public static bool Exists(string? profile) => profile is not null && guides.ContainsKey(profile);

    public IActionResult OnGet(string profile)
    {
        if (!guides.TryGetValue(profile, out var guide))
            return NotFound();
        Guide = guide;
        return Page();
    }
}

/// <summary>How one profile signs up.</summary>
public sealed record ProfileGuide(string Label, string Way, string Details);
