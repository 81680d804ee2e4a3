using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Messages;
using MsaOrleans.Web.Forms;
using MsaOrleans.Web.Sessions;

namespace MsaOrleans.Web.Pages.PrivateSpace;

/// <summary>One conversation with the MSA.</summary>
[SessionPage(FirstConnectionStep.None), FormWithFiles]
public sealed class ConversationModel(AdherentSession session) : PageModel, IPageWithContent, ICheckedForm
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public string? Message { get; set; }

    [BindProperty]
    public IReadOnlyList<IFormFile> Files { get; set; } = [];

    public ConversationReading Conversation { get; private set; } = null!;

    private IReadOnlyList<AttachedFile> attached = [];

    public async Task<IActionResult> OnGet() => await Load() ?? Page();

    public async Task<IActionResult?> Load()
    {
        if (await session.Adherent<IAdherentMessages>().Read(session.Token, Id) is not { } reading)
            return NotFound();
        Conversation = reading;
        return null;
    }

    public void Check(ModelStateDictionary faults)
    {
        MessageInput.Check(faults, nameof(Message), Message, "Écrivez votre message.");
        attached = AttachmentInput.Read(faults, nameof(Files), Files, Request.Form);
    }

    public async Task<IActionResult> OnPost()
    {
        switch (await session.Adherent<IAdherentMessages>().Reply(session.Token, Id, Message!, attached))
        {
            case WriteOutcome.Written:
                TempData["Done"] = "Votre message est envoyé. Un courriel vous préviendra de la réponse.";
                return RedirectToPage(new { Id });
            case WriteOutcome.TooManyWaiting:
                return await Load() ?? this.Refuse("", ContactModel.TooManyWaiting);
            case WriteOutcome.NoRoomForFiles:
                return await Load() ?? this.Refuse(nameof(Files), AttachmentInput.NoRoom);
            case WriteOutcome.Closed:
                return await Load() ?? this.Refuse("", "Cet échange a été terminé par la MSA pendant que vous écriviez. Votre texte n'a pas été envoyé.");
            case WriteOutcome.Full:
                return await Load() ?? this.Refuse("", "Cet échange est devenu trop long. Votre texte n'a pas été envoyé.");
            case WriteOutcome.Unknown:
                return NotFound();
            default:
                return RedirectToPage("/SignIn/SignIn"); // text and files were checked before
        }
    }
}
