using MsaOrleans.Grains.Interfaces.Caisses;

namespace MsaOrleans.Web.Content;

/// <summary>Something that was written, ready to be shown.</summary>
/// <param name="Slug">Its name in addresses, and of its file.</param>
/// <param name="Title">The heading of its page.</param>
/// <param name="Summary">A sentence or two.</param>
/// <param name="Keywords">Words by which it is found.</param>
/// <param name="Text">The rest.</param>
public abstract record Article(string Slug, string Title, string Summary, string Keywords, ArticleText Text)
{
    /// <summary>Its address on the site.</summary>
    public abstract string Path { get; }
}

/// <summary>An article of the help.</summary>
public sealed record HelpArticle(string Slug, string Title, string Summary, string Keywords, ArticleText Text, HelpTheme Theme)
    : Article(Slug, Title, Summary, Keywords, Text)
{
    public override string Path => $"/aide/{Slug}";
}

/// <summary>A piece of news.</summary>
/// <param name="Date">The day from which it is shown.</param>
/// <param name="Caisses">For whose members it is; none: for everybody.</param>
public sealed record NewsItem(string Slug, string Title, string Summary, string Keywords, ArticleText Text, DateOnly Date, IReadOnlyList<Caisse> Caisses)
    : Article(Slug, Title, Summary, Keywords, Text)
{
    public override string Path => $"/actualites/{Slug}";

    /// <summary>It is shown to members of this caisse on this day.</summary>
    public bool IsFor(Caisse caisse, DateOnly today) => Date <= today && (Caisses.Count == 0 || Caisses.Contains(caisse));
}
