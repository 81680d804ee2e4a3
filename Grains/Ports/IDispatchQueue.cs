namespace MsaOrleans.Grains.Ports;

/// <summary>
/// Where deliveries wait for a worker. It may deliver twice, late, or, when its storage is lost, never: the adherent's own state is the
/// truth, and the sweep makes up for losses.
/// </summary>
public interface IDispatchQueue
{
    /// <summary>Asks for one dispatch of one adherent to be delivered, now or not before a moment.</summary>
    Task Enqueue(Guid adherent, Guid dispatch, DateTimeOffset? notBefore = null);
}
