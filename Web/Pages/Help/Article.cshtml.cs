using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Web.Content;

namespace MsaOrleans.Web.Pages.Help;

/// <summary>An article of the help.</summary>
public sealed class ArticleModel(ContentLibrary content) : PageModel
{
    private const int SectionsToList = 5;

    public HelpArticle Article { get; private set; } = null!;

    /// <summary>It is long enough to begin with a list of what is in it.</summary>
    public bool ListsSections => Article.Text.Sections.Count >= SectionsToList;

    public IActionResult OnGet(string slug)
    {
        if (content.HelpArticle(slug) is not { } article)
            return NotFound();
        Article = article;
        return Page();
    }
}
