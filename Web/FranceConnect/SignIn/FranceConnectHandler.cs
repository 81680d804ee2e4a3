using System.Security.Cryptography;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace MsaOrleans.Web.FranceConnect.SignIn;

/// <summary>
/// The framework's handler of OpenID Connect. What ties an answer to the browser that asked is kept in a cookie that no sibling host can set (prefix
/// <c>__Host-</c>): else whoever held one could have somebody come back signed in as himself.
/// </summary>
public sealed class FranceConnectHandler(
    IOptionsMonitor<OpenIdConnectOptions> options, ILoggerFactory logger, HtmlEncoder htmlEncoder, UrlEncoder encoder, ICookieManager cookies)
    : OpenIdConnectHandler(options, logger, htmlEncoder, encoder)
{
    private const string CookiePrefix = "msa-franceconnect-";
    private const string Correlation = ".xsrf"; // where the framework keeps it

    protected override void GenerateCorrelationId(AuthenticationProperties properties)
    {
        var id = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));
        properties.Items[Correlation] = id;
        cookies.AppendResponseCookie(Context, CookiePrefix + id, "1", Cookie(Options.RemoteAuthenticationTimeout));
    }

    protected override bool ValidateCorrelationId(AuthenticationProperties properties)
    {
        if (!properties.Items.Remove(Correlation, out var id) || id is null || cookies.GetRequestCookie(Context, CookiePrefix + id) is null)
            return false;
        cookies.DeleteCookie(Context, CookiePrefix + id, Cookie(null));
        return true;
    }

    private CookieOptions Cookie(TimeSpan? maxAge) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        MaxAge = maxAge,
        Path = "/",
        SameSite = SameSiteMode.Lax,
        Secure = Request.IsHttps,
    };
}
