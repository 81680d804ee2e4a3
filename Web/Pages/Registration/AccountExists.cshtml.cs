using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Web.Journey;
using NirNumber = MsaOrleans.Grains.Interfaces.Adherents.Nir;

namespace MsaOrleans.Web.Pages.Registration;

/// <summary>The leaflet's own "Un compte existe déjà": towards the sign-in page, with the identifier filled in.</summary>
public sealed class AccountExistsModel(KnownIdentifier identifier) : PageModel
{
    public NirNumber Nir { get; private set; } = null!;

    public IActionResult OnGet()
    {
        if (identifier.Recall(HttpContext) is not { } known)
            return RedirectToPage("/Registration/Index");
        Nir = known;
        return Page();
    }
}
