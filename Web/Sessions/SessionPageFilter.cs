using System.Reflection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Sessions;
using MsaOrleans.Web.Journey;

namespace MsaOrleans.Web.Sessions;

/// <summary>Opens a page to signed-in adherents only, and only while one of these is what they have to do.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SessionPageAttribute(params FirstConnectionStep[] due) : Attribute
{
    public bool IsOpen(SessionStatus? status) => status is not null && due.Contains(status.Due);
}

/// <summary>Guards the pages that carry <see cref="SessionPageAttribute"/>, and tells pages who is signed in.</summary>
public sealed class SessionPageFilter(AdherentSession session, WantedPage wanted) : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (context.HandlerInstance is PageModel page)
        {
            page.ViewData["DisplayName"] = session.Status?.DisplayName;
            if (page.GetType().GetCustomAttribute<SessionPageAttribute>() is { } guarded && !guarded.IsOpen(session.Status))
            {
                if (session.Status is null && HttpMethods.IsGet(page.Request.Method))
                    wanted.Remember(page.HttpContext);
                context.Result = new RedirectToPageResult(session.Status is { } status ? AdherentSession.PageOf(status.Due) : "/SignIn/SignIn");
                return;
            }
        }
        await next();
    }
}
