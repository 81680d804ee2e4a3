using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Agents;
using MsaOrleans.Web.Assistance;
using MsaOrleans.Web.Forms;
using TypedPassword = MsaOrleans.Grains.Interfaces.Adherents.Password;

namespace MsaOrleans.Web.Pages.Assistance;

/// <summary>The door of the hotline. Wrong, unknown, expired and locked get one and the same answer.</summary>
[OpenWhile(AgentStep.SignIn)]
public sealed class SignInModel(IGrainFactory grains, AgentSession session, AgentVisit visit) : PageModel, ICheckedForm
{
    private const string Refused =
        "L’identifiant ou le mot de passe n’est pas correct. Vérifiez-les, majuscules et minuscules comprises. "
        + "Après plusieurs essais manqués, l’accès est suspendu quelque temps : patientez un quart d’heure avant de réessayer.";

    // More than any login has: not looked at.
    private const int LongestRead = 200;

    [BindProperty]
    public string? Login { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public IActionResult OnGet() => session.Status is null ? Page() : RedirectToPage("/Assistance/Index");

    public void Check(ModelStateDictionary faults)
    {
        if (string.IsNullOrWhiteSpace(Login))
            faults.AddModelError(nameof(Login), "Saisissez votre identifiant.");
        if (string.IsNullOrEmpty(Password))
            faults.AddModelError(nameof(Password), "Saisissez votre mot de passe.");
    }

    public async Task<IActionResult> OnPost()
    {
        if (Login!.Length > LongestRead || Password!.Length > PasswordFlawTexts.LongestRead)
            return this.Refuse("", Refused);
        var agent = AgentLogin.KeyFor(Login);
        if (await grains.GetGrain<IAgent>(agent).SignIn(new TypedPassword(Password)) is not { } ticket)
            return this.Refuse("", Refused);
        visit.Remember(HttpContext, agent, ticket);
        return RedirectToPage("/Assistance/Code");
    }
}
