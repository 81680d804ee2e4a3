using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using MsaOrleans.Web.Hosting;

namespace MsaOrleans.Web.Assistance;

/// <summary>A page for supervisors; for everybody else, signed in or not, there is nothing at its address.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RecordForSupervisorsAttribute : Attribute, IAsyncAuthorizationFilter
{
    // Before AgentPageFilter, which would lead whoever is not signed in to the sign-in, and so tell that there is a page.
    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        var authorization = context.HttpContext.RequestServices.GetRequiredService<IAuthorizationService>();
        if (!(await authorization.AuthorizeAsync(context.HttpContext.User, Supervisors.Policy)).Succeeded)
            context.Result = new NotFoundResult();
    }
}
