using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Web.Forms;
using MsaOrleans.Web.Sessions;

namespace MsaOrleans.Web.Pages.Account;

/// <summary>How documents and news reach him.</summary>
[SessionPage(FirstConnectionStep.None)]
public sealed class ReceptionModel(AdherentSession session) : PageModel, ICheckedForm
{
    [BindProperty]
    public string? Documents { get; set; }

    [BindProperty]
    public string? News { get; set; }

    public async Task<IActionResult> OnGet()
    {
        if (await session.Adherent<IAdherentContact>().Account(session.Token) is not { Reception: var chosen })
            return RedirectToPage("/SignIn/SignIn");
        (Documents, News) = (Value(chosen.Documents), Value(chosen.News));
        return Page();
    }

    public void Check(ModelStateDictionary faults)
    {
        foreach (var (field, value) in new[] { (nameof(Documents), Documents), (nameof(News), News) })
        {
            if (Read(value) is null)
                faults.AddModelError(field, "Choisissez : par email, ou par courrier.");
        }
    }

    public async Task<IActionResult> OnPost() => this.DoneIf(
        await session.Adherent<IAdherentContact>().ChooseReception(session.Token, new(Read(Documents)!.Value, Read(News)!.Value)),
        "Votre mode de réception a été enregistré.");

    private static string Value(ReceptionMode mode) => mode switch
    {
        ReceptionMode.Email => "email",
        ReceptionMode.Paper => "paper",
    };

    private static ReceptionMode? Read(string? value) =>
        Enum.GetValues<ReceptionMode>().Where(mode => Value(mode) == value).Select(mode => (ReceptionMode?)mode).FirstOrDefault();
}
