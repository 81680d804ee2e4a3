using System.Collections.Concurrent;
using MsaOrleans.Grains.Interfaces.Space;
using MsaOrleans.Grains.Ports;

namespace MsaOrleans.Grains.Tests.Adherent.Fakes;

/// <summary>A registry of the persons that tests have made known; it counts what is asked of whom, and can break for one of them.</summary>
internal sealed class FakeRegistry : IInsuredPersonRegistry
{
    private readonly ConcurrentDictionary<Guid, (InsuredPerson Person, IReadOnlyList<Payment> Payments)> known = [];
    private readonly ConcurrentDictionary<Guid, int> reads = [];
    private readonly ConcurrentDictionary<Guid, bool> broken = [];

    /// <summary>Knows him, with the leaflet's payments.</summary>
    public void Know(Guid adherent, InsuredPerson person, DateOnly today) => known[adherent] = (person,
    [
        new(today.AddDays(-12), "Santé", 22.50m),
        new(today.AddDays(-12), "Santé", 2.50m),
        new(today.AddDays(-93), "Santé", 59.00m),
        new(today.AddDays(-240), "Santé", 18.55m),
    ]);

    /// <summary>These were paid to him, and nothing else, latest first.</summary>
    public void Pay(Guid adherent, IReadOnlyList<Payment> payments) => known[adherent] = (known[adherent].Person, payments);

    /// <summary>Does not know him any more.</summary>
    public void Forget(Guid adherent) => known.TryRemove(adherent, out _);

    public Task<InsuredPerson?> Find(Guid adherent) => Task.FromResult(Read(adherent).Person);

    public Task<IReadOnlyList<Payment>> Payments(Guid adherent) => Task.FromResult(Read(adherent).Payments);

    /// <summary>Answers nothing about him any more.</summary>
    public void Break(Guid adherent) => broken[adherent] = true;

    public void Mend(Guid adherent) => broken.TryRemove(adherent, out _);

    public int ReadsOf(Guid adherent) => reads.GetValueOrDefault(adherent);

    private (InsuredPerson? Person, IReadOnlyList<Payment> Payments) Read(Guid adherent)
    {
        reads.AddOrUpdate(adherent, 1, (_, count) => count + 1);
        if (broken.ContainsKey(adherent))
            throw new IOException("The registry is being imported.");
        return known.TryGetValue(adherent, out var entry) ? entry : (null, []);
    }
}
