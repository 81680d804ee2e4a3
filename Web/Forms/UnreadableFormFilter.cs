using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace MsaOrleans.Web.Forms;

/// <summary>
/// A form that cannot be read is refused before anybody asks for a field of it: whoever does, the check of the antiforgery token too, would throw what this meets.
/// </summary>
public sealed class UnreadableFormFilter : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (context.TakesForm() && await RefusalOf(context.HttpContext.Request) is { } status)
            context.Result = new StatusCodeResult(status);
        else
            await next();
    }

    private static async Task<int?> RefusalOf(HttpRequest request)
    {
        try
        {
            if (request.HasFormContentType)
                await request.ReadFormAsync();
            return null;
        }
        catch (BadHttpRequestException unreadable)
        {
            return unreadable.StatusCode;
        }
        catch (InvalidDataException unreadable) when (unreadable.InnerException is null)
        {
            return StatusCodes.Status413PayloadTooLarge; // too many fields, or one beyond all measure
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or IOException)
        {
            return StatusCodes.Status400BadRequest; // no text, or it ends before its end
        }
    }
}

internal static class PageHandlers
{
    /// <summary>Whether what was posted is for the page: the error page may be shown in answer to a post, and has no handler for it.</summary>
    public static bool TakesForm(this PageHandlerExecutingContext context) => context.HandlerMethod is { } handler && HttpMethods.IsPost(handler.HttpMethod);
}
