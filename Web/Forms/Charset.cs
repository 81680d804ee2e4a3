using System.Text;
using Microsoft.Net.Http.Headers;

namespace MsaOrleans.Web.Forms;

/// <summary>
/// A request in a character set that cannot be read is refused with 415. Of some of them (UTF-7) the framework knows the name, and throws when it is to read a form: wherever that
/// happens, it would be a fault of ours. Names that it does not know it takes for UTF-8.
/// </summary>
internal static class Charset
{
    public static Task Readable(HttpContext context, RequestDelegate next)
    {
        if (IsReadable(context.Request.ContentType))
            return next(context);
        context.Request.ContentType = null; // nor will the page read it that says so
        context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
        return Task.CompletedTask;
    }

    private static bool IsReadable(string? contentType)
    {
        try
        {
            if (MediaTypeHeaderValue.TryParse(contentType, out var type) && type.Charset.HasValue)
                Encoding.GetEncoding(HeaderUtilities.RemoveQuotes(type.Charset).ToString());
            return true;
        }
        catch (ArgumentException)
        {
            return true;
        }
        catch (NotSupportedException)
        {
            return false;
        }
    }
}
