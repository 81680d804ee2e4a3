using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.WebUtilities;

namespace MsaOrleans.Web.Tests.FranceConnect;

/// <summary>Somebody whom a site sends to the MSA to say who he is, without JavaScript, one redirect at a time; and what that site asks behind his back.</summary>
internal sealed class Visit : IDisposable
{
    private static readonly HtmlParser parser = new();

    private readonly HttpClientHandler handler = new() { AllowAutoRedirect = false };
    private readonly HttpClient http;
    private string address = "";

    public Visit(ProviderSite site)
    {
        http = new(handler) { BaseAddress = new(site.Address) };
        Cookies = handler.CookieContainer;
    }

    public CookieContainer Cookies { get; }

    public HttpStatusCode Status { get; private set; }

    /// <summary>Where the last answer sends him.</summary>
    public string? Location { get; private set; }

    public IHtmlDocument Page { get; private set; } = null!;

    public string Heading => Page.QuerySelector("h1")?.TextContent.Replace('\u00a0', ' ').Trim() ?? "";

    public string Words => Page.QuerySelector("main")?.TextContent.Replace('\u00a0', ' ') ?? "";

    public HttpResponseHeaders Headers { get; private set; } = null!;

    /// <summary>Where the page leads by itself.</summary>
    public string? GoesOnTo => Headers.TryGetValues("Refresh", out var refresh) ? refresh.Single()["0; url=".Length..] : null;

    /// <summary>A request as FranceConnect makes it.</summary>
    public static string Request(string client = ProviderSite.Json, params (string Name, string? Value)[] changed)
    {
        var parameters = new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["client_id"] = client,
            ["redirect_uri"] = ProviderSite.Callback,
            ["scope"] = "openid profile email birth",
            ["acr_values"] = "eidas1",
            ["prompt"] = "login",
            ["state"] = "0123456789abcdef0123456789abcdef+/=é&",
            ["nonce"] = "fedcba9876543210fedcba9876543210+/=é&",
        };
        foreach (var (name, value) in changed)
            parameters[name] = value;
        return QueryHelpers.AddQueryString("", parameters);
    }

    public Task Open(string path) => Show(http.GetAsync(address = path));

    public Task Post(string path, IEnumerable<KeyValuePair<string, string>> fields) => Show(http.PostAsync(path, new FormUrlEncodedContent(fields)));

    /// <summary>Asks, and comes to the door.</summary>
    public async Task Come(string request)
    {
        await Open("/franceconnect/authorize" + request);
        Assert.Equal((HttpStatusCode.Found, "/franceconnect/connexion" + request), (Status, Location));
        await Open(Location!);
    }

    /// <summary>Fills in the form that is shown.</summary>
    public Task Answer(string identifier, string password = ProviderSite.Password)
    {
        var form = (IHtmlFormElement)Page.QuerySelector("form[method=post]")!;
        var hidden = form.Elements.OfType<IHtmlInputElement>().Where(input => input.Type == "hidden").Select(input => KeyValuePair.Create(input.Name!, input.Value));
        return Post(form.GetAttribute("action") ?? address, [.. hidden, KeyValuePair.Create("Identifier", identifier), KeyValuePair.Create("Password", password)]);
    }

    /// <summary>The whole way to the site that asked.</summary>
    /// <returns>The parameters that it is answered with.</returns>
    public async Task<Dictionary<string, string>> SignIn(Vouching adherent, string request)
    {
        await Come(request);
        await Answer(adherent.Nir);
        Assert.Equal(HttpStatusCode.OK, Status);
        await Open(GoesOnTo!);
        return Returned();
    }

    /// <summary>The parameters with which he is sent back.</summary>
    public Dictionary<string, string> Returned(string to = ProviderSite.Callback)
    {
        Assert.Equal(HttpStatusCode.Found, Status);
        Assert.StartsWith(to, Location, StringComparison.Ordinal);
        return QueryHelpers.ParseQuery(new Uri(Location!).Query).ToDictionary(parameter => parameter.Key, parameter => Assert.Single(parameter.Value)!);
    }

    /// <summary>The site that asked shows the code.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Answer)> Redeem(string code, string client = ProviderSite.Json, string secret = ProviderSite.Secret, bool basic = false, string redirectUri = ProviderSite.Callback)
    {
        var fields = new Dictionary<string, string> { ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = redirectUri };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/franceconnect/token");
        if (basic)
            request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{client}:{secret}")));
        else
            (fields["client_id"], fields["client_secret"]) = (client, secret);
        request.Content = new FormUrlEncodedContent(fields);
        using var response = await http.SendAsync(request);
        return (response.StatusCode, (await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync())).RootElement);
    }

    /// <summary>Signs in, and shows the code.</summary>
    public async Task<(string AccessToken, string IdToken)> Tokens(Vouching adherent, string request, string client = ProviderSite.Json)
    {
        var (status, answer) = await Redeem((await SignIn(adherent, request))["code"], client);
        Assert.Equal(HttpStatusCode.OK, status);
        return (answer.GetProperty("access_token").GetString()!, answer.GetProperty("id_token").GetString()!);
    }

    /// <summary>The site that asked wants to know who he is.</summary>
    public async Task<(HttpStatusCode Status, string? Type, string Body)> UserInfo(string accessToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/franceconnect/userinfo") { Headers = { Authorization = new("Bearer", accessToken) } };
        using var response = await http.SendAsync(request);
        return (response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync());
    }

    public async Task<JsonElement> Json(string path) => (await JsonDocument.ParseAsync(await http.GetStreamAsync(path))).RootElement;

    public void Dispose()
    {
        http.Dispose();
        handler.Dispose();
    }

    private async Task Show(Task<HttpResponseMessage> request)
    {
        using var response = await request;
        (Status, Location, Headers) = (response.StatusCode, response.Headers.Location?.OriginalString, response.Headers);
        Page = parser.ParseDocument(await response.Content.ReadAsStringAsync());
    }
}
