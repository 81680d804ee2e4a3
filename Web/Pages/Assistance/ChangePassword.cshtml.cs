using Microsoft.AspNetCore.Mvc;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Web.Assistance;
using MsaOrleans.Web.Forms;

namespace MsaOrleans.Web.Pages.Assistance;

/// <summary>An agent's.</summary>
public sealed class ChangePasswordModel(AgentSession session) : PasswordChangePage("/Assistance/SignIn", Locked)
{
    private const string Locked = "Trop de mots de passe erronés : patientez un quart d’heure avant de réessayer. Rien n’a été modifié.";

    protected override Task<PasswordChangeOutcome> Change(Password current, Password chosen) => session.Agent.Change(session.Token, current, chosen);

    protected override async Task<IActionResult> GoOn(SessionToken next)
    {
        await session.Renew(next);
        TempData["Done"] = "Votre mot de passe est modifié. Vos autres connexions sont fermées.";
        return RedirectToPage("/Assistance/Index");
    }
}
