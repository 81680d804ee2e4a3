using Microsoft.AspNetCore.Mvc;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Web.Forms;
using MsaOrleans.Web.Sessions;
using TypedPassword = MsaOrleans.Grains.Interfaces.Adherents.Password;

namespace MsaOrleans.Web.Pages.Account;

/// <summary>An adherent's.</summary>
[SessionPage(FirstConnectionStep.None)]
public sealed class PasswordModel(AdherentSession session) : PasswordChangePage("/SignIn/SignIn", Messages.PasswordLocked)
{
    protected override Task<PasswordChangeOutcome> Change(TypedPassword current, TypedPassword chosen) =>
        session.Adherent<IAdherentCredentials>().Change(session.Token, current, chosen);

    protected override async Task<IActionResult> GoOn(SessionToken next)
    {
        await session.Renew(next);
        return this.Done("Votre mot de passe a bien été modifié. Vos autres connexions ont été fermées.");
    }
}
