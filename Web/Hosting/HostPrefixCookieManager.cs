using Microsoft.AspNetCore.Authentication.Cookies;

namespace MsaOrleans.Web.Hosting;

/// <summary>
/// Gives cookies the prefix <c>__Host-</c> wherever the site is reached by HTTPS, so that no sibling host can set them (ASVS 3.3.1). By plain
/// HTTP, as on a developer's machine, browsers refuse that prefix, and it is left out.
/// </summary>
public sealed class HostPrefixCookieManager : ICookieManager
{
    private readonly ChunkingCookieManager inner = new();

    public string? GetRequestCookie(HttpContext context, string key) => inner.GetRequestCookie(context, NameOf(context, key));

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) =>
        inner.AppendResponseCookie(context, NameOf(context, key), value, options);

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) => inner.DeleteCookie(context, NameOf(context, key), options);

    private static string NameOf(HttpContext context, string key) => context.Request.IsHttps ? "__Host-" + key : key;
}
