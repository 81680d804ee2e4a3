using MsaOrleans.Grains.Interfaces.Adherents;

namespace MsaOrleans.Grains.Interfaces.Assistance;

/// <summary>How the site is doing, for the hotline. There is one, under the key 0: it answers everybody from figures a few seconds old, however many ask.</summary>
[Alias("msa.activity-report")]
public interface IActivityReport : IGrainWithIntegerKey
{
    /// <summary>Names nobody. Machines that do not answer are told of, not waited for.</summary>
    [Alias("read"), Retriable]
    Task<ActivityReport> Read(ActivityPeriod period);

    /// <summary>Who at the hotline has searched in the last hour, for supervisors: those refused first, then those who found nobody most often; nothing when the record does not answer.</summary>
    [Alias("searches"), Retriable]
    Task<IReadOnlyList<AgentSearches>?> Searches();
}

/// <summary>How far back a report goes.</summary>
public enum ActivityPeriod
{
    /// <summary>24 hours, the present one the last, hour by hour.</summary>
    Day,

    /// <summary>7 days of France, today the last, day by day.</summary>
    Week,

    /// <summary>30 days, likewise.</summary>
    Month,
}

/// <summary>How the site is doing.</summary>
/// <param name="At">When the figures were read.</param>
/// <param name="Figures">What the database tells; nothing when it does not answer.</param>
/// <param name="Silos">The silos of the cluster, those at work first; as they were last known when the list itself cannot be read.</param>
[GenerateSerializer, Immutable, Alias("msa.activity-report.report")]
public sealed record ActivityReport(DateTimeOffset At, ActivityFigures? Figures, IReadOnlyList<SiloStanding> Silos);

/// <summary>What the database tells of the site's activity.</summary>
/// <param name="Slices">The slices of the period, each there even when nothing happened in it, oldest first.</param>
/// <param name="Hours">The last 24 hours, likewise.</param>
/// <param name="Letters">The letters owed at present.</param>
[GenerateSerializer, Immutable, Alias("msa.activity-figures")]
public sealed record ActivityFigures(IReadOnlyList<ActivitySlice> Slices, IReadOnlyList<ActivitySlice> Hours, LettersOwed Letters);

/// <summary>What was counted in one hour or one day.</summary>
/// <param name="Start">When it begins.</param>
/// <param name="Counts">By instrument and tags, as <c>msa.locks kind=sign_in</c> (<c>docs/telemetry.md</c>); what never happened is left out.</param>
[GenerateSerializer, Immutable, Alias("msa.activity-slice")]
public sealed record ActivitySlice(DateTimeOffset Start, IReadOnlyDictionary<string, long> Counts)
{
    public long this[string counter] => Counts.GetValueOrDefault(counter);
}

/// <summary>Adherents to whom letters are owed at present. A letter that could not leave waits for its next try.</summary>
/// <param name="Owed">All of them, those below included.</param>
/// <param name="Later">Whose letters all wait for a later moment: the day of a department code, or another try.</param>
/// <param name="Overdue">Whose letter should have left, and seems to be in no worker's hands.</param>
/// <param name="OverdueSince">Since when the first of these.</param>
[GenerateSerializer, Immutable, Alias("msa.letters-owed")]
public sealed record LettersOwed(int Owed, int Later, int Overdue, DateTimeOffset? OverdueSince)
{
    /// <summary>Counted up to here: a figure above it only says "more".</summary>
    public const int CountedUpTo = 10_000;
}

/// <summary>One silo of the cluster.</summary>
/// <param name="Name">Its address and port.</param>
/// <param name="Condition">How it is.</param>
/// <param name="Since">When it started; when it was last heard of, if it is gone.</param>
/// <param name="Activations">Grains in its memory; nothing when it did not tell.</param>
[GenerateSerializer, Immutable, Alias("msa.silo-standing")]
public sealed record SiloStanding(string Name, SiloCondition Condition, DateTimeOffset Since, int? Activations);

/// <summary>How a silo is.</summary>
public enum SiloCondition
{
    Working,

    /// <summary>It belongs to the cluster and did not answer within two seconds.</summary>
    Silent,

    /// <summary>It is starting or stopping.</summary>
    Changing,

    /// <summary>It ended less than an hour ago, and none has been started on its machine since.</summary>
    Missing,
}

/// <summary>What one agent has searched in the last hour.</summary>
/// <param name="Agent">His login.</param>
/// <param name="Searches">All, those refused included.</param>
/// <param name="Refused">Above his limit.</param>
/// <param name="FoundNobody">A number, a name or an address that is nobody's.</param>
[GenerateSerializer, Immutable, Alias("msa.agent-searches")]
public sealed record AgentSearches(string Agent, int Searches, int Refused, int FoundNobody);
