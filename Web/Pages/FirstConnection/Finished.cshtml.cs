using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Space;
using MsaOrleans.Web.Sessions;

namespace MsaOrleans.Web.Pages.FirstConnection;

/// <summary>The first connection is complete: the private space is open.</summary>
[SessionPage(FirstConnectionStep.None)]
public sealed class FinishedModel(AdherentSession session) : PageModel
{
    public string? PendingEmail { get; private set; }

    public async Task OnGet() => PendingEmail = (await session.Adherent<IAdherentSpace>().Home(session.Token))?.PendingEmail?.Value;
}
