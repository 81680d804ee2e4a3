using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Documents;
using MsaOrleans.Web.Forms;
using MsaOrleans.Web.Sessions;

namespace MsaOrleans.Web.Pages.PrivateSpace;

/// <summary>One of his documents as a file. The address of another's leads to none.</summary>
[SessionPage(FirstConnectionStep.None)]
public sealed class DocumentsFileModel(AdherentSession session) : PageModel
{
    public async Task<IActionResult> OnGet(Guid id) => await session.Adherent<IAdherentDocuments>().Open(session.Token, id) is { } document
        ? File(document.Content, "application/pdf", CertificateTexts.FileNameOf(document.About))
        : NotFound();
}
