using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Agents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Interfaces.Messages;
using MsaOrleans.Web.Assistance;
using MsaOrleans.Web.Forms;

namespace MsaOrleans.Web.Pages.Assistance;

/// <summary>One conversation, and what an agent does with it. Showing it is on the record, for the call under way if there is one.</summary>
public sealed class MessageModel(IGrainFactory grains, AgentSession session, CurrentCall current, FileHandles handles, FrenchClock clock, TimeProvider time) : PageModel, IPageWithContent
{
    private const string Take = "prendre";
    private const string GiveBack = "rendre";
    private const string Answer = "repondre";
    private const string AnswerAndClose = "repondre-clore";
    private const string Close = "clore";
    private const string OpenFile = "dossier";

    private AgentAct by = null!;
    private IAdherentCorrespondence adherent = null!;

    [BindProperty(SupportsGet = true)]
    public string Handle { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>What is to be done.</summary>
    [BindProperty]
    public string? Act { get; set; }

    [BindProperty]
    public string? Text { get; set; }

    /// <summary>How many messages were on the page.</summary>
    [BindProperty]
    public int Seen { get; set; }

    /// <summary>The call under way.</summary>
    public AgentAct? Call { get; private set; }

    /// <summary>Nothing when it was erased while he wrote.</summary>
    public HandledConversation? Conversation { get; private set; }

    public bool IsHeldByAnother => Conversation?.Hold is { } hold && hold.Agent != by.Agent && time.GetUtcNow() < hold.Until;

    public bool MayAnswer => IsOpen && !IsHeldByAnother;

    /// <summary>What can be done now: its name, its button, and whether it is what comes next.</summary>
    public IEnumerable<(string Act, string Label, bool Strong)> Acts
    {
        get
        {
            if (MayAnswer)
            {
                var mine = Conversation!.Hold?.Agent == by.Agent;
                yield return (Answer, "Répondre", true);
                yield return (AnswerAndClose, "Répondre et clore", false);
                yield return mine ? (GiveBack, "Rendre", false) : (Take, "Prendre", false);
                yield return (Close, "Clore sans répondre", false);
            }
            if (Conversation is not null)
                yield return (OpenFile, "Ouvrir le dossier", false);
        }
    }

    private bool IsOpen => Conversation is { Summary.State: not ConversationState.Closed };

    public async Task<IActionResult> OnGet() => await Load() ?? Page();

    public async Task<IActionResult?> Load()
    {
        if (Enter() is { } instead)
            return instead;
        Conversation = await adherent.Read(by, Id);
        return Conversation is null ? BackToQueue("Notice", Gone) : null;
    }

    public async Task<IActionResult> OnPost()
    {
        if (Enter() is { } instead)
            return instead;
        if (Act == OpenFile)
        {
            if (Call is null)
                current.Remember(HttpContext, by);
            return RedirectToPage("/Assistance/File", new { Handle });
        }
        var (outcome, conversation) = await (Act switch
        {
            Take => adherent.Take(by, Id),
            GiveBack => adherent.GiveBack(by, Id),
            Answer => adherent.Answer(by, Id, Text ?? "", Seen, close: false),
            AnswerAndClose => adherent.Answer(by, Id, Text ?? "", Seen, close: true),
            Close => adherent.Close(by, Id, Seen),
            _ => Task.FromResult(new HandlingOutcome(AssistanceOutcome.ReasonMissing, null)),
        });
        Conversation = conversation;
        return outcome switch
        {
            AssistanceOutcome.ReasonMissing => BadRequest(),
            AssistanceOutcome.NothingToDo when conversation is null => this.Refuse("", Gone),
            AssistanceOutcome.Done or AssistanceOutcome.NothingToDo => Done(),
            AssistanceOutcome.TextMissing => this.Refuse(nameof(Text), "Écrivez votre réponse."),
            AssistanceOutcome.TextTooLong => TooLong(),
            AssistanceOutcome.Full => this.Refuse("", "Cet échange est plein : terminez-le, l'adhérent pourra en commencer un autre. Rien n'a été envoyé."),
            AssistanceOutcome.TakenByAnother => this.Refuse("", $"{conversation!.Hold!.Agent} a pris cet échange entre-temps. Rien n'a été modifié."),
            _ => this.Refuse("", $"{WhatHappened(conversation!)} Rien n'a été modifié."),
        };
    }

    public string HoldText(ConversationHold hold) =>
        hold.Agent == by.Agent ? $"Vous l'avez pris {clock.Moment(hold.Since)}. {(time.GetUtcNow() < hold.Until ? $"Il est à vous {clock.Until(hold.Until)}." : "Un collègue peut le reprendre.")}"
        : IsHeldByAnother ? $"{hold.Agent} l'a pris {clock.Moment(hold.Since)}, et l'a pour lui seul {clock.Until(hold.Until)}."
        : $"{hold.Agent} l'a pris {clock.Moment(hold.Since)}, il y a plus d'une demi-heure : vous pouvez le reprendre.";

    private const string Gone = "Cet échange n'existe plus : l'adhérent a fermé son compte, ou il a été effacé.";

    // Pressed twice is done once, and says the same.
    private IActionResult Done()
    {
        switch (Act)
        {
            case Answer:
                return BackToQueue("Done", "Votre réponse est enregistrée. Un courriel prévient l'adhérent.");
            case AnswerAndClose:
                return BackToQueue("Done", "Votre réponse est enregistrée, et l'échange est clos. Un courriel prévient l'adhérent.");
            case Close:
                return BackToQueue("Done", "L'échange est clos.");
            case GiveBack:
                return BackToQueue("Done", "Le message est rendu à la file.");
            default:
                if (!string.IsNullOrWhiteSpace(Text))
                    return Page(); // what he has typed already
                return RedirectToPage(new { Handle, Id });
        }
    }

    private PageResult TooLong()
    {
        MessageInput.Check(ModelState, nameof(Text), Text, "");
        return Page();
    }

    private static string WhatHappened(HandledConversation now) =>
        now.Summary.State == ConversationState.Closed ? "Cet échange a été clos entre-temps."
        : now.Messages[^1].Agent is { } answered ? $"{answered} a répondu entre-temps : lisez sa réponse."
        : "L'adhérent a écrit entre-temps : lisez la suite, puis envoyez votre réponse.";

    /// <summary>Without a call under way the reason is the site's.</summary>
    internal static AgentAct ActOf(AgentLogin login, AgentAct? call) => call ?? new(login.Value, "Réponse à un message");

    private RedirectToPageResult? Enter()
    {
        var login = session.Status!.Login;
        if (handles.Read(login, Handle) is not { } whose)
            return BackToQueue("Notice", "Ce message n'est plus ouvert pour vous. Rouvrez-le depuis la liste.");
        Call = current.Recall(HttpContext, login);
        (by, adherent) = (ActOf(login, Call), grains.GetGrain<IAdherentCorrespondence>(whose));
        return null;
    }

    private RedirectToPageResult BackToQueue(string kind, string said)
    {
        TempData[kind] = said;
        return RedirectToPage("/Assistance/Messages");
    }
}
