using Microsoft.Playwright;
using MsaOrleans.Testing;

namespace MsaOrleans.EndToEnd.Tests;

/// <summary>Pictures of the pages that a journey passes, kept under <c>artifacts/pictures</c> to be looked at.</summary>
public sealed class Pictures(string journey)
{
    private int taken;

    public async Task Take(IPage page, string? state = null)
    {
        var name = new Uri(page.Url).AbsolutePath.Trim('/').Replace('/', '-');
        await page.ScreenshotAsync(new()
        {
            FullPage = true,
            Path = Path.Combine(Repository.Root, "artifacts", "pictures", journey, $"{++taken:00}-{(name.Length == 0 ? "accueil" : name)}{(state is null ? "" : "-" + state)}.png"),
        });
    }
}
