namespace MsaOrleans.Silo.Jobs;

/// <summary>
/// The adherents whom somebody must wake, found by what their rows tell in clear, each once at most. They are swept, and so written, while this is
/// being read: no connection or lock may be held between two of them.
/// </summary>
public interface IOverdueAdherents
{
    /// <summary>Those with anything due until a moment.</summary>
    IAsyncEnumerable<Guid> Find(DateTimeOffset until, CancellationToken stop);

    /// <summary>Those to whom a letter is owed, however far off.</summary>
    IAsyncEnumerable<Guid> FindOwedLetters(CancellationToken stop);
}
