using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Documents;
using MsaOrleans.Grains.Interfaces.Enrolments;
using MsaOrleans.Grains.Interfaces.Postal;
using MsaOrleans.Web.Forms;
using MsaOrleans.Web.Sessions;

namespace MsaOrleans.Web.Pages.PrivateSpace;

/// <summary>All that was filed for him: certificates, the terms he accepted, the letters about his requests.</summary>
[SessionPage(FirstConnectionStep.None)]
public sealed class DocumentsModel(AdherentSession session) : PageModel
{
    public DocumentShelf Shelf { get; private set; } = null!;

    /// <summary>What he was sent about his requests, latest first.</summary>
    public IEnumerable<(DateTimeOffset At, string What, PostalCopySummary? Copy)> Letters => Shelf.Enrolments.SelectMany(LettersAbout).OrderByDescending(letter => letter.At);

    public async Task<IActionResult> OnGet()
    {
        if (await session.Adherent<IAdherentDocuments>().All(session.Token) is not { } shelf)
            return RedirectToPage("/SignIn/SignIn");
        Shelf = shelf;
        return Page();
    }

    private static IEnumerable<(DateTimeOffset At, string What, PostalCopySummary? Copy)> LettersAbout(EnrolmentRequestSummary request)
    {
        var department = EnrolmentTexts.LabelOf(request.Department);
        yield return (request.RequestedAt, $"Accusé de réception de votre demande d'inscription, {department}", request.Copy);
        if (request.CodeSentAt is { } sent)
            yield return (sent, $"Courriel avec votre code confidentiel, {department}", null);
    }
}
