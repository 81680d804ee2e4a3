using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Sessions;
using MsaOrleans.Web.Forms;
using MsaOrleans.Web.Sessions;

namespace MsaOrleans.Web.Pages.Account;

/// <summary>Where he is signed in and was lately; the other sessions can be closed.</summary>
[SessionPage(FirstConnectionStep.None)]
public sealed class SignInsModel(AdherentSession session) : PageModel, IPageWithContent
{
    public SessionOverview Overview { get; private set; } = null!;

    public async Task<IActionResult?> Load()
    {
        if (await session.Adherent<IAdherentSessions>().Overview(session.Token) is not { } overview)
            return RedirectToPage("/SignIn/SignIn");
        Overview = overview;
        return null;
    }

    public async Task<IActionResult> OnGet() => await Load() ?? Page();

    public async Task<IActionResult> OnPost()
    {
        var closed = await session.Adherent<IAdherentSessions>().CloseOthers(session.Token);
        return this.Done(closed switch
        {
            0 => "Aucune autre connexion n'était ouverte.",
            1 => "Votre autre connexion a été fermée.",
            _ => $"Vos {closed} autres connexions ont été fermées.",
        });
    }

    /// <summary>What he signed in with, in words.</summary>
    public static string Of(SignInMeans means) => means switch
    {
        SignInMeans.Password => "mot de passe",
        SignInMeans.ProvisionalPassword => "mot de passe provisoire",
        SignInMeans.DepartmentCode => "code confidentiel",
        SignInMeans.FranceConnect => "FranceConnect",
        SignInMeans.ForFranceConnect => "mot de passe, pour un autre site par FranceConnect",
    };
}
