using Hangfire.Common;
using Hangfire.Server;
using Hangfire.Storage;

namespace MsaOrleans.Silo.Jobs;

/// <summary>
/// Lets a run of a job pass when another with the same arguments is still under way: runs that outlast their interval must not pile up and
/// take every worker from the letters.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SkipWhenRunningAttribute : JobFilterAttribute, IServerFilter
{
    private const string Held = "SkipWhenRunning";

    public void OnPerforming(PerformingContext context)
    {
        var job = context.BackgroundJob.Job;
        var resource = $"{job.Type.Name}.{job.Method.Name}({string.Join(',', job.Args.Where(arg => arg is not CancellationToken and not null))})";
        try
        {
            context.Items[Held] = context.Connection.AcquireDistributedLock(resource, TimeSpan.Zero);
        }
        catch (DistributedLockTimeoutException)
        {
            context.Canceled = true;
        }
    }

    public void OnPerformed(PerformedContext context)
    {
        if (context.Items.TryGetValue(Held, out var held))
            ((IDisposable)held).Dispose();
    }
}
