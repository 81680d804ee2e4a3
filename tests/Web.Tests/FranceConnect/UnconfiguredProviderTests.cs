using System.Globalization;
using System.Net;
using MsaOrleans.Testing;

namespace MsaOrleans.Web.Tests.FranceConnect;

/// <summary>A site of which no client is named.</summary>
public sealed class UnconfiguredProviderTests : IDisposable
{
    private static readonly string[] ofTheProvider = ["OpenIddict", "EntityFrameworkCore"];

    private readonly TempFolder files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public async Task Is_no_provider_and_loads_nothing_for_it()
    {
        await using var site = await SiteProcess.Start(files.Path);
        using var http = new HttpClient { BaseAddress = new(site.Address) };
        foreach (var path in (string[])["/.well-known/openid-configuration", "/.well-known/jwks", "/franceconnect/authorize", "/franceconnect/connexion", "/franceconnect/userinfo", "/franceconnect/logout"])
            Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(await Posted("/nulle/part"), await Posted("/franceconnect/token"));
        Assert.Empty(LoadedBy(site));
        await site.Stop(TestContext.Current.CancellationToken);

        async Task<HttpStatusCode> Posted(string path) => (await http.PostAsync(path, null, TestContext.Current.CancellationToken)).StatusCode;
    }

    [Fact]
    public async Task Becomes_one_by_its_settings()
    {
        var port = FreePort.Next();
        var settings = ProviderSite.Settings.Select(setting => setting[2..].Replace("{address}", $"http://127.0.0.1:{port}", StringComparison.Ordinal).Split('=', 2)).Select(setting => (setting[0], setting[1]));
        await using var site = await SiteProcess.Start(files.Path, port, [.. settings]);
        using var http = new HttpClient { BaseAddress = new(site.Address) };
        Assert.Contains("/franceconnect/authorize", await http.GetStringAsync("/.well-known/openid-configuration", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(ofTheProvider, LoadedBy(site)); // so it can be seen
        await site.Stop(TestContext.Current.CancellationToken);
    }

    private static IEnumerable<string> LoadedBy(SiteProcess site)
    {
        var loaded = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{site.Id}/maps"));
        return ofTheProvider.Where(name => loaded.Contains(name, StringComparison.Ordinal));
    }
}
