using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Web.FranceConnect.Provider;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;

namespace MsaOrleans.Web.Pages.FranceConnect.Provider;

/// <summary>
/// Where FranceConnect sends somebody. OpenIddict has checked the request, and has answered it itself if it could say to whom; here he is sent to the door, and
/// with the proof of a password back where he came from. No session is kept: whoever comes again gives his password again.
/// </summary>
public sealed class AuthorizeModel(PasswordProof proofs) : PageModel
{
    // Of every method: a request may be posted, too, and is then no form of ours.
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next) => context.Result = await Answer();

    private async Task<IActionResult> Answer()
    {
        if (HttpContext.GetOpenIddictServerResponse() is not null)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }
        if (HttpContext.GetOpenIddictServerRequest() is not { } request)
            return NotFound();
        if ((ProviderPaths.IsGivenUp(Request) ? OpenIddictConstants.Errors.AccessDenied : ProviderServer.RefusalOf(request)) is { } error)
        {
            return Forbid(
                new AuthenticationProperties { Items = { [OpenIddictServerAspNetCoreConstants.Properties.Error] = error } }, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        }
        if (await proofs.Take(HttpContext) is { } proof)
            return SignIn(ProviderServer.Principal(proof, request), OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        var query = HttpMethods.IsPost(Request.Method)
            ? QueryString.Create(request.GetParameters().Select(parameter => KeyValuePair.Create(parameter.Key, (string?)parameter.Value)))
            : Request.QueryString;
        return Redirect(ProviderPaths.SignIn + query);
    }
}
