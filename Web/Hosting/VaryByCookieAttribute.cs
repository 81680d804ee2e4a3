using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Net.Http.Headers;

namespace MsaOrleans.Web.Hosting;

/// <summary>A cache may keep a page for those who have the same cookies: in them are the visitor's region and the size of his text.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class VaryByCookieAttribute : ResultFilterAttribute
{
    public override void OnResultExecuting(ResultExecutingContext context) => context.HttpContext.Response.Headers.AppendCommaSeparatedValues(HeaderNames.Vary, HeaderNames.Cookie);
}
