using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Caisses;
using MsaOrleans.Web.Forms;
using MsaOrleans.Web.Visitors;
using Chosen = MsaOrleans.Grains.Interfaces.Caisses.Caisse;

namespace MsaOrleans.Web.Pages.Public;

/// <summary>The choice of a caisse, by a department or by its name: two forms, each with one of the fields.</summary>
public sealed class RegionModel(VisitorCaisse visitor) : PageModel, ICheckedForm
{
    private Chosen? chosen;

    [BindProperty]
    public string? Caisse { get; set; }

    [BindProperty]
    public string? Department { get; set; }

    /// <summary>The page he came from.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Return { get; set; }

    public void Check(ModelStateDictionary faults)
    {
        if (Request.Form.ContainsKey(nameof(Department)))
        {
            var (department, fault) = DepartmentInput.Read(Department, "Choisissez un département dans la liste.");
            if (fault is not null)
                faults.AddModelError(nameof(Department), fault);
            chosen = department is null ? null : CaisseDirectory.CaisseOf(department.Code);
        }
        else if ((chosen = CaisseDirectory.Caisse(Caisse ?? "")) is null)
        {
            faults.AddModelError(nameof(Caisse), "Cette caisse n’existe pas. Choisissez-en une dans la liste.");
        }
    }

    public IActionResult OnPost()
    {
        visitor.Choose(HttpContext, chosen!);
        TempData["Done"] = $"Vous lisez maintenant le site de la {chosen!.FullName}.";
        return LocalRedirect(Frame.WayBack(Url, Return) ?? "/");
    }
}
