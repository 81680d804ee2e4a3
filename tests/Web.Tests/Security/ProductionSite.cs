using System.Text.RegularExpressions;

namespace MsaOrleans.Web.Tests.Security;

/// <summary>The site as visitors meet it: in production, by its name, behind a proxy that ends HTTPS.</summary>
public sealed class ProductionSite() : Site(
    ["--environment", "Production", "--Site:Proxies=127.0.0.1", $"--Site:PublicUrl=https://{Name}", $"--AllowedHosts={Name};127.0.0.1"], population: 20)
{
    public const string Name = "espace.msa.example";
}

/// <summary>A visitor by HTTPS, as the proxy passes him on, who follows no redirect and looks at each cookie.</summary>
internal sealed partial class SecureVisitor : IDisposable
{
    private readonly HttpClient http;
    private readonly Dictionary<string, string> kept = [];

    public SecureVisitor(Site site, string host = ProductionSite.Name)
    {
        http = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(site.Address) };
        http.DefaultRequestHeaders.Host = host;
        http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
    }

    /// <summary>Each <c>Set-Cookie</c> that set something, attributes included.</summary>
    public List<string> CookiesSet { get; } = [];

    /// <summary>What he sends of a cookie, by its whole name.</summary>
    public string? this[string cookie] => kept.GetValueOrDefault(cookie);

    public void Plant(string cookie, string value) => kept[cookie] = value;

    public Task<HttpResponseMessage> Open(string path) => Ask(new(HttpMethod.Get, path));

    /// <summary>Opens a page and sends its form.</summary>
    public async Task<HttpResponseMessage> Fill(string path, params (string Field, string Value)[] fields)
    {
        using var page = await Open(path);
        var token = Token().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value;
        return await Ask(new(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2))),
        });
    }

    public void Dispose() => http.Dispose();

    private async Task<HttpResponseMessage> Ask(HttpRequestMessage request)
    {
        if (kept.Count > 0)
            request.Headers.Add("Cookie", string.Join("; ", kept.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        var answer = await http.SendAsync(request);
        foreach (var line in answer.Headers.TryGetValues("Set-Cookie", out var lines) ? lines : [])
        {
            var (name, value) = line.Split(';')[0].Split('=', 2) is [var before, var after] ? (before, after) : throw new InvalidOperationException(line);
            if (value.Length == 0)
            {
                kept.Remove(name);
                continue;
            }
            kept[name] = value;
            CookiesSet.Add(line);
        }
        return answer;
    }

    [GeneratedRegex("""name="__RequestVerificationToken"[^>]*value="([^"]+)""")]
    private static partial Regex Token();
}
