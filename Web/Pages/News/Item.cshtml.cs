using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Web.Content;
using MsaOrleans.Web.Forms;

namespace MsaOrleans.Web.Pages.News;

/// <summary>A piece of news; whoever has its address may read it, whatever his caisse, from its day on.</summary>
public sealed class ItemModel(ContentLibrary content, FrenchClock clock) : PageModel
{
    public NewsItem Item { get; private set; } = null!;

    public IActionResult OnGet(string slug)
    {
        if (content.NewsItem(slug) is not { } item || item.Date > clock.Today)
            return NotFound();
        Item = item;
        return Page();
    }
}
