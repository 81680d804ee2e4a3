using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using OpenIddict.Server.AspNetCore;

namespace MsaOrleans.Web.Pages.FranceConnect.Provider;

/// <summary>
/// Where FranceConnect sends somebody whose session it has ended. None of ours hangs on it: he goes straight back. Whoever sends him here ends nothing, least of
/// all his session in the private space.
/// </summary>
public sealed class LogoutModel : PageModel
{
    public override Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        context.Result = Answer();
        return Task.CompletedTask;
    }

    private IActionResult Answer()
    {
        if (HttpContext.GetOpenIddictServerResponse() is not null)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }
        return HttpContext.GetOpenIddictServerRequest() switch
        {
            null => NotFound(),
            { PostLogoutRedirectUri: null } => Page(),
            _ => SignOut(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme),
        };
    }
}
