using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Messages;
using MsaOrleans.Web.Forms;
using MsaOrleans.Web.Sessions;

namespace MsaOrleans.Web.Pages.PrivateSpace;

/// <summary>A file that he sent with a message. The address of another's leads to none.</summary>
[SessionPage(FirstConnectionStep.None)]
public sealed class AttachmentModel(AdherentSession session) : PageModel
{
    public async Task<IActionResult> OnGet(Guid id) => this.Download(await session.Adherent<IAdherentMessages>().Open(session.Token, id));
}
