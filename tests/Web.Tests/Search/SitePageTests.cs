using MsaOrleans.Web.Search;

namespace MsaOrleans.Web.Tests.Search;

public sealed class SitePageTests(Site site)
{
    public static TheoryData<string> Paths => [.. SitePage.All.Select(page => page.Path)];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task A_page_that_is_found_is_there_under_its_heading(string path)
    {
        using var browser = site.NewBrowser();
        await browser.Open(path);
        Assert.Equal((200, path, SitePage.All.Single(page => page.Path == path).Title), (browser.Status, browser.Path, browser.Heading));
    }
}
