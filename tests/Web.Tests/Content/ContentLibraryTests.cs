using MsaOrleans.Grains.Interfaces.Caisses;
using MsaOrleans.Web.Content;

namespace MsaOrleans.Web.Tests.Content;

public sealed class ContentLibraryTests
{
    private static readonly Caisse alsace = CaisseDirectory.CaisseOf("67")!;
    private static readonly Caisse corse = CaisseDirectory.CaisseOf("2A")!;

    [Fact]
    public void News_are_for_a_caisse_from_their_day_on_newest_first()
    {
        var content = new ContentLibrary(
            new Dictionary<string, string>
            {
                ["actualites/ancienne.md"] = News("2026-01-01", "toutes"),
                ["actualites/corse.md"] = News("2026-03-01", "corse"),
                ["actualites/demain.md"] = News("2026-11-28", "toutes"),
                ["actualites/recente.md"] = News("2026-11-27", "alsace, corse"),
            },
            Pictures.None);
        var today = new DateOnly(2026, 11, 27);
        Assert.Equal(["recente", "ancienne"], content.NewsFor(alsace, today).Select(item => item.Slug));
        Assert.Equal(["recente", "corse", "ancienne"], content.NewsFor(corse, today).Select(item => item.Slug));
        Assert.Equal("demain", content.NewsFor(alsace, today.AddDays(1)).First().Slug);
    }

    [Fact]
    public void A_file_in_no_known_folder_is_not_lost_silently() =>
        Assert.Contains("no page would show it", Assert.Throws<ContentException>(() => new ContentLibrary(new Dictionary<string, string> { ["divers/x.md"] = News("2026-01-01", "toutes") }, Pictures.None)).Message, StringComparison.Ordinal);

    [Fact]
    public void What_is_written_can_be_published()
    {
        var content = ContentLibrary.Embedded();
        Assert.True(content.News.Count >= 8 && content.Help.Count >= 12);
        Assert.All(HelpTheme.All, theme => Assert.Contains(content.Help, article => article.Theme == theme));
        Assert.All(CaisseDirectory.Caisses, caisse => Assert.True(content.NewsFor(caisse, DateOnly.MaxValue).Count() >= 3));
        var slugs = content.Help.Select(article => article.Slug).Concat(content.News.Select(item => item.Slug));
        Assert.All(slugs, slug => Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", slug));
    }

    private static string News(string date, string caisses) => $"---\ntitle: T\ndate: {date}\ncaisses: {caisses}\nsummary: S\nkeywords: k\n---\nTexte.";
}
