using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Agents;
using MsaOrleans.Grains.Interfaces.Messages;
using MsaOrleans.Web.Assistance;
using MsaOrleans.Web.Forms;

namespace MsaOrleans.Web.Pages.Assistance;

/// <summary>What waits for an answer. It says neither who nor what: that is read, and on the record, on the page of each.</summary>
public sealed class MessagesModel(IGrainFactory grains, AgentSession session, FileHandles handles, FrenchClock clock) : PageModel
{
    private AgentLogin Login => session.Status!.Login;

    [BindProperty(SupportsGet = true, Name = "suite")]
    public int Number { get; set; } = 1;

    public QueuePage Queue { get; private set; } = null!;

    public FrenchClock Clock => clock;

    /// <summary>His own first, then the longest waiting, each with the handle of its adherent.</summary>
    public IEnumerable<(QueuedConversation Conversation, string Handle)> Listed =>
        Queue.Conversations.OrderByDescending(IsMine).Select(queued => (queued, handles.For(Login, queued.Adherent)));

    public async Task OnGet()
    {
        Number = Math.Clamp(Number, 1, 10_000);
        Queue = await grains.GetGrain<IMessageQueue>(0).Page(Number);
    }

    public bool IsMine(QueuedConversation queued) => queued.Waiting.Hold?.Agent == Login.Value;
}
