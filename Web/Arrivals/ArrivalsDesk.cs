using System.Collections.Concurrent;
using MsaOrleans.Grains.Interfaces.Arrivals;
using MsaOrleans.Web.Resilience;

namespace MsaOrleans.Web.Arrivals;

/// <summary>
/// This web server's side of the waiting room: lets newcomers in from its stock of places, has others stand in the line, counts who is in and how quick pages are,
/// and exchanges all of it with the line once a second. While nobody waits, a newcomer costs no call.
/// </summary>
public sealed class ArrivalsDesk(IGrainFactory grains, IConfiguration configuration, TimeProvider clock, ILogger<ArrivalsDesk> log) : BackgroundService
{
    private static readonly TimeSpan betweenReports = TimeSpan.FromSeconds(1);

    /// <summary>Nobody who is busy with a form stays away from the site for much less; nobody weighs on it who stays away for longer.</summary>
    private static readonly TimeSpan presence = TimeSpan.FromSeconds(30);

    // A newcomer waits in the line, not for it.
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(3);

    private readonly PeriodicTimer timer = new(betweenReports, clock);
    private readonly Guid server = Guid.NewGuid();
    private readonly long goal = Ticks(configuration.GetValue("WaitingRoom:LatencyGoal", TimeSpan.FromMilliseconds(150)), clock);
    private readonly ConcurrentDictionary<long, long> present = [];
    private readonly Lock door = new();
    private LineEnds line;
    private long nextInStock;
    private int stock;
    private double admissionsPerSecond;
    private int claimed;
    private int answers;
    private int slow;

    private IWaitingRoom Room => grains.GetGrain<IWaitingRoom>(0);

    /// <summary>The line as this server knows it: a second old at most, while the cluster answers.</summary>
    public LineEnds Line
    {
        get
        {
            lock (door)
                return line;
        }
    }

    /// <summary>Gives a newcomer a place: one that is in, as long as there are any and nobody waits.</summary>
    public async Task<Place> Welcome()
    {
        if (TakeFromStock() is { } free)
            return free;
        try
        {
            var given = await Room.Join(Line).WaitAsync(patience, clock);
            Learn(given.Line);
            return new(given.Place, In: false);
        }
        catch (Exception e) when (Unavailability.Is(e))
        {
            // The machines behind the site are away: its pages say so, and keep what is typed. No place of the line, nor the number of somebody who came before.
            return new(Random.Shared.NextInt64(long.MinValue, -1L - uint.MaxValue), In: true);
        }
    }

    /// <summary>Whether it is his turn.</summary>
    public bool IsAdmitted(Place place) => place.In || place.Number <= Line.Admitted;

    /// <summary>Somebody of the line has come in.</summary>
    public void Claim() => Interlocked.Increment(ref claimed);

    /// <summary>A sign-up is begun from a place; while nobody waits, any number of them.</summary>
    public async Task<bool> MayBegin(Place place) => Line.Waiting == 0 || await Room.Use(place.Number);

    /// <summary>He has asked for a page of the sign-up.</summary>
    public void Seen(long visitor) => present[visitor] = clock.GetTimestamp();

    /// <summary>He has finished.</summary>
    public void Left(long visitor) => present.TryRemove(visitor, out _);

    /// <summary>A page was answered.</summary>
    public void Answered(long since)
    {
        Interlocked.Increment(ref answers);
        if (clock.GetTimestamp() - since > goal)
            Interlocked.Increment(ref slow);
    }

    /// <summary>How long whoever stands at a place will wait; nothing when the line has not moved yet.</summary>
    public TimeSpan? WaitFor(Place place)
    {
        lock (door)
            return admissionsPerSecond < 0.01 ? null : TimeSpan.FromSeconds((place.Number - line.Admitted) / admissionsPerSecond);
    }

    public override void Dispose()
    {
        timer.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var isHeard = true;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                Obey(await Room.Report(server, Report()));
                isHeard = true;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                if (isHeard)
                    log.LogWarning("The waiting room does not answer ({Reason}): newcomers keep their places", e.GetType().Name);
                isHeard = false;
            }
        }
    }

    private Place? TakeFromStock()
    {
        lock (door)
        {
            if (stock == 0 || line.Waiting > 0)
                return null;
            stock--;
            return new(nextInStock++, In: true);
        }
    }

    private ArrivalsReport Report()
    {
        var now = clock.GetTimestamp();
        var gone = Ticks(presence, clock);
        foreach (var (visitor, seen) in present)
        {
            if (now - seen > gone)
                present.TryRemove(KeyValuePair.Create(visitor, seen));
        }
        lock (door)
        {
            return new(
                line, present.Count, stock, Interlocked.Exchange(ref claimed, 0), Interlocked.Exchange(ref answers, 0), Interlocked.Exchange(ref slow, 0));
        }
    }

    private void Obey(ArrivalsDirective directive)
    {
        lock (door)
        {
            line = line.With(directive.Line);
            admissionsPerSecond = directive.AdmissionsPerSecond;
            if (line.Waiting > 0)
                stock = 0; // those who wait come first
            else if (directive.Granted > 0)
                (nextInStock, stock) = (directive.FirstGranted, directive.Granted);
        }
    }

    private void Learn(LineEnds newer)
    {
        lock (door)
            line = line.With(newer);
    }

    private static long Ticks(TimeSpan span, TimeProvider clock) => (long)(span.TotalSeconds * clock.TimestampFrequency);
}
