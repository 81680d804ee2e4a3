using Microsoft.Extensions.Logging;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Messages;
using MsaOrleans.Grains.Ports;
using Orleans.Concurrency;

namespace MsaOrleans.Grains;

/// <summary>The queue of the agents: who waits is in the database, what he waits for his own grain says.</summary>
[StatelessWorker, GrainType("message-queue")]
internal sealed class MessageQueueGrain(IWaitingMessages waiting, ILogger<MessageQueueGrain> log) : Grain, IMessageQueue
{
    async Task<QueuePage> IMessageQueue.Page(int number)
    {
        var found = await waiting.Find((Math.Max(number, 1) - 1) * QueuePage.Length, QueuePage.Length + 1);
        var conversations = await Task.WhenAll(found.Take(QueuePage.Length).Select(Of));
        return new([.. conversations.SelectMany(of => of).OrderBy(queued => queued.Waiting.Since)], found.Count > QueuePage.Length);
    }

    // A row that cannot be opened must not hide all others.
    private async Task<IEnumerable<QueuedConversation>> Of(Guid adherent)
    {
        try
        {
            return (await GrainFactory.GetGrain<IAdherentCorrespondence>(adherent).Waiting()).Select(one => new QueuedConversation(adherent, one));
        }
        catch (Exception broken) when (broken is not (BackendUnavailableException or TimeoutException or SiloUnavailableException))
        {
            log.LogError(broken, "{Adherent} waits for an answer, and his row cannot be read", adherent);
            return [];
        }
    }
}
