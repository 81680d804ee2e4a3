using System.Collections.Concurrent;
using MsaOrleans.Grains.Dispatching;

namespace MsaOrleans.Mail.Tests;

/// <summary>What adherents owe in a test, and what workers have told them, in order.</summary>
public sealed class Ledger
{
    private readonly ConcurrentDictionary<Guid, Letter> owed = new();
    private readonly ConcurrentDictionary<Guid, ConcurrentQueue<string>> told = new();
    private readonly ConcurrentDictionary<(Guid, string), byte> broken = new();

    public void Owe(Guid dispatch, Letter letter) => owed[dispatch] = letter;

    /// <summary>From now on this adherent throws when he is told this.</summary>
    public void Break(Guid adherent, string what) => broken[(adherent, what)] = 0;

    public IReadOnlyList<string> ToldTo(Guid adherent) => told.TryGetValue(adherent, out var words) ? [.. words] : [];

    internal Letter? Take(Guid dispatch) => owed.TryRemove(dispatch, out var letter) ? letter : null;

    internal void Tell(Guid adherent, string what)
    {
        told.GetOrAdd(adherent, _ => new()).Enqueue(what);
        if (broken.ContainsKey((adherent, what)))
            throw new InvalidOperationException("This adherent is broken.");
    }
}
