using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;

namespace MsaOrleans.Web.Journey;

/// <summary>A value that a browser keeps for us, encrypted, for a limited time; a value altered or too old is no value.</summary>
public sealed class ProtectedCookie<T>(string name, TimeSpan lifetime, bool outlivesBrowser, IDataProtectionProvider protection, ICookieManager cookies)
    where T : class
{
    private readonly ITimeLimitedDataProtector protector = protection.CreateProtector("MsaOrleans.Web.Cookie", name).ToTimeLimitedDataProtector();

    public T? Read(HttpContext context)
    {
        if (cookies.GetRequestCookie(context, name) is not { Length: > 0 } text)
            return null;
        try
        {
            return JsonSerializer.Deserialize<T>(protector.Unprotect(text));
        }
        catch (Exception e) when (e is CryptographicException or JsonException or FormatException)
        {
            return null;
        }
    }

    public void Write(HttpContext context, T value) => cookies.AppendResponseCookie(
        context, name, protector.Protect(JsonSerializer.Serialize(value), lifetime), Options(context, outlivesBrowser ? lifetime : null));

    public void Delete(HttpContext context) => cookies.DeleteCookie(context, name, Options(context, null));

    private static CookieOptions Options(HttpContext context, TimeSpan? maxAge) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        MaxAge = maxAge,
        Path = "/",
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
    };
}
