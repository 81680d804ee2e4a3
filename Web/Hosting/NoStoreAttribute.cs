using Microsoft.AspNetCore.Mvc.Filters;

namespace MsaOrleans.Web.Hosting;

/// <summary>
/// Keeps an answer out of every cache (ASVS 14.3.2). The framework's own attribute for it does nothing where it is added to a page by convention, and the
/// pages that had the header had it from antiforgery.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NoStoreAttribute : ResultFilterAttribute
{
    // As antiforgery writes it, which would otherwise complain that it has to correct it.
    public override void OnResultExecuting(ResultExecutingContext context)
    {
        var headers = context.HttpContext.Response.Headers;
        (headers.CacheControl, headers.Pragma) = ("no-cache, no-store", "no-cache");
    }
}
