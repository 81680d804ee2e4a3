using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace MsaOrleans.Web.Forms;

/// <summary>A form that says what is wrong with it, every fault at once, in the order of its fields.</summary>
public interface ICheckedForm
{
    void Check(ModelStateDictionary faults);
}

/// <summary>A page that shows more than its form, and needs it again when the form comes back.</summary>
public interface IPageWithContent
{
    /// <summary>Reads what the page shows.</summary>
    /// <returns>Where to go instead; nothing when the page can be shown.</returns>
    Task<IActionResult?> Load();
}

/// <summary>
/// What happens to every posted form: without a good antiforgery token, or with a fault, its handler never runs, and the same page comes back
/// with status 400 and what was typed. The framework's own antiforgery filter would answer with an empty page and lose it all.
/// </summary>
public sealed class FormFilter(IAntiforgery antiforgery) : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (context.HandlerInstance is not PageModel page)
        {
            await next();
            return;
        }
        if (context.TakesForm())
        {
            if (!await antiforgery.IsRequestValidAsync(page.HttpContext))
                page.ModelState.AddModelError("", Messages.PageTooOld);
            if (page is ICheckedForm form)
                form.Check(page.ModelState);
            if (!page.ModelState.IsValid)
                context.Result = (page is IPageWithContent content ? await content.Load() : null) ?? page.Page();
        }
        var result = context.Result ?? (await next()).Result;
        if (result is PageResult && !page.ModelState.IsValid)
            page.Response.StatusCode = StatusCodes.Status400BadRequest;
    }
}

/// <summary>Short forms for pages that refuse.</summary>
public static class Refusals
{
    /// <summary>The page again, with a message beside a field; with an empty field, a message about the whole.</summary>
    public static PageResult Refuse(this PageModel page, string field, string message)
    {
        page.ModelState.AddModelError(field, message);
        return page.Page();
    }

    /// <summary>A fault unless there is text, and not too much.</summary>
    public static void Require(this ModelStateDictionary faults, string field, string? value, int maxLength, string missing)
    {
        if (string.IsNullOrWhiteSpace(value))
            faults.AddModelError(field, missing);
        else if (value.Length > maxLength)
            faults.AddModelError(field, $"Ce texte est trop long. Écrivez {maxLength} caractères au plus.");
    }
}
