using MsaOrleans.Grains.Interfaces.Adherents;
using Orleans.Runtime.Messaging;
using Orleans.Storage;

namespace MsaOrleans.Web.Resilience;

/// <summary>Tells machines that are away from faults of ours.</summary>
internal static class Unavailability
{
    /// <summary>An adherent could not be asked, or could not answer, because of the machines between him and us.</summary>
    public static bool Is(Exception failure) => Causes(failure).Any(cause => IsOfStorage(cause) || IsOfCluster(cause));

    /// <summary>A silo has died, and another takes over within seconds. A storage that is away may stay so for long.</summary>
    public static bool MayPassSoon(Exception failure) => Is(failure) && !Causes(failure).Any(IsOfStorage);

    private static bool IsOfStorage(Exception cause) => cause is BackendUnavailableException;

    // While two silos do not agree yet on who lives, an adherent may be in both: the one that comes second cannot write, and starts afresh.
    private static bool IsOfCluster(Exception cause) =>
        cause is TimeoutException or SiloUnavailableException or OrleansMessageRejectionException or ConnectionFailedException or InconsistentStateException
        // A silo says so of a question for which it found no place in time: we cancel none.
        or OperationCanceledException;

    // What storage says comes wrapped by Orleans.
    private static IEnumerable<Exception> Causes(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
            yield return cause;
    }
}
