using Microsoft.Net.Http.Headers;

namespace MsaOrleans.Web.Forms;

/// <summary>
/// All that we send is UTF-8, and so is what comes back; what says otherwise is refused with 415. Of some character sets (UTF-7) the framework knows the name, and throws when
/// it is to read them.
/// </summary>
internal static class Utf8
{
    public static Task Only(HttpContext context, RequestDelegate next)
    {
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) || !type.Charset.HasValue
            || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            return next(context);
        context.Request.ContentType = null; // nor will the page read it that says so
        context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
        return Task.CompletedTask;
    }
}
