using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Space;
using MsaOrleans.Web.Sessions;

namespace MsaOrleans.Web.Pages.PrivateSpace;

/// <summary>The home of the private space.</summary>
[SessionPage(FirstConnectionStep.None)]
public sealed class HomeModel(AdherentSession session) : PageModel
{
    private static readonly NumberFormatInfo euros = FrenchEuros();

    public SpaceHome Space { get; private set; } = null!;

    public async Task<IActionResult> OnGet()
    {
        if (await session.Adherent<IAdherentSpace>().Home(session.Token) is not { } space)
            return RedirectToPage("/SignIn/SignIn");
        Space = space;
        return Page();
    }

    /// <summary><c>1 234,56 €</c>, not to be broken at the end of a line; below zero with the sign that is read aloud, which a hyphen is not.</summary>
    public static string Euros(decimal amount) => amount.ToString("C", euros);

    private static NumberFormatInfo FrenchEuros()
    {
        var french = (NumberFormatInfo)CultureInfo.GetCultureInfo("fr-FR").NumberFormat.Clone();
        french.NegativeSign = "\u2212";
        return french;
    }
}
