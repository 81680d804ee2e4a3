using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Web.Forms;
using MsaOrleans.Web.Sessions;

namespace MsaOrleans.Web.Pages.Account;

/// <summary>His telephone numbers.</summary>
[SessionPage(FirstConnectionStep.None)]
public sealed class PhonesModel(AdherentSession session) : PageModel, ICheckedForm
{
    private PhoneNumber? mobilePhone;
    private PhoneNumber? landlinePhone;
    private PhoneNumber? fax;

    [BindProperty]
    public string? MobilePhone { get; set; }

    [BindProperty]
    public string? LandlinePhone { get; set; }

    [BindProperty]
    public string? Fax { get; set; }

    public async Task OnGet()
    {
        var card = await session.Adherent<IAdherentContact>().Read(session.Token);
        (MobilePhone, LandlinePhone, Fax) = (FrenchPhone.Format(card?.MobilePhone), FrenchPhone.Format(card?.LandlinePhone), FrenchPhone.Format(card?.Fax));
    }

    public void Check(ModelStateDictionary faults) => (mobilePhone, landlinePhone, fax) = (
        ContactInput.ReadPhone(faults, nameof(MobilePhone), MobilePhone, PhoneKind.Mobile),
        ContactInput.ReadPhone(faults, nameof(LandlinePhone), LandlinePhone, PhoneKind.Landline),
        ContactInput.ReadPhone(faults, nameof(Fax), Fax, PhoneKind.Landline));

    public async Task<IActionResult> OnPost() => this.DoneIf(
        await session.Adherent<IAdherentContact>().ChangePhones(session.Token, mobilePhone, landlinePhone, fax), "Vos téléphones ont été enregistrés.");
}
