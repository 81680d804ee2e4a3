using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Web.Forms;
using MsaOrleans.Web.Search;
using MsaOrleans.Web.TagHelpers;
using MsaOrleans.Web.Visitors;

namespace MsaOrleans.Web.Pages.Search;

/// <summary>The search of the public site.</summary>
public sealed class IndexModel(SiteSearch search, VisitorCaisse visitor, FrenchClock clock) : PageModel
{
    /// <summary>The id of the field on the page; its name is <c>q</c>, as in the header.</summary>
    public const string Field = "recherche-mots";

    public const int LongestQuery = 200;

    /// <summary>How many of what was found are shown.</summary>
    public const int Shown = 10;

    private const int DigitsOfANir = 13;

    /// <summary>What is sought, as it is shown again.</summary>
    public string? Query { get; private set; }

    /// <summary>What was found; nothing when nothing was sought.</summary>
    public IReadOnlyList<SearchHit>? Hits { get; private set; }

    public IActionResult OnGet(string? q)
    {
        if (string.IsNullOrWhiteSpace(q))
            return Page();
        if (q.Length > LongestQuery)
            return Refuse($"Votre recherche est trop longue. Écrivez quelques mots, {LongestQuery} caractères au plus.");
        if (q.Count(char.IsDigit) >= DigitsOfANir)
            return Refuse("N’écrivez pas votre numéro de Sécurité Sociale ici. Cherchez avec des mots, par exemple « mot de passe ».");
        Query = q.Trim();
        Hits = search.Find(Query, visitor.Of(HttpContext), clock.Today);
        return Page();
    }

    /// <summary><c>1 résultat</c>.</summary>
    public static string Counted(int hits) => hits switch
    {
        0 => "aucun résultat",
        1 => "1 résultat",
        _ => $"{hits} résultats",
    };

    public static IHtmlContent TitleOf(SearchHit hit) => Marked(Excerpt.Marked(hit.Document.Title, hit.Words));

    public static IHtmlContent ExcerptOf(SearchHit hit) => Marked(Excerpt.Of(hit));

    // What was refused is not shown again: it is too long, or not for other eyes.
    private PageResult Refuse(string message)
    {
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return this.Refuse(Field, message);
    }

    private static HtmlContentBuilder Marked(IEnumerable<Excerpt.Part> parts)
    {
        var html = new HtmlContentBuilder();
        foreach (var part in parts)
            html.AppendHtml(part.IsMarked ? Html.Element("mark", content: Html.Text(part.Text)) : Html.Text(part.Text));
        return html;
    }
}
