using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Web.Forms;
using MsaOrleans.Web.Sessions;

namespace MsaOrleans.Web.Pages.FirstConnection;

/// <summary>The contact details, confirmed or corrected before the private space opens.</summary>
[SessionPage(FirstConnectionStep.ContactDetails)]
public sealed class ContactDetailsModel(AdherentSession session) : PageModel, ICheckedForm
{
    private EmailAddress? email;
    private PhoneNumber? mobilePhone;
    private PhoneNumber? landlinePhone;
    private PhoneNumber? fax;

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? MobilePhone { get; set; }

    [BindProperty]
    public string? LandlinePhone { get; set; }

    [BindProperty]
    public string? Fax { get; set; }

    public async Task OnGet()
    {
        if (await session.Adherent<IAdherentContact>().Read(session.Token) is not { } card)
            return;
        Email = card.Email.Value;
        MobilePhone = FrenchPhone.Format(card.MobilePhone);
        LandlinePhone = FrenchPhone.Format(card.LandlinePhone);
        Fax = FrenchPhone.Format(card.Fax);
    }

    public void Check(ModelStateDictionary faults)
    {
        email = ContactInput.ReadEmail(faults, nameof(Email), Email);
        mobilePhone = ContactInput.ReadPhone(faults, nameof(MobilePhone), MobilePhone, PhoneKind.Mobile);
        landlinePhone = ContactInput.ReadPhone(faults, nameof(LandlinePhone), LandlinePhone, PhoneKind.Landline);
        fax = ContactInput.ReadPhone(faults, nameof(Fax), Fax, PhoneKind.Landline);
    }

    public async Task<IActionResult> OnPost() =>
        await session.Adherent<IAdherentContact>().Confirm(session.Token, new(email!, mobilePhone, landlinePhone, fax)) switch
        {
            ContactConfirmation.Confirmed or ContactConfirmation.EmailToProve => RedirectToPage("/FirstConnection/Finished"),
            ContactConfirmation.NotAllowed => RedirectToPage("/SignIn/SignIn"),
        };
}
