using System.Reflection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Web.Forms;

namespace MsaOrleans.Web.Journey;

/// <summary>Guards the pages that carry <see cref="StepAttribute"/>, and tells the layout where the visitor is.</summary>
public sealed class RegistrationStepFilter(RegistrationJourney journey) : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (context.HandlerInstance is not PageModel page || page.GetType().GetCustomAttribute<StepAttribute>() is not { Step: var step })
        {
            await next();
            return;
        }
        await journey.Load();
        if (!journey.Allows(step))
        {
            context.Result = new RedirectToPageResult(RegistrationJourney.PageOf(journey.Due));
            return;
        }
        if (RegistrationJourney.NumberOf(step) is { } number)
        {
            page.ViewData["Step"] = number;
            page.ViewData["StepCount"] = RegistrationJourney.CountedSteps;
            page.ViewData["Abandon"] = page.Url.Page("/Registration/Abandon");
        }
        if (journey.Before(step) is { } before)
            page.ViewData["Previous"] = page.Url.Page(RegistrationJourney.PageOf(before));
        page.ViewData["Draft"] = journey.Visit?.DraftName;
        // A page that stood open while another sign-up was begun in this browser must not answer for that one.
        if (context.TakesForm() && page.Request.HasFormContentType && page.Request.Form["Draft"] is [{ Length: > 0 } draft] && draft != journey.Visit?.DraftName)
        {
            page.ViewData["Draft"] = draft;
            page.ModelState.AddModelError("", Messages.OtherTab);
        }
        await next();
    }
}
