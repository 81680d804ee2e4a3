using Microsoft.Extensions.Logging;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Interfaces.Postal;
using MsaOrleans.Grains.Ports;
using Orleans.Concurrency;

namespace MsaOrleans.Grains;

/// <summary>What waits for the post: whose it is is in the database, what it is his own grain says.</summary>
[StatelessWorker, GrainType("postal-queue")]
internal sealed class PostalQueueGrain(IWaitingCopies waiting, IPostalPrinter printer, ILogger<PostalQueueGrain> log) : Grain, IPostalQueue
{
    // So many together are no accident of one row: the machine is broken, and is not asked for the rest.
    private const int MaxUnread = 20;

    Task<IReadOnlyList<CaisseMail>> IPostalQueue.Caisses() => waiting.Caisses();

    async Task<PostalQueuePage> IPostalQueue.Page(string caisse, int number)
    {
        var letters = (await waiting.Caisses()).FirstOrDefault(mail => mail.Caisse == caisse)?.Letters ?? 0;
        var found = await waiting.Find(caisse, (Math.Max(number, 1) - 1) * PostalQueuePage.Length, PostalQueuePage.Length + 1);
        var copies = await Task.WhenAll(found.Take(PostalQueuePage.Length).Select(Of));
        var batches = await Task.WhenAll((await waiting.Batches(caisse, PostalQueuePage.MaxBatches)).Select(Of));
        return new(
            letters,
            [.. copies.SelectMany(of => of).Where(copy => copy.Preparation is null).OrderBy(copy => copy.Since)],
            [.. batches.OfType<WaitingBatch>()],
            found.Count > PostalQueuePage.Length);
    }

    Task<WaitingBatch?> IPostalQueue.Batch(PostalBatch batch) => Of(batch);

    async Task<BatchOutcome> IPostalQueue.Prepare(AgentAct act, string caisse, PostalBatch batch)
    {
        var (letters, unread) = (0, 0);
        // Whoever is prepared leaves the list; whoever cannot be read stays at its head.
        while (letters < PostalBatch.MaxLetters && unread < MaxUnread && await waiting.Find(caisse, skip: unread, PostalBatch.MaxLetters) is { Count: > 0 } found)
        {
            var before = (letters, unread);
            foreach (var adherent in found.TakeWhile(_ => letters < PostalBatch.MaxLetters && unread < MaxUnread))
            {
                var (read, prepared) = await Ask(adherent, copies => copies.Prepare(act, batch, PostalBatch.MaxLetters - letters));
                letters += prepared;
                unread += read ? 0 : 1;
            }
            if (before == (letters, unread))
                break; // others were faster
        }
        return new(letters, unread);
    }

    async Task<PrintedBatch> IPostalQueue.Print(AgentAct act, PostalBatch batch)
    {
        var (found, unread) = await EachIn(batch, copies => copies.Print(act, batch));
        var letters = found.SelectMany(of => of).ToList();
        return new(letters.Count == 0 ? [] : await printer.Bind(letters), letters.Count, unread);
    }

    async Task<BatchOutcome> IPostalQueue.Post(AgentAct act, PostalBatch batch)
    {
        var (posted, unread) = await EachIn(batch, copies => copies.Post(act, batch));
        return new(posted.Sum(), unread);
    }

    private async Task<(IReadOnlyList<T> Answers, int Unread)> EachIn<T>(PostalBatch batch, Func<IAdherentPostalCopies, Task<T>> ask)
    {
        var answers = await Task.WhenAll(((await waiting.In(batch))?.Adherents ?? []).Select(adherent => Ask(adherent, ask)));
        return ([.. answers.Where(one => one.Read).Select(one => one.Answer!)], answers.Count(one => !one.Read));
    }

    private async Task<WaitingBatch?> Of(PostalBatch batch)
    {
        if (await waiting.In(batch) is not { } entries)
            return null;
        foreach (var adherent in entries.Adherents)
        {
            if ((await Of(adherent)).FirstOrDefault(copy => copy.Preparation?.Batch == batch) is { } copy)
                return new(batch, entries.Caisse, entries.Letters, copy.Preparation);
        }
        return new(batch, entries.Caisse, entries.Letters, null);
    }

    private async Task<IEnumerable<WaitingCopy>> Of(Guid adherent) => (await Ask(adherent, copies => copies.Waiting())).Answer ?? [];

    // A row that cannot be read must not keep the letters of all others.
    private async Task<(bool Read, T? Answer)> Ask<T>(Guid adherent, Func<IAdherentPostalCopies, Task<T>> ask)
    {
        try
        {
            return (true, await ask(GrainFactory.GetGrain<IAdherentPostalCopies>(adherent)));
        }
        catch (Exception broken)
        {
            log.LogError(broken, "{Adherent} has letters that wait for the post, and his row cannot be read or written", adherent);
            return default;
        }
    }
}
