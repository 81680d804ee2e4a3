namespace MsaOrleans.Grains.Ports;

/// <summary>
/// Where deliveries wait for a worker. It may deliver twice, late, or, when its storage is lost, never: the adherent's own state is the
/// truth, and the sweep makes up for losses.
/// </summary>
public interface IDispatchQueue
{
    /// <summary>Asks for one dispatch of one adherent to be delivered, now or not before a moment.</summary>
    Task Enqueue(Guid adherent, Guid dispatch, DateTimeOffset? notBefore = null);

    /// <summary>What is due and waits for a worker.</summary>
    Task<DispatchBacklog> Backlog();
}

/// <summary>Deliveries that are due and have not had their turn.</summary>
/// <param name="Waiting">How many.</param>
/// <param name="Oldest">For how long the first of them has waited; zero when there is none.</param>
public readonly record struct DispatchBacklog(long Waiting, TimeSpan Oldest);
