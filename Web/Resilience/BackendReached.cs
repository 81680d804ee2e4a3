namespace MsaOrleans.Web.Resilience;

/// <summary>
/// Whether this server has reached the cluster since its start. Until then it answers visitors already, but cannot name an adherent: whatever fails is
/// the absence of the cluster, in the words of a fault.
/// </summary>
internal sealed class BackendReached : IHostedLifecycleService
{
    private volatile bool isReached;

    public bool Yet => isReached;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Everything has started, the client of the cluster too, which waits for a silo.
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        isReached = true;
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
