using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.FranceConnect;
using MsaOrleans.Web.Forms;
using MsaOrleans.Web.FranceConnect;
using MsaOrleans.Web.FranceConnect.Provider;
using MsaOrleans.Web.Sessions;

namespace MsaOrleans.Web.Pages.FranceConnect.Provider;

/// <summary>
/// The door for those who come from FranceConnect. The request stays in the address, as it came: it goes on with it, and what is typed here is never
/// a parameter of it.
/// </summary>
public sealed class SignInModel(IGrainFactory grains, AdherentKeys keys, ProviderSettings settings, PasswordProof proofs) : CredentialsPage
{
    /// <summary>Who wants to know; nothing when nobody knows him.</summary>
    public ProviderClient? Client { get; private set; }

    /// <summary>What keeps the MSA from vouching for somebody whose password was right.</summary>
    public VouchRequirements Missing { get; private set; }

    /// <summary>Where he goes on to who has proved who he is. A page leads there, and no redirect, since FranceConnect sends on to other sites.</summary>
    public string? GoOn { get; private set; }

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        Client = settings.Client(Request.Query["client_id"]);
        if (Client is not null)
            return;
        Response.StatusCode = StatusCodes.Status400BadRequest;
        context.Result = Page();
    }

    public async Task<IActionResult> OnPost()
    {
        if (TypedPassword is not { } password)
            return RefuseCredentials();
        var adherent = keys.For(Nir);
        switch (await grains.GetGrain<IAdherentFranceConnect>(adherent).Vouch(password, Origins.Of(HttpContext)))
        {
            case VouchOutcome.Vouched(var subject):
                await proofs.Give(HttpContext, adherent, subject);
                GoOn = ProviderPaths.Authorize + Request.QueryString;
                Response.GoOn(GoOn);
                return Page();
            case VouchOutcome.NotYet(var missing):
                Missing = missing;
                return Page();
            default:
                return RefuseCredentials();
        }
    }
}
