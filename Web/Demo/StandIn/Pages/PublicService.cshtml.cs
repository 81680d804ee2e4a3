using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace MsaOrleans.Web.Demo.StandIn.Pages;

/// <summary>The third site: it knows nobody but by the stand-in, and shows all that it was told.</summary>
public sealed class PublicServiceModel(StandInSettings settings) : PageModel
{
    private static readonly (string Claim, string Name)[] names =
    [
        ("family_name", "Nom de naissance"), ("given_name", "Prénoms"), ("preferred_username", "Nom d'usage"), ("gender", "Sexe"), ("birthdate", "Date de naissance"),
        ("birthplace", "Commune de naissance (code INSEE)"), ("birthcountry", "Pays de naissance (code INSEE)"), ("email", "Adresse email"), ("sub", "Identifiant pour ce site seul"), ("acr", "Niveau"),
    ];

    public string Site => settings.Site;

    /// <summary>What it was told of whoever is signed in; nothing when nobody is.</summary>
    public IReadOnlyList<(string Name, string Value)>? Told { get; private set; }

    public async Task OnGet()
    {
        if ((await HttpContext.AuthenticateAsync(StandInSession.PublicService)).Principal is { } visitor)
            Told = [.. from name in names let value = visitor.FindFirstValue(name.Claim) where value is { Length: > 0 } select (name.Name, value)];
    }

    public IActionResult OnPost() => SignOut(new AuthenticationProperties { RedirectUri = StandInPaths.PublicService }, StandInSession.PublicService, StandInSession.PublicServiceSignIn);
}
