using MsaOrleans.Silo.Audit;

namespace MsaOrleans.Silo.Jobs;

/// <summary>An <see cref="AuditErasure"/> as a job.</summary>
/// <remarks>Queued jobs name this type and its method: both are a contract.</remarks>
internal sealed class AuditErasureJob(AuditErasure erasure)
{
    [SkipWhenRunning]
    public Task Run(CancellationToken stop) => erasure.Run(stop);
}
