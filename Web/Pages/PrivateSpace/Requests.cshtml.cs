using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Space;
using MsaOrleans.Web.Sessions;

namespace MsaOrleans.Web.Pages.PrivateSpace;

/// <summary>What he asked of the MSA, and where it stands.</summary>
[SessionPage(FirstConnectionStep.None)]
public sealed class RequestsModel(AdherentSession session) : PageModel
{
    /// <summary>The latest asked first.</summary>
    public IReadOnlyList<SpaceRequest> Requests { get; private set; } = [];

    /// <summary>How many of them are under way, in words.</summary>
    public string UnderWay => Requests.Count(request => request.IsOpen) switch
    {
        0 => "Aucune demande n'est en cours.",
        1 => "Une demande est en cours.",
        var many => $"{many}\u00a0demandes sont en cours.",
    };

    public async Task<IActionResult> OnGet()
    {
        if (await session.Adherent<IAdherentSpace>().Requests(session.Token) is not { } requests)
            return RedirectToPage("/SignIn/SignIn");
        Requests = requests;
        return Page();
    }
}
