using Microsoft.Extensions.Logging;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Ports;

namespace MsaOrleans.Grains;

/// <summary>
/// How the site is doing. One grain, and so one reader of the database for the whole cluster: whoever asks within the next seconds is answered from memory, and who
/// asks meanwhile waits for the same answer.
/// </summary>
[GrainType("activity-report")]
internal sealed class ActivityReportGrain(IActivityCounts counts, IAuditSearch record, TimeProvider clock, ILogger<ActivityReportGrain> log) : Grain, IActivityReport
{
    // Entries opened at most: far more than a hotline of a hundred agents makes in an hour.
    private const int MostSearches = 5_000;

    private static readonly TimeSpan patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan freshness = TimeSpan.FromSeconds(5);

    private readonly Dictionary<ActivityPeriod, ActivityReport> reports = [];
    private (DateTimeOffset At, IReadOnlyList<AgentSearches> Found)? searches;
    private IReadOnlyList<MembershipEntry> members = [];

    private DateTimeOffset Now => clock.GetUtcNow();

    async Task<ActivityReport> IActivityReport.Read(ActivityPeriod period)
    {
        if (reports.GetValueOrDefault(period) is { } known && IsFresh(known.At))
            return known;
        var (figures, silos) = (Answered("the database", () => Figures(period)), Silos());
        return reports[period] = new(Now, await figures, await silos);
    }

    async Task<IReadOnlyList<AgentSearches>?> IActivityReport.Searches()
    {
        if (searches is { } known && IsFresh(known.At))
            return known.Found;
        if (await Answered("the record", () => record.Latest(AuditedAct.Searched, Now - TimeSpan.FromHours(1), MostSearches)) is not { } entries)
            return null;
        searches = (Now, SearchRecord.ByAgent(entries));
        return searches.Value.Found;
    }

    private bool IsFresh(DateTimeOffset at) => Now - at < freshness;

    private async Task<ActivityFigures> Figures(ActivityPeriod period)
    {
        var (starts, hours) = (ActivitySlices.Starts(period, Now), ActivitySlices.Starts(ActivityPeriod.Day, Now));
        var letters = counts.LettersOwed(Now);
        var counted = await counts.Since(starts[0] < hours[0] ? starts[0] : hours[0]);
        return new(ActivitySlices.Of(starts, counted), ActivitySlices.Of(hours, counted), await letters);
    }

    private async Task<IReadOnlyList<SiloStanding>> Silos()
    {
        var management = GrainFactory.GetGrain<IManagementGrain>(0);
        members = await Answered("the list of silos", () => management.GetDetailedHosts()) ?? members;
        var (working, others) = (members.Where(m => m.Status == SiloStatus.Active).ToList(), members.Where(m => m.Status is not (SiloStatus.Active or SiloStatus.Dead)));
        var gone = members.Where(m => m.Status == SiloStatus.Dead).ToList();
        var missing = SiloRoll.Missing([.. gone.Select(m => (m.HostName, Utc(m.StartTime), Utc(m.IAmAliveTime)))], working.Select(m => (m.HostName, Utc(m.StartTime))), Now);
        var asked = await Task.WhenAll(working.Select(Ask));
        return
        [
            .. asked.OrderBy(silo => silo.Since),
            .. others.Select(m => new SiloStanding(NameOf(m), SiloCondition.Changing, Utc(m.StartTime), null)),
            .. missing.Select(place => new SiloStanding(NameOf(gone[place]), SiloCondition.Missing, Utc(gone[place].IAmAliveTime), null)),
        ];

        async Task<SiloStanding> Ask(MembershipEntry member) => await Answered(NameOf(member), () => management.GetRuntimeStatistics([member.SiloAddress])) is [var told]
            ? new(NameOf(member), SiloCondition.Working, Utc(member.StartTime), told.ActivationCount)
            : new(NameOf(member), SiloCondition.Silent, Utc(member.StartTime), null);
    }

    /// <summary>What a machine answers; nothing when it does not, in time.</summary>
    private async Task<T?> Answered<T>(string machine, Func<Task<T>> ask)
        where T : class
    {
        try
        {
            return await ask().WaitAsync(patience);
        }
        catch (Exception away)
        {
            log.LogWarning("{Machine} does not answer the report ({Reason})", machine, away.GetType().Name);
            return null;
        }
    }

    private static string NameOf(MembershipEntry member) => $"{member.SiloAddress.Endpoint}";

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));
}
