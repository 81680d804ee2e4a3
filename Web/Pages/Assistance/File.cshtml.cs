using Microsoft.AspNetCore.Mvc;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Web.Assistance;
using MsaOrleans.Web.Forms;

namespace MsaOrleans.Web.Pages.Assistance;

/// <summary>An adherent's file: where he stands and what helps, then why. Showing it is on the record, and so is each value shown in full.</summary>
public sealed class FileModel(IGrainFactory grains, AgentSession session, CurrentCall current, FileHandles handles, FrenchClock clock)
    : FilePage(grains, session, current, handles), IPageWithContent
{
    /// <summary>Name of the <see cref="HiddenValue"/> to be shown.</summary>
    [BindProperty]
    public string? Show { get; set; }

    /// <summary>A note to be added.</summary>
    [BindProperty]
    public string? Text { get; set; }

    public AdherentFile Adherent { get; private set; } = null!;

    /// <summary>The value that was asked for, in full.</summary>
    public (HiddenValue What, string Value)? Shown { get; private set; }

    public FrenchClock Clock => clock;

    public async Task<IActionResult> OnGet() => await Load() ?? Page();

    public async Task<IActionResult?> Load()
    {
        if (Enter() is { } instead)
            return instead;
        Adherent = (await Assisted.Look(Call))!; // a call has a reason
        return null;
    }

    public async Task<IActionResult> OnPost()
    {
        if (Enter() is { } instead)
            return instead;
        return Show is null ? await AddNote() : await Reveal();
    }

    /// <summary>The address of the page of an act.</summary>
    public string UrlOf(FileAct act, string? department = null) => Url.Page("/Assistance/Act", new { Handle, act = act.Slug, department })!;

    private async Task<IActionResult> Reveal()
    {
        if (!Enum.TryParse<HiddenValue>(Show, out var what) || !Enum.IsDefined(what))
            return BadRequest();
        if (await Assisted.Reveal(Call, what) is { } value)
            Shown = (what, value);
        else
            ModelState.AddModelError("", "Cette donnée n'est pas, ou n'est plus, dans le dossier.");
        return await Load() ?? Page();
    }

    private async Task<IActionResult> AddNote()
    {
        var (done, refused) = await Assisted.AddNote(Call, Text ?? "") switch
        {
            AssistanceOutcome.TextMissing => (null, "Écrivez la note."),
            AssistanceOutcome.TextTooLong => (null, $"Cette note est trop longue. Écrivez {FileNote.MaxLength} caractères au plus."),
            AssistanceOutcome.NothingToDo => ("Cette note est déjà au dossier.", null),
            _ => ("La note est au dossier.", (string?)null),
        };
        if (refused is not null)
            return await Load() ?? this.Refuse(nameof(Text), refused);
        TempData["Done"] = done;
        return RedirectToPage(new { Handle });
    }
}
