using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Enrolments;
using MsaOrleans.Grains.Interfaces.FranceConnect;
using MsaOrleans.Grains.Interfaces.Sessions;
using MsaOrleans.Web.FranceConnect.SignIn;
using MsaOrleans.Web.Sessions;

namespace MsaOrleans.Web.Pages.Account;

/// <summary>The adherent's account: how he is reached, his departments, his requests for others, and his data.</summary>
[SessionPage(FirstConnectionStep.None)]
public sealed class IndexModel(AdherentSession session, FranceConnectSignIn franceConnect) : PageModel
{
    public ContactOverview Contact { get; private set; } = null!;

    public EnrolmentOverview Enrolments { get; private set; } = null!;

    public int OpenSessions { get; private set; }

    /// <summary>Since when FranceConnect opens this space; nothing when it does not.</summary>
    public DateTimeOffset? FranceConnectSince { get; private set; }

    public bool OffersFranceConnect => franceConnect.IsOffered;

    public async Task<IActionResult> OnGet()
    {
        if (await session.Adherent<IAdherentContact>().Account(session.Token) is not { } contact
            || await session.Adherent<IAdherentEnrolments>().Read(session.Token) is not { } enrolments
            || await session.Adherent<IAdherentSessions>().Overview(session.Token) is not { } sessions)
            return RedirectToPage("/SignIn/SignIn");
        (Contact, Enrolments, OpenSessions) = (contact, enrolments, sessions.Open.Count);
        FranceConnectSince = await session.Adherent<IAdherentFranceConnect>().LinkedSince(session.Token);
        return Page();
    }

    /// <summary>A way to be reached, in words.</summary>
    public static string Of(ReceptionMode mode) => mode switch
    {
        ReceptionMode.Email => "par email",
        ReceptionMode.Paper => "par courrier",
    };

    /// <summary>What became of a change of address.</summary>
    public static string StateOf(AddressChangeSummary change) => change switch
    {
        { TakenOverAt: not null } => "Prise en compte",
        { ReplacedAt: not null } => "Remplacée",
        _ => "Transmise à la caisse",
    };
}
