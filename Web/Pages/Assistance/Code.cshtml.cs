using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Agents;
using MsaOrleans.Web.Assistance;
using MsaOrleans.Web.Forms;
using MsaOrleans.Web.Hosting;
using MsaOrleans.Web.Journey;
using MsaOrleans.Web.Sessions;

namespace MsaOrleans.Web.Pages.Assistance;

/// <summary>The code of the agent's telephone; the first time, how the telephone learns to make it.</summary>
[OpenWhile(AgentStep.SignIn)]
public sealed class CodeModel(IGrainFactory grains, AgentSession session, AgentVisit visit, [FromKeyedServices(Supervisors.Scheme)] WantedPage wanted) : PageModel, ICheckedForm, IPageWithContent
{
    private const string Issuer = "Assistance MSA";

    private const string Wrong =
        "Ce code n’est pas le bon, ou il a déjà servi. Attendez que l’application en affiche un nouveau. Vérifiez aussi que l’heure de votre téléphone est réglée automatiquement.";

    [BindProperty]
    public string? Code { get; set; }

    /// <summary>The secret to enrol; nothing once that is done.</summary>
    public TotpSecret? ToEnrol { get; private set; }

    public QrImage? Image { get; private set; }

    /// <summary>The sign-in begins again.</summary>
    public bool IsOver { get; private set; }

    public async Task<IActionResult> OnGet() => await Load() ?? Page();

    public async Task<IActionResult?> Load()
    {
        if (visit.Recall(HttpContext) is not var (agent, ticket))
            return RedirectToPage(session.Status is null ? "/Assistance/SignIn" : "/Assistance/Index");
        if (await grains.GetGrain<IAgent>(agent).Pending(ticket) is not { } pending)
            return Over();
        ToEnrol = pending.ToEnrol;
        Image = ToEnrol is null ? null : QrImage.Of(ToEnrol.Uri(Issuer, pending.Login));
        return null;
    }

    public void Check(ModelStateDictionary faults) => faults.Require(nameof(Code), Code, 20, "Saisissez le code que votre téléphone affiche.");

    public async Task<IActionResult> OnPost()
    {
        if (visit.Recall(HttpContext) is not var (agent, ticket))
            return RedirectToPage("/Assistance/SignIn");
        switch (await grains.GetGrain<IAgent>(agent).Confirm(ticket, Code!, Origins.Of(HttpContext)))
        {
            case AgentCodeOutcome.SignedIn signedIn:
                visit.Forget(HttpContext);
                await session.Start(agent, signedIn.Session);
                // Or to the change of password, if that is due.
                return wanted.Take(HttpContext) is { } path ? LocalRedirect(path) : RedirectToPage("/Assistance/Index");
            case AgentCodeOutcome.Wrong:
                return await Load() ?? this.Refuse(nameof(Code), Wrong);
            default:
                return Over();
        }
    }

    private PageResult Over()
    {
        visit.Forget(HttpContext);
        IsOver = true;
        ModelState.Clear();
        return Page();
    }
}
