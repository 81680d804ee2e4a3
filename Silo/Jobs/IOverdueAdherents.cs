namespace MsaOrleans.Silo.Jobs;

/// <summary>The adherents who have something due, found by the due times in their rows.</summary>
public interface IOverdueAdherents
{
    /// <summary>
    /// Those with anything due until a moment, each once at most. They are swept, and so written, while this is being read: no connection
    /// or lock may be held between two of them.
    /// </summary>
    IAsyncEnumerable<Guid> Find(DateTimeOffset until, CancellationToken stop);
}
