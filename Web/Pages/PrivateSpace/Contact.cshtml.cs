using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Messages;
using MsaOrleans.Web.Forms;
using MsaOrleans.Web.Sessions;

namespace MsaOrleans.Web.Pages.PrivateSpace;

/// <summary>What he wrote to the MSA, and the form to write more.</summary>
[SessionPage(FirstConnectionStep.None), FormWithFiles]
public sealed class ContactModel(AdherentSession session) : PageModel, IPageWithContent, ICheckedForm
{
    public static IEnumerable<SelectListItem> Topics => Enum.GetValues<MessageTopic>().Select(topic => new SelectListItem(MessageTexts.Of(topic), $"{topic}"));

    /// <summary>Name of a <see cref="MessageTopic"/>.</summary>
    [BindProperty]
    public string? Topic { get; set; }

    [BindProperty]
    public string? Message { get; set; }

    [BindProperty]
    public IReadOnlyList<IFormFile> Files { get; set; } = [];

    /// <summary>The last written in first.</summary>
    public IReadOnlyList<ConversationSummary> Conversations { get; private set; } = [];

    private IReadOnlyList<AttachedFile> attached = [];

    public async Task<IActionResult> OnGet() => await Load() ?? Page();

    public async Task<IActionResult?> Load()
    {
        if (await session.Adherent<IAdherentMessages>().All(session.Token) is not { } all)
            return RedirectToPage("/SignIn/SignIn");
        Conversations = all;
        return null;
    }

    public void Check(ModelStateDictionary faults)
    {
        if (MessageTexts.Read(Topic) is null)
            faults.AddModelError(nameof(Topic), "Choisissez le sujet de votre message.");
        MessageInput.Check(faults, nameof(Message), Message, "Écrivez votre message.");
        attached = AttachmentInput.Read(faults, nameof(Files), Files, Request.Form);
    }

    public async Task<IActionResult> OnPost()
    {
        switch (await session.Adherent<IAdherentMessages>().Write(session.Token, MessageTexts.Read(Topic)!.Value, Message!, attached))
        {
            case WriteOutcome.Written:
                TempData["Done"] = "Votre message est envoyé. Un courriel vous préviendra de la réponse.";
                return RedirectToPage();
            case WriteOutcome.TooManyWaiting:
                return await Load() ?? this.Refuse("", TooManyWaiting);
            case WriteOutcome.NoRoomForFiles:
                return await Load() ?? this.Refuse(nameof(Files), AttachmentInput.NoRoom);
            default:
                return RedirectToPage("/SignIn/SignIn"); // text and files were checked before
        }
    }

    internal static readonly string TooManyWaiting =
        $"Vous avez déjà {MessageLimits.MaxWaiting} messages, ou de très longs textes, en attente de réponse. Attendez qu'un agent y ait répondu. Votre texte n'a pas été envoyé.";
}
