using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Assistance;

namespace MsaOrleans.Web.Assistance;

/// <summary>A page about one adherent: it is open to the agent who was given its handle, while he answers a call.</summary>
public abstract class FilePage(IGrainFactory grains, AgentSession session, CurrentCall current, FileHandles handles) : PageModel
{
    private const string NotThisFile = "Ce dossier n’est plus ouvert pour vous : un dossier s’ouvre par une recherche, pour la journée. Cherchez à nouveau.";

    private const string NoCall = "Aucun appel n’est en cours. Indiquez le motif de celui auquel vous répondez, puis cherchez le dossier.";

    [BindProperty(SupportsGet = true)]
    public string Handle { get; set; } = "";

    /// <summary>The call under way.</summary>
    public AgentAct Call { get; private set; } = null!;

    /// <summary>The adherent's grain.</summary>
    protected IAdherentAssistance Assisted { get; private set; } = null!;

    /// <returns>Where to go instead; nothing when the page is open.</returns>
    protected IActionResult? Enter()
    {
        var login = session.Status!.Login;
        if (handles.Read(login, Handle) is not { } adherent)
            return BackToSearch(NotThisFile);
        if (current.Recall(HttpContext, login) is not { } call)
            return BackToSearch(NoCall);
        (Call, Assisted) = (call, grains.GetGrain<IAdherentAssistance>(adherent));
        return null;
    }

    private RedirectToPageResult BackToSearch(string why)
    {
        TempData["Notice"] = why;
        return RedirectToPage("/Assistance/Index");
    }
}
