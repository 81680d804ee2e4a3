using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Interfaces.Postal;
using MsaOrleans.Web.Assistance;
using MsaOrleans.Web.Forms;

namespace MsaOrleans.Web.Pages.Assistance;

/// <summary>A batch of letters: printed, as often as it takes, and then said to be posted.</summary>
public sealed class PrintingBatchModel(IGrainFactory grains, AgentSession session, FrenchClock clock) : PageModel, IPageWithContent
{
    private const string Print = "imprimer";
    private const string Post = "poster";

    /// <summary>Of the address, whatever a form says.</summary>
    [FromRoute, BindProperty(SupportsGet = true)]
    public string Reference { get; set; } = "";

    /// <summary>What is to be done.</summary>
    [BindProperty]
    public string? Act { get; set; }

    public WaitingBatch Batch { get; private set; } = null!;

    public FrenchClock Clock => clock;

    public bool IsAnothers => Batch.Preparation is { } by && by.Agent != session.Status!.Login.Value;

    private IPostalQueue Queue => grains.GetGrain<IPostalQueue>(0);

    private AgentAct By => PrintingModel.ActOf(session.Status!.Login, Batch.Batch);

    public async Task<IActionResult> OnGet() => await Load() ?? Page();

    public async Task<IActionResult?> Load()
    {
        if (!PostalBatch.TryParse(Reference, out var batch) || await Queue.Batch(batch) is not { } waiting)
        {
            TempData["Notice"] = "Ce lot n'attend plus : il est déjà marqué comme posté, ou il n'existe pas. Rien n'a été modifié.";
            return RedirectToPage("/Assistance/Printing");
        }
        Batch = waiting;
        return null;
    }

    public async Task<IActionResult> OnPost() => await Load() ?? Act switch
    {
        Print => await Printed(),
        Post => await Posted(),
        _ => BadRequest(),
    };

    /// <summary>That rows cannot be read, and what becomes of their letters; nothing when all can.</summary>
    internal static string? UnreadOf(int unread) => unread switch
    {
        0 => null,
        1 => "Un dossier ne peut pas être lu pour le moment : ses courriers restent où ils étaient, pour plus tard.",
        _ => $"{unread} dossiers ne peuvent pas être lus pour le moment : leurs courriers restent où ils étaient, pour plus tard.",
    };

    private async Task<IActionResult> Printed()
    {
        var printed = await Queue.Print(By, Batch.Batch);
        if (printed.Letters == 0)
            return await Load() ?? this.Refuse("", UnreadOf(printed.Unread) ?? "Aucun courrier de ce lot ne peut être lu. Réessayez dans quelques minutes.");
        if (UnreadOf(printed.Unread) is { } unread)
            TempData["Notice"] = unread;
        return File(printed.Content, "application/pdf", $"courriers-{Batch.Batch.Grouped.ToLowerInvariant()}.pdf");
    }

    private async Task<IActionResult> Posted()
    {
        var posted = await Queue.Post(By, Batch.Batch);
        if (posted.Letters == 0)
        {
            return await Load() ?? this.Refuse("", UnreadOf(posted.Unread) ?? "Téléchargez d'abord le fichier PDF : aucun courrier de ce lot n'a été imprimé. Rien n'a été modifié.");
        }
        TempData["Done"] = posted.Letters == 1 ? "Un courrier est marqué comme posté." : $"{posted.Letters} courriers sont marqués comme postés.";
        if (await Queue.Batch(Batch.Batch) is not { } left)
            return RedirectToPage("/Assistance/Printing", new { caisse = Batch.Caisse });
        TempData["Notice"] = $"{(left.Letters == 1 ? "Un courrier n'a pas été imprimé : il reste" : $"{left.Letters} courriers n'ont pas été imprimés : ils restent")} dans ce lot. Téléchargez le fichier de nouveau.";
        return RedirectToPage(new { Reference });
    }
}
