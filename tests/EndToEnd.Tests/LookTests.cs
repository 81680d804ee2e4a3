using Xunit.Sdk;

namespace MsaOrleans.EndToEnd.Tests;

/// <summary>A look sees what is wrong: every journey relies on it.</summary>
public sealed class LookTests(Chromium chromium)
{
    private const string Sound = """
        <!doctype html><html lang="fr"><head><title>Essai</title><meta name="viewport" content="width=device-width"><style>body { color: black; background: white; margin: 0 }</style></head>
        <body><main><h1>Essai</h1>CONTENT</main></body></html>
        """;

    [Theory]
    [InlineData("<img src='data:,'>", "image-alt")]
    [InlineData("<input name='a'>", "label")]
    [InlineData("<p style='color: #bbb'>Texte</p>", "color-contrast")]
    [InlineData("<p style='width: 1500px'>Texte</p>", "wider than the screen")]
    [InlineData("<p style='width: 700px'>Texte</p>", "at 400 %: wider than the screen")]
    [InlineData("<div style='height: 20px; overflow: hidden'><p style='margin: 0; line-height: 20px'>Texte</p></div>", "spaced text: cut off")]
    [InlineData("<style>@media (prefers-color-scheme: dark) { p { color: #333; background: #222 } }</style><p>Texte</p>", "by night: color-contrast")]
    [InlineData("<style>@media (forced-colors: active) { p { color: #eee; background: white; forced-color-adjust: none; -webkit-text-fill-color: #eee } }</style><p>Texte</p>", "forced colours: color-contrast")]
    [InlineData("<div class='error-summary' tabindex='-1'>Erreur</div>", "by its focus")]
    public async Task It_sees_what_is_wrong(string content, string fault)
    {
        var page = await chromium.NewVisitor("about:blank");
        await page.SetContentAsync(Sound.Replace("CONTENT", content, StringComparison.Ordinal));
        var told = await Assert.ThrowsAnyAsync<XunitException>(() => new Look("look").At(page));
        Assert.Contains(fault, told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_finds_no_fault_where_none_is()
    {
        var page = await chromium.NewVisitor("about:blank");
        await page.SetContentAsync(Sound.Replace("CONTENT", "<p>Texte</p>", StringComparison.Ordinal));
        await new Look("look").At(page);
    }
}
