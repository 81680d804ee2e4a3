using MsaOrleans.Grains.Interfaces.Postal;
using MsaOrleans.Grains.Ports;

namespace MsaOrleans.Grains.Tests.Adherent.Fakes;

/// <summary>Whose letters wait, told from the rows of the adherents that a test names, in its order; of rows that cannot be read it goes on saying what it said.</summary>
internal sealed class CopiesList : IWaitingCopies
{
    /// <summary>In the order in which they wait.</summary>
    public IReadOnlyList<TestAdherent> Adherents { get; set; } = [];

    /// <summary>Those who have a letter here, whatever their rows say.</summary>
    public HashSet<Guid> Always { get; } = [];

    public Task<IReadOnlyList<CaisseMail>> Caisses() => Task.FromResult<IReadOnlyList<CaisseMail>>(
    [
        .. Adherents.SelectMany(a => a.Stored?.PostalCopies.Waiting.Select(copy => (a.Stored.PostalCopies.Caisse, Copy: copy)) ?? []).GroupBy(of => of.Caisse ?? IPostalQueue.NoCaisse)
            .Select(of => new CaisseMail(of.Key, of.Count(one => one.Copy.Preparation is null), of.Count(one => one.Copy.Preparation is not null), of.Min(one => one.Copy.RequestedAt))),
    ]);

    public Task<IReadOnlyList<Guid>> Find(string caisse, int skip, int most) => Task.FromResult<IReadOnlyList<Guid>>(
    [
        .. Adherents.Where(a => Always.Contains(a.Key) || (a.Stored?.PostalCopies is { } copies && copies.Caisse == caisse && copies.Waiting.Any(c => c.Preparation is null)))
            .Skip(skip).Take(most).Select(a => a.Key),
    ]);

    public Task<IReadOnlyList<PostalBatch>> Batches(string caisse, int most) => Task.FromResult<IReadOnlyList<PostalBatch>>(
    [
        .. Adherents.SelectMany(a => a.Stored?.PostalCopies.Waiting ?? []).Select(c => c.Preparation?.Batch).OfType<string>().Distinct().Take(most).Select(PostalBatch.Parse),
    ]);

    public Task<BatchEntries?> In(PostalBatch batch)
    {
        var members = Adherents.Where(a => Always.Contains(a.Key) || a.Stored?.PostalCopies.In(batch).Any() == true).ToList();
        return Task.FromResult(members.Count == 0 ? null : new BatchEntries("alsace", members.Sum(a => a.Stored?.PostalCopies.In(batch).Count() ?? 1), [.. members.Select(a => a.Key)]));
    }
}
