using MsaOrleans.Grains.Interfaces.Arrivals;
using MsaOrleans.Grains.Ports;

namespace MsaOrleans.Grains.Domain.Arrivals;

/// <summary>
/// Newcomers in order, and how many visitors may be in at once. That number is found as TCP finds its window: it grows while it is what keeps people out and
/// pages are quick, and shrinks when more than one page in a hundred is slower than the goal. Visitors present, not newcomers a second, are what is limited:
/// somebody who types for ten minutes and a load tester who types nothing weigh on the site in the same proportion. Whoever has signed up is present until his letter,
/// without which he can do nothing, has its turn; and letters that wait too long are as bad as slow pages.
/// </summary>
internal sealed class WaitingLine(WaitingLinePolicy policy)
{
    // A page in a hundred: the goal is of the 99th percentile. Some more than that, or one pause of a collector would shut the door.
    private const int SlowOfAnswers = 100;
    private const int FewestSlow = 5;

    // A second. Fast only where it was never slow before; slowly where it is nearly slow.
    private const double Shrink = 0.85;
    private const double GrowFast = 1.25;
    private const double Grow = 1.03;
    private const double GrowSlowly = 1.01;

    // Of those who are in: they leave when they have finished, and until then each second is slow once more, without anything new in it.
    private const double LeastOfTaken = 0.75;

    private static readonly TimeSpan step = TimeSpan.FromMilliseconds(900); // reports come every second, more or less
    private static readonly TimeSpan settle = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan silence = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan timeToClaim = TimeSpan.FromSeconds(20);

    private readonly Dictionary<Guid, Server> servers = [];
    private readonly Queue<(DateTimeOffset At, long UpTo)> admissions = [];
    private DateTimeOffset? steppedAt;
    private DateTimeOffset settledAt;
    private long answers;
    private long slow;
    private (DateTimeOffset At, DispatchBacklog Is) letters;

    // The most who were in since the last step, and the last limit that was too high by some.
    private long peak;
    private double tooMuch = double.MaxValue;

    // People of the line, counted: let in since the line is here, since the last step, and those of them who came or did not come in time.
    private long admitted;
    private long admittedBefore;
    private long claimed;

    /// <summary>The line.</summary>
    public LineEnds Ends { get; private set; }

    /// <summary>Visitors who may be in at once.</summary>
    public double Limit { get; private set; } = policy.FirstLimit;

    /// <summary>Visitors who are in.</summary>
    public int Present => servers.Values.Sum(s => s.Present);

    /// <summary>Smoothed over some ten seconds.</summary>
    public double AdmissionsPerSecond { get; private set; }

    // Whoever was admitted and has not shown himself yet may do so at any moment.
    private long Taken => Present + letters.Is.Waiting + admitted - claimed;

    private int Stock => servers.Values.Sum(s => s.Stock);

    private int Room => Math.Max(0, (int)(Limit - Taken) - Stock);

    /// <summary>A web server tells how it is, and is told what to do.</summary>
    public ArrivalsDirective Report(Guid server, ArrivalsReport report, DateTimeOffset now)
    {
        Learn(report.Line);
        servers[server] = new(now, report.Present, report.Stock);
        answers += report.Answers;
        slow += report.Slow;
        claimed = Math.Min(admitted, claimed + report.Claimed);
        peak = Math.Max(peak, Taken);
        Step(now);
        Admit(now);
        var stock = Grant(server);
        return new(Ends, Ends.Last - stock + 1, stock, AdmissionsPerSecond);
    }

    /// <summary>A newcomer takes the place after the last; he is in at once when nobody waits and there is room.</summary>
    public GivenPlace Join(LineEnds known, DateTimeOffset now)
    {
        Learn(known);
        Ends = Ends with { Last = Ends.Last + 1 };
        Admit(now);
        return new(Ends.Last, Ends);
    }

    /// <summary>What has been asked of the queue of letters, about every second.</summary>
    public void LettersWait(DispatchBacklog backlog, DateTimeOffset now)
    {
        letters = (now, backlog);
        peak = Math.Max(peak, Taken);
    }

    private void Learn(LineEnds known) => Ends = Ends.With(known);

    private void Step(DateTimeOffset now)
    {
        if (steppedAt is null)
        {
            steppedAt = now;
            Limit = Math.Max(Limit, Present); // a line taken over from a silo that died: who is in stays in
            return;
        }
        var passed = now - steppedAt.Value;
        if (passed < step)
            return;
        steppedAt = now;
        foreach (var (gone, _) in servers.Where(s => now - s.Value.At > silence).ToList())
            servers.Remove(gone);
        if (now - letters.At > silence)
            letters = default;
        while (admissions.TryPeek(out var oldest) && now - oldest.At > timeToClaim)
            claimed = Math.Max(claimed, admissions.Dequeue().UpTo); // he is not coming
        AdmissionsPerSecond += Math.Min(1, passed.TotalSeconds / 10) * (((admitted - admittedBefore) / passed.TotalSeconds) - AdmissionsPerSecond);
        admittedBefore = admitted;
        Adapt(now);
        (answers, slow, peak) = (0, 0, Taken);
    }

    private void Adapt(DateTimeOffset now)
    {
        if (now < settledAt)
            return; // what was decided last has not shown yet
        var isLate = letters.Is.Oldest > policy.LetterGoal;
        var isSlow = isLate || slow * SlowOfAnswers > answers;
        if (isLate || (isSlow && slow >= FewestSlow))
        {
            if (peak < Limit / 2)
                return; // it is not the crowd: the site has just started, a disk is slow, or something else takes the processors
            Limit = Math.Min(Limit, Math.Max(policy.LeastLimit, Math.Max(Limit * Shrink, Taken * LeastOfTaken)));
            settledAt = now + settle;
            tooMuch = Limit;
        }
        else if (!isSlow && peak >= Math.Floor(Limit) * 0.9) // people are whole
        {
            Limit *= Limit < tooMuch ? GrowFast : slow * SlowOfAnswers * 4 <= answers && letters.Is.Oldest * 4 <= policy.LetterGoal ? Grow : GrowSlowly;
        }
    }

    private void Admit(DateTimeOffset now)
    {
        var places = Math.Min(Ends.Waiting, Room);
        if (places == 0)
            return;
        Ends = Ends with { Admitted = Ends.Admitted + places };
        admitted += places;
        admissions.Enqueue((now, admitted));
        peak = Math.Max(peak, Taken);
    }

    // Each server as much as the others, in place of what it has left; nothing new where that is as much.
    private int Grant(Guid server)
    {
        var mine = servers[server];
        var share = Math.Min((Room + Stock) / servers.Count, Room + mine.Stock);
        if (Ends.Waiting > 0 || share <= mine.Stock)
            return 0;
        Ends = new(Ends.Admitted + share, Ends.Last + share);
        servers[server] = mine with { Stock = share };
        return share;
    }

    private readonly record struct Server(DateTimeOffset At, int Present, int Stock);
}

/// <summary>How the line begins.</summary>
/// <param name="FirstLimit">Visitors who may be in at once before anything was measured (<c>WaitingRoom:FirstLimit</c>).</param>
public sealed record WaitingLinePolicy(int FirstLimit = 100)
{
    /// <summary>For how long a letter may wait for its turn (<c>WaitingRoom:LetterGoal</c>).</summary>
    public TimeSpan LetterGoal { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Below it nothing is measured any more.</summary>
    public int LeastLimit => Math.Min(10, FirstLimit);
}
