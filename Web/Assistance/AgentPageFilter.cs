using System.Reflection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Web.Hosting;
using MsaOrleans.Web.Journey;

namespace MsaOrleans.Web.Assistance;

/// <summary>Opens a page of the hotline before everything that comes first is done. Without it a page is open to agents who have done all of it.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OpenWhileAttribute(AgentStep due) : Attribute
{
    public AgentStep Due { get; } = due;
}

/// <summary>What an agent does before the hotline is open to him.</summary>
public enum AgentStep
{
    /// <summary>He signs in. Such a page is open to everybody.</summary>
    SignIn,

    /// <summary>He replaces his provisional password. Such a page is open to nobody else.</summary>
    Password,
}

/// <summary>Guards every page of the hotline, and tells the layout who is signed in.</summary>
public sealed class AgentPageFilter(AgentSession session, [FromKeyedServices(Supervisors.Scheme)] WantedPage wanted) : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var page = (PageModel)context.HandlerInstance;
        page.ViewData["Agent"] = session.Status;
        if (PageInstead(page.GetType().GetCustomAttribute<OpenWhileAttribute>()?.Due) is { } instead)
        {
            if (session.Status is null && HttpMethods.IsGet(page.Request.Method))
                wanted.Remember(page.HttpContext);
            context.Result = new RedirectToPageResult(instead);
            return;
        }
        await next();
    }

    private string? PageInstead(AgentStep? open) => (open, session.Status) switch
    {
        (AgentStep.SignIn, _) => null,
        (_, null) => "/Assistance/SignIn",
        (AgentStep.Password, { MustChangePassword: true }) => null,
        (AgentStep.Password, _) => "/Assistance/Index",
        (null, { MustChangePassword: true }) => "/Assistance/Password",
        (null, _) => null,
    };
}
