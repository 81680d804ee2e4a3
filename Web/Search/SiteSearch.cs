using MsaOrleans.Grains.Interfaces.Caisses;
using MsaOrleans.Web.Content;

namespace MsaOrleans.Web.Search;

/// <summary>The search over what everybody may read: news, help, and the site's main pages. What is sought is kept nowhere.</summary>
public sealed class SiteSearch(ContentLibrary content)
{
    // Made for the first who searches: who only signs up does not wait for it.
    private readonly Lazy<SearchIndex> index = new(() => new(
    [
        .. content.Help.Select(article => new SearchDocument(article.Path, "Aide", article.Title, article.Summary, article.Keywords, article.Text.Plain)),
        .. SitePage.All.Select(page => new SearchDocument(page.Path, page.Theme is null ? "Page du site" : "Aide", page.Title, page.Summary, page.Keywords, "")),
        .. content.News.Select(item => new NewsDocument(item)),
    ]));

    /// <summary>What is found for a visitor of a caisse: of the news, those that concern him.</summary>
    public IReadOnlyList<SearchHit> Find(string query, Caisse caisse, DateOnly today) =>
        index.Value.Find(query, document => document is not NewsDocument { Item: var item } || item.IsFor(caisse, today));

    private sealed record NewsDocument(NewsItem Item) : SearchDocument(Item.Path, "Actualité", Item.Title, Item.Summary, Item.Keywords, Item.Text.Plain);
}
