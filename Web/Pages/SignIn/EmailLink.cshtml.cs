using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Contact;
using EmailLinkToken = MsaOrleans.Grains.Interfaces.Contact.EmailLink;

namespace MsaOrleans.Web.Pages.SignIn;

/// <summary>
/// Where the link sent to a new e-mail address leads. Opening it changes nothing yet, since mail programs open links on their own; the button does.
/// </summary>
public sealed class EmailLinkModel(IGrainFactory grains) : PageModel
{
    /// <summary>Nothing before the button was pressed.</summary>
    public EmailProof? Outcome { get; private set; }

    public string Title => Outcome is not { } outcome ? "Confirmez votre nouvelle adresse" : outcome switch
    {
        EmailProof.Changed => "Adresse confirmée",
        EmailProof.Invalid => "Ce lien n'est plus valable",
    };

    public void OnGet()
    {
    }

    public async Task OnPost(string token) =>
        Outcome = EmailLinkToken.TryParse(token, out var adherent, out var secret)
            ? await grains.GetGrain<IAdherentContact>(adherent).ProveEmail(secret)
            : EmailProof.Invalid;
}
