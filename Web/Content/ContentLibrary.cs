using MsaOrleans.Grains.Interfaces.Caisses;
using MsaOrleans.Web.TagHelpers;

namespace MsaOrleans.Web.Content;

/// <summary>All that is written in <c>Web/Content</c>: news and help. Read once, whole: a file that is not right stops the start.</summary>
public sealed class ContentLibrary
{
    private const string NewsFolder = "actualites/";
    private const string HelpFolder = "aide/";

    private readonly Dictionary<string, NewsItem> news;
    private readonly Dictionary<string, HelpArticle> help;

    /// <param name="files">By name: <c>aide/mot-de-passe-oublie.md</c>.</param>
    /// <param name="pictures">The pictures there are.</param>
    /// <exception cref="ContentException">A file is not right.</exception>
    public ContentLibrary(IReadOnlyDictionary<string, string> files, Pictures pictures)
    {
        news = In(NewsFolder).Select(file =>
        {
            var front = FrontMatter.Read(file.Name, file.Text, "title", "date", "caisses", "summary", "keywords");
            return new NewsItem(
                file.Slug, Typography.French(front.Title), Typography.French(front.Summary), front.Keywords, ArticleText.Read(file.Name, front.Body, pictures), front.Date, front.Caisses);
        }).ToDictionary(item => item.Slug);
        help = In(HelpFolder).Select(file =>
        {
            var front = FrontMatter.Read(file.Name, file.Text, "title", "theme", "summary", "keywords");
            return new HelpArticle(
                file.Slug, Typography.French(front.Title), Typography.French(front.Summary), front.Keywords, ArticleText.Read(file.Name, front.Body, pictures), front.Theme);
        }).ToDictionary(article => article.Slug);
        if (files.Keys.FirstOrDefault(name => !name.StartsWith(NewsFolder, StringComparison.Ordinal) && !name.StartsWith(HelpFolder, StringComparison.Ordinal)) is { } lost)
            throw new ContentException(lost, $"is neither in {NewsFolder} nor in {HelpFolder}: no page would show it.");
        News = [.. news.Values.OrderByDescending(item => item.Date).ThenBy(item => item.Slug, StringComparer.Ordinal)];
        Help = [.. help.Values.OrderBy(article => article.Title, StringComparer.Create(new("fr-FR"), ignoreCase: true))];

        IEnumerable<(string Name, string Slug, string Text)> In(string folder) =>
            from file in files
            where file.Key.StartsWith(folder, StringComparison.Ordinal)
            select (file.Key, Path.GetFileNameWithoutExtension(file.Key), file.Value);
    }

    /// <summary>Newest first, also what is still to come.</summary>
    public IReadOnlyList<NewsItem> News { get; }

    /// <summary>By title.</summary>
    public IReadOnlyList<HelpArticle> Help { get; }

    /// <summary>What is embedded in the program.</summary>
    /// <exception cref="ContentException">A file is not right.</exception>
    public static ContentLibrary Embedded()
    {
        const string prefix = "Content/";
        var assembly = typeof(ContentLibrary).Assembly;
        return new(
            assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && name.EndsWith(".md", StringComparison.Ordinal))
                .ToDictionary(name => name[prefix.Length..], Text),
            Pictures.Read(Text($"{prefix}pictures.json")));

        string Text(string name)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return reader.ReadToEnd();
        }
    }

    public NewsItem? NewsItem(string slug) => news.GetValueOrDefault(slug);

    public HelpArticle? HelpArticle(string slug) => help.GetValueOrDefault(slug);

    /// <summary>What members of a caisse are told on a day, newest first.</summary>
    public IEnumerable<NewsItem> NewsFor(Caisse caisse, DateOnly today) => News.Where(item => item.IsFor(caisse, today));
}
