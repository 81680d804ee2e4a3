using Hangfire;

namespace MsaOrleans.Silo.Jobs;

/// <summary>Everything that recurs, on one screen. Names are stored: they are a contract.</summary>
public static class Schedule
{
    private static readonly RecurringJobOptions InUtc = new() { TimeZone = TimeZoneInfo.Utc };

    public static void Register(IRecurringJobManager recurring)
    {
        recurring.AddOrUpdate<SweepJob>("sweep", job => job.Run(false, CancellationToken.None), "* * * * *", InUtc);
        recurring.AddOrUpdate<FranceConnectPruneJob>("franceconnect-prune", job => job.Run(CancellationToken.None), "17 * * * *", InUtc);
        recurring.AddOrUpdate<AuditErasureJob>("audit-erasure", job => job.Run(CancellationToken.None), "41 2 * * *", InUtc);
    }
}
