using System.Collections.Concurrent;
using System.Diagnostics;
using HdrHistogram;

namespace MsaOrleans.Load;

/// <summary>What visitors see, counted while they see it.</summary>
internal sealed class LoadMeter
{
    private long start = Stopwatch.GetTimestamp();
    private readonly ConcurrentDictionary<string, PageMeter> pages = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> errors = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> refusals = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Errand, ErrandMeter> errands = new();
    private readonly Recorder second = new(1, Latencies.Highest, 2, (_, lowest, highest, digits) => new LongConcurrentHistogram(lowest, highest, digits));
    private readonly List<LoadSecond> seconds = [];
    private long requests;
    private long failures;
    private long finished;
    private int present;
    private int cutOff;
    private (long Requests, long Failures, long Finished) before;

    /// <summary>Since the run began.</summary>
    public TimeSpan Now => Stopwatch.GetElapsedTime(start);

    public long Requests => Interlocked.Read(ref requests);

    public long Failures => Interlocked.Read(ref failures);

    /// <summary>Journeys that reached their end; what bots do is none.</summary>
    public long Finished => Interlocked.Read(ref finished);

    /// <summary>Visitors on the site.</summary>
    public int Present => present;

    public IReadOnlyDictionary<string, PageMeter> Pages => pages;

    public IReadOnlyDictionary<string, long> Errors => errors;

    /// <summary>Pages that said "not now", which they may.</summary>
    public IReadOnlyDictionary<string, long> Refusals => refusals;

    public IReadOnlyDictionary<Errand, ErrandMeter> Errands => errands;

    public IReadOnlyList<LoadSecond> Seconds => seconds;

    /// <summary>How long each visitor who was told to wait has waited in all, by the kind of page that told him.</summary>
    public ConcurrentDictionary<string, Latencies> Waits { get; } = new(StringComparer.Ordinal);

    /// <summary>The first of each kind of error.</summary>
    public ConcurrentDictionary<string, string> Examples { get; } = new(StringComparer.Ordinal);

    /// <summary>Visitors who were still about when the run was over.</summary>
    public int CutOff => cutOff;

    /// <summary>From an acknowledged sign-up to its letter.</summary>
    public Latencies Letters { get; } = new();

    /// <summary>The run begins now.</summary>
    public void Start() => start = Stopwatch.GetTimestamp();

    /// <summary>An answer came, whatever it says.</summary>
    /// <param name="page">What was asked for.</param>
    /// <param name="intended">When it should have been asked for.</param>
    /// <param name="sent">When it was.</param>
    public void NoteAnswer(string page, TimeSpan intended, TimeSpan sent)
    {
        var now = Now;
        var meter = pages.GetOrAdd(page, _ => new());
        meter.FromSending.Note(now - sent);
        meter.FromIntention.Note(now - intended);
        if (IsPage(page))
            second.RecordValue(Latencies.Value(now - intended));
        Interlocked.Increment(ref requests);
    }

    /// <summary>And not style sheets, what bots ask for, or answers that are none: 429, 5xx, waiting rooms.</summary>
    public static bool IsPage(string name) => name.StartsWith('/') || name.StartsWith("POST /", StringComparison.Ordinal);

    /// <param name="kind">As what it is counted.</param>
    /// <param name="example">What happened this time.</param>
    public void NoteError(string kind, string example)
    {
        Examples.TryAdd(kind, example);
        errors.AddOrUpdate(kind, 1, (_, count) => count + 1);
        Interlocked.Increment(ref failures);
    }

    public void NoteRefusal(string kind) => refusals.AddOrUpdate(kind, 1, (_, count) => count + 1);

    public void NoteCutOff() => Interlocked.Increment(ref cutOff);

    public void NoteWait(string kind, TimeSpan waited) => Waits.GetOrAdd(kind, _ => new()).Note(waited);

    public void Enter(Errand errand)
    {
        MeterOf(errand).NoteBegun();
        Interlocked.Increment(ref present);
    }

    /// <param name="errand">What he came for.</param>
    /// <param name="busy">For how long the site was at work for him; nothing when he did not get there.</param>
    public void Leave(Errand errand, TimeSpan? busy)
    {
        Interlocked.Decrement(ref present);
        if (busy is not { } took)
            return;
        MeterOf(errand).NoteFinished(took);
        if (errand != Errand.Bot)
            Interlocked.Increment(ref finished);
    }

    /// <summary>A second is over. To be told by one teller.</summary>
    public LoadSecond Tick()
    {
        var latencies = second.GetIntervalHistogram();
        var now = (Requests, Failures, Finished);
        var last = new LoadSecond(
            Math.Round(Now.TotalSeconds, 1), now.Requests - before.Requests, now.Finished - before.Finished, now.Failures - before.Failures, present,
            Latencies.Milliseconds(latencies, 50), Latencies.Milliseconds(latencies, 95), Latencies.Milliseconds(latencies, 99));
        before = now;
        seconds.Add(last);
        return last;
    }

    private ErrandMeter MeterOf(Errand errand) => errands.GetOrAdd(errand, _ => new());
}

/// <summary>One page, or one form sent.</summary>
internal sealed class PageMeter
{
    public Latencies FromSending { get; } = new();

    public Latencies FromIntention { get; } = new();
}

/// <summary>Visitors with one errand.</summary>
internal sealed class ErrandMeter
{
    private int begun;

    public int Begun => begun;

    /// <summary>How long the site was at work for those who finished: without thinking, waiting for letters, and waiting when told to.</summary>
    public Latencies Busy { get; } = new();

    public void NoteBegun() => Interlocked.Increment(ref begun);

    public void NoteFinished(TimeSpan busy) => Busy.Note(busy);
}
