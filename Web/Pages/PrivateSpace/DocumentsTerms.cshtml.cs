using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Documents;
using MsaOrleans.Web.Pages.Legal;
using MsaOrleans.Web.Sessions;

namespace MsaOrleans.Web.Pages.PrivateSpace;

/// <summary>The terms of use in the version that he accepted, which need not be that of today.</summary>
[SessionPage(FirstConnectionStep.None)]
public sealed class DocumentsTermsModel(AdherentSession session) : PageModel
{
    public string Version { get; private set; } = null!;

    public DateTimeOffset AcceptedAt { get; private set; }

    public async Task<IActionResult> OnGet()
    {
        if (await session.Adherent<IAdherentDocuments>().All(session.Token) is not { } shelf)
            return RedirectToPage("/SignIn/SignIn");
        (Version, AcceptedAt) = (shelf.TermsVersion, shelf.TermsAcceptedAt);
        return TermsTexts.Versions.Contains(Version) ? Page() : NotFound();
    }
}
