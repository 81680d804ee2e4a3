using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Web.Visitors;

namespace MsaOrleans.Web.Pages.Public;

/// <summary>
/// Sets the size of the text: for the buttons <c>A+ A- A</c>, and as a page where they would cost what was typed. By GET, since all that changes is how pages look to
/// this browser: without a token public pages stay as cheap as they are.
/// </summary>
public sealed class TextSizeModel(TextSize sizes) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Size { get; set; }

    /// <summary>The page whose button was pressed; nothing on the page itself.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Return { get; set; }

    public IActionResult OnGet()
    {
        if (!Request.Query.ContainsKey(nameof(Size)))
        {
            Size = $"{sizes.Of(HttpContext)}";
            return Page();
        }
        if (TextSize.Read(Size) is not { } percent)
        {
            ModelState.AddModelError(nameof(Size), "Cette taille n’est pas proposée. Choisissez-en une dans la liste.");
            return Page();
        }
        sizes.Choose(HttpContext, percent);
        return LocalRedirect(Frame.WayBack(Url, Return) ?? "/taille-du-texte");
    }

    /// <summary>What a step is called.</summary>
    public string LabelOf(int percent) => percent == TextSize.Steps[0] ? $"{percent}\u00a0% : taille normale" : $"{percent}\u00a0%";
}
