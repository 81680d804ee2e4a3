using MsaOrleans.Testing;

namespace MsaOrleans.Load;

/// <summary>One run: visitors come, are counted, leave; then what they were promised is checked.</summary>
internal sealed class LoadRun(LoadOptions options, ServerMeter servers, LiveLine live)
{
    private const int PreparedAtOnce = 8;
    private const int SecondsBetweenWeighings = 60;

    private readonly LoadMeter meter = new();
    private readonly Accounts accounts = new();
    private readonly Dictionary<string, List<double>> memory = [];
    private string? endedEarly;

    /// <exception cref="InvalidOperationException">Nobody could be prepared.</exception>
    public async Task<LoadReport> Measure(CancellationToken stop)
    {
        await using var post = await Postbox.Open(options.Smtp);
        using var people = PeopleFile.Read(options.Adherents, options.Payments).Skip(options.Skip).GetEnumerator();
        await Prepare(post, people, stop);

        var (at, load, before) = (DateTimeOffset.UtcNow, Machine.Load, servers.Read());
        using var cutOff = CancellationTokenSource.CreateLinkedTokenSource(stop);
        meter.Start();
        var errands = new Errands(options, accounts, post, people, meter, cutOff.Token);
        using (var ticking = new CancellationTokenSource())
        {
            var ticks = Tick(ticking.Token);
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
            enough.CancelAfter(options.Duration);
            var present = options.Arrivals is null ? Circulate(errands, enough) : Arrive(options.Arrivals, errands, enough);
            await Task.WhenAny(present, Task.Delay(Timeout.Infinite, enough.Token));
            cutOff.CancelAfter(options.Grace);
            await present;
            await ticking.CancelAsync();
            await ticks;
        }
        var (seconds, after) = (meter.Now.TotalSeconds, servers.Read());
        Weigh(after);
        live.End(meter);
        live.Say("Signing in everybody who was registered ...");
        var truth = await new Truth(options, accounts, post).Check(stop);

        var report = Reporting.Of(meter, options, seconds) with
        {
            At = at,
            MachineLoad = $"{load} before, {Machine.Load} after",
            EndedEarly = endedEarly,
            CpuPerJourney = after.Count == 0 ? null : after.ToDictionary(
                server => server.Key, server => Math.Round((server.Value.Cpu - before[server.Key].Cpu).TotalMilliseconds / Math.Max(meter.Finished, 1), 2)),
            Memory = memory.ToDictionary(server => server.Key, server => (IReadOnlyList<double>)server.Value),
            Truth = truth,
        };
        return report with { Verdicts = [.. options.Requirements.Select(requirement => requirement.Judge(report))] };
    }

    private async Task Prepare(Postbox post, IEnumerator<Person> people, CancellationToken stop)
    {
        if (options.Prepare == 0)
            return;
        live.Say($"Opening {options.Prepare} accounts, which is not measured ...");
        var unmeasured = new LoadMeter();
        var errands = new Errands(options with { Think = ThinkTime.Parse("0"), Assets = false }, accounts, post, people, unmeasured, stop);
        await Parallel.ForEachAsync(Enumerable.Range(0, options.Prepare), new ParallelOptions { MaxDegreeOfParallelism = PreparedAtOnce, CancellationToken = stop },
            async (number, _) => await errands.Run(Errand.SignUp, number, TimeSpan.Zero));
        if (unmeasured.Finished == 0)
            throw new InvalidOperationException($"No account could be opened: {string.Join(" ", unmeasured.Examples.Values)}");
    }

    // Closed loop: whoever leaves is followed by somebody else.
    private async Task Circulate(Errands errands, CancellationTokenSource enough)
    {
        var begun = 0;
        await Task.WhenAll(Enumerable.Range(0, options.Visitors).Select(async place =>
        {
            var random = new Random(options.Seed + place);
            await Task.Yield();
            while (!enough.IsCancellationRequested && !IsEnough(Interlocked.Increment(ref begun), errands, enough))
                await errands.Run(options.Mix.Next(random), random.Next(), TimeSpan.Zero);
        }));
    }

    // Open loop: they come when they come.
    private async Task Arrive(Arrivals arrivals, Errands errands, CancellationTokenSource enough)
    {
        var (random, present, begun) = (new Random(options.Seed), new List<Task>(), 0);
        foreach (var time in arrivals.Times(options.Duration, options.Seed))
        {
            if (time - meter.Now is var pause && pause > TimeSpan.Zero)
                await Task.Delay(pause, enough.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            if (enough.IsCancellationRequested || IsEnough(++begun, errands, enough))
                break;
            var (errand, seed) = (options.Mix.Next(random), random.Next());
            if (meter.Present >= options.MostVisitors)
                meter.NoteError("turned away by the tool", $"{options.MostVisitors} visitors were there already: --most-visitors.");
            else
                present.Add(Task.Run(() => errands.Run(errand, seed, meter.Now - time), CancellationToken.None));
        }
        await Task.WhenAll(present);
    }

    private bool IsEnough(int begun, Errands errands, CancellationTokenSource enough)
    {
        if (errands.FileIsUsedUp)
            endedEarly = "nobody was left in the file of adherents";
        if (endedEarly is null && !(begun > options.Journeys))
            return false;
        enough.Cancel();
        return true;
    }

    private async Task Tick(CancellationToken over)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        try
        {
            for (var tick = 1; await timer.WaitForNextTickAsync(over); tick++)
            {
                live.Show(meter.Tick());
                if (tick % SecondsBetweenWeighings == 0)
                    Weigh(servers.Read());
            }
        }
        catch (OperationCanceledException)
        {
            meter.Tick(); // what is left of the last second
        }
    }

    private void Weigh(IReadOnlyDictionary<string, ServerUse> use)
    {
        foreach (var (server, taken) in use)
        {
            if (taken.MemoryMib is not { } mib)
                continue;
            if (!memory.TryGetValue(server, out var known))
                memory.Add(server, known = []);
            known.Add(Math.Round(mib, 1));
        }
    }
}
