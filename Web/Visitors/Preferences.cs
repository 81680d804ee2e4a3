using Microsoft.AspNetCore.Authentication.Cookies;

namespace MsaOrleans.Web.Visitors;

/// <summary>What a visitor wishes, remembered by his browser alone, in clear, for a year.</summary>
internal static class Preferences
{
    private static readonly TimeSpan lifetime = TimeSpan.FromDays(365);

    /// <param name="cookies">Writes it.</param>
    /// <param name="context">The request.</param>
    /// <param name="name">Of the cookie.</param>
    /// <param name="value">His wish.</param>
    /// <param name="readByScripts">Scripts of our pages have to know it, too.</param>
    public static void Prefer(this ICookieManager cookies, HttpContext context, string name, string value, bool readByScripts = false) =>
        cookies.AppendResponseCookie(context, name, value, new()
        {
            HttpOnly = !readByScripts,
            IsEssential = true,
            MaxAge = lifetime,
            Path = "/",
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
        });
}
