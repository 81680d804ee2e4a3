using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Documents;
using MsaOrleans.Web.Forms;
using MsaOrleans.Web.Sessions;

namespace MsaOrleans.Web.Pages.PrivateSpace;

/// <summary>The certificates that can be made, and those made last. The button makes one of health insurance.</summary>
[SessionPage(FirstConnectionStep.None)]
public sealed class CertificatesModel(AdherentSession session) : PageModel, IPageWithContent
{
    /// <summary>Said when one has been made; the list begins with it.</summary>
    internal const string Made = "Votre attestation est prête : c'est la première de la liste ci-dessous.";

    private const int Shown = 5;

    public DocumentShelf Shelf { get; private set; } = null!;

    public IReadOnlyList<CertificateSummary> Latest => [.. Shelf.Certificates.Take(Shown)];

    public async Task<IActionResult> OnGet() => await Load() ?? Page();

    public async Task<IActionResult?> Load()
    {
        if (await session.Adherent<IAdherentDocuments>().All(session.Token) is not { } shelf)
            return RedirectToPage("/SignIn/SignIn");
        Shelf = shelf;
        return null;
    }

    public async Task<IActionResult> OnPost()
    {
        var outcome = await session.Adherent<IAdherentDocuments>().Certify(session.Token, new(Deliver: true));
        if (CertificateTexts.RefusalOf(outcome) is { } refusal)
            return await Load() ?? this.Refuse("", refusal);
        if (outcome is not CertificateOutcome.Made)
            return RedirectToPage("/SignIn/SignIn");
        TempData["Done"] = Made;
        return RedirectToPage();
    }
}
