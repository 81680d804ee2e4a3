using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Web.FranceConnect.SignIn;

namespace MsaOrleans.Web.Pages.SignIn;

/// <summary>What somebody reads who came back from FranceConnect and was not let in, and how else he may go on.</summary>
public sealed class FranceConnectFailedModel(FranceConnectSignIn franceConnect) : PageModel
{
    public FranceConnectFailure Failure { get; private set; }

    public string Title => Failure switch
    {
        FranceConnectFailure.Unavailable => "FranceConnect ne répond pas",
        FranceConnectFailure.Interrupted => "Votre connexion par FranceConnect n'a pas abouti",
        FranceConnectFailure.NotRecognised => "Nous n'avons pas pu vous reconnaître",
    };

    public IActionResult OnGet()
    {
        Failure = Enum.GetValues<FranceConnectFailure>().First(failure => FranceConnectArrival.PathOf(failure) == Request.Path.Value?.ToLowerInvariant());
        return franceConnect.IsOffered ? Page() : NotFound();
    }
}
