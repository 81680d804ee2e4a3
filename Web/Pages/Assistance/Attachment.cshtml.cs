using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Messages;
using MsaOrleans.Web.Assistance;
using MsaOrleans.Web.Forms;

namespace MsaOrleans.Web.Pages.Assistance;

/// <summary>A file that an adherent sent with a message. Opening it is on the record, for the call under way if there is one.</summary>
public sealed class AttachmentModel(IGrainFactory grains, AgentSession session, CurrentCall current, FileHandles handles) : PageModel
{
    public async Task<IActionResult> OnGet(string handle, Guid id, Guid file)
    {
        var login = session.Status!.Login;
        if (handles.Read(login, handle) is not { } whose)
            return RedirectToPage("/Assistance/Message", new { handle, id }); // which says why
        return this.Download(await grains.GetGrain<IAdherentCorrespondence>(whose).Open(MessageModel.ActOf(login, current.Recall(HttpContext, login)), id, file));
    }
}
