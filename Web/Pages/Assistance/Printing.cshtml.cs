using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Agents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Interfaces.Postal;
using MsaOrleans.Web.Assistance;
using MsaOrleans.Web.Forms;

namespace MsaOrleans.Web.Pages.Assistance;

/// <summary>What waits to be printed and posted, for one caisse or for each. It says neither who nor what about. The button puts the next letters into a batch.</summary>
public sealed class PrintingModel(IGrainFactory grains, AgentSession session, FrenchClock clock) : PageModel, IPageWithContent
{
    [BindProperty(SupportsGet = true, Name = "caisse")]
    public string? Caisse { get; set; }

    [BindProperty(SupportsGet = true, Name = "suite")]
    public int Number { get; set; } = 1;

    /// <summary>Those for which something waits.</summary>
    public IReadOnlyList<CaisseMail> Caisses { get; private set; } = [];

    /// <summary>Of the caisse that was chosen.</summary>
    public PostalQueuePage? Queue { get; private set; }

    public FrenchClock Clock => clock;

    public string Login => session.Status!.Login.Value;

    public async Task<IActionResult> OnGet() => await Load() ?? Page();

    public async Task<IActionResult?> Load()
    {
        if (Caisse is null)
            Caisses = await grains.GetGrain<IPostalQueue>(0).Caisses();
        else if (PostalTexts.NameOf(Caisse) is null)
            return Unknown();
        else
            Queue = await grains.GetGrain<IPostalQueue>(0).Page(Caisse, Number = Math.Clamp(Number, 1, 10_000));
        return null;
    }

    public async Task<IActionResult> OnPost()
    {
        if (PostalTexts.NameOf(Caisse) is null)
            return Unknown();
        var batch = PostalBatch.New();
        var outcome = await grains.GetGrain<IPostalQueue>(0).Prepare(ActOf(session.Status!.Login, batch), Caisse!, batch);
        if (PrintingBatchModel.UnreadOf(outcome.Unread) is { } unread)
            TempData["Notice"] = unread;
        if (outcome.Letters > 0)
            return RedirectToPage("/Assistance/PrintingBatch", new { reference = batch.Grouped });
        TempData["Notice"] ??= "Il n'y a plus de courrier à préparer pour cette caisse : un collègue vient peut-être de le faire.";
        return RedirectToPage(new { caisse = Caisse });
    }

    /// <summary>The reason on record names the batch.</summary>
    internal static AgentAct ActOf(AgentLogin login, PostalBatch batch) => new(login.Value, $"Courriers à imprimer, lot {batch.Grouped}");

    private RedirectToPageResult Unknown()
    {
        TempData["Notice"] = "Cette caisse n'existe pas. Choisissez-la dans la liste.";
        return RedirectToPage();
    }
}
