using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Web.Assistance;

namespace MsaOrleans.Web.Pages.Assistance;

/// <summary>The caller has hung up: files open again with the reason of the next call only.</summary>
public sealed class EndCallModel(CurrentCall current) : PageModel
{
    public IActionResult OnPost()
    {
        current.Forget(HttpContext);
        TempData["Done"] = "L'appel est terminé.";
        return RedirectToPage("/Assistance/Index");
    }
}
