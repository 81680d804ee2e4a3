using Microsoft.AspNetCore.Http.Features;

namespace MsaOrleans.Web.Hosting;

/// <summary>
/// Wherever the site is reached by HTTPS, gives every cookie the prefix <c>__Host-</c>, whoever sets it, the framework included, and sees no cookie without
/// it: no sibling host can set one (ASVS 3.3.1, 3.3.3). Everything behind it knows cookies by their names without. By plain HTTP, as on a developer's machine,
/// browsers refuse that prefix, and it is left out.
/// </summary>
internal static class HostPrefix
{
    private const string Prefix = "__Host-";

    public static Task Use(HttpContext context, RequestDelegate next)
    {
        if (context.Request.IsHttps)
        {
            context.Features.Set<IRequestCookiesFeature>(new RequestCookiesFeature(new Received(context.Request.Cookies)));
            context.Features.Set<IResponseCookiesFeature>(new Sent(context.Response.Cookies));
        }
        return next(context);
    }

    private sealed class Received : Dictionary<string, string>, IRequestCookieCollection
    {
        public Received(IRequestCookieCollection all)
            : base(StringComparer.OrdinalIgnoreCase)
        {
            // By the letter: browsers that know the prefix in one spelling only let anybody set the others.
            foreach (var (name, value) in all.Where(cookie => cookie.Key.StartsWith(Prefix, StringComparison.Ordinal)))
                this[name[Prefix.Length..]] = value;
        }

        string? IRequestCookieCollection.this[string key] => this.GetValueOrDefault(key);

        ICollection<string> IRequestCookieCollection.Keys => Keys;
    }

    private sealed class Sent(IResponseCookies cookies) : IResponseCookiesFeature, IResponseCookies
    {
        public IResponseCookies Cookies => this;

        public void Append(string key, string value) => Append(key, value, new());

        public void Append(string key, string value, CookieOptions options) => cookies.Append(Prefix + key, value, AsThePrefixWants(options));

        public void Delete(string key) => Delete(key, new());

        public void Delete(string key, CookieOptions options) => cookies.Delete(Prefix + key, AsThePrefixWants(options));

        private static CookieOptions AsThePrefixWants(CookieOptions options) => new(options) { Secure = true, Path = "/", Domain = null };
    }
}
