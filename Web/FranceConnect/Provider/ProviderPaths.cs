namespace MsaOrleans.Web.FranceConnect.Provider;

/// <summary>Addresses of the identity provider: declared to FranceConnect, so a contract.</summary>
public static class ProviderPaths
{
    public const string Authorize = "/franceconnect/authorize";
    public const string Token = "/franceconnect/token";
    public const string UserInfo = "/franceconnect/userinfo";
    public const string Logout = "/franceconnect/logout";
    public const string SignIn = "/franceconnect/connexion";

    // Added to a request by our own pages: OpenIddict checks it like any other, and it is then answered with a refusal.
    private const string GivenUp = "renoncer";

    /// <summary>Where somebody goes on who gives up: back to whoever asked, who is told so.</summary>
    /// <param name="query">The request, as it came.</param>
    public static string GiveUp(QueryString query) => Authorize + query.Add(GivenUp, "oui");

    public static bool IsGivenUp(HttpRequest request) => request.Query.ContainsKey(GivenUp);
}
