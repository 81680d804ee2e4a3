using System.Globalization;

namespace MsaOrleans.Chaos;

/// <summary>How a run is to be.</summary>
/// <param name="Visitors">Visitors busy at once.</param>
/// <param name="Longest">For how long disasters begin anew once all have happened; nothing: each happens once.</param>
/// <param name="Logs">A folder for what the servers say; nothing: it is not kept.</param>
public sealed record ChaosOptions(int Visitors = 8, TimeSpan Longest = default, string? Logs = null);

/// <summary>
/// Two silos, two web servers, PostgreSQL and a relay under a load of whole sign-ups, while one after the other is killed; then the accounting: what the site
/// has said yes to must be there, and nothing else.
/// </summary>
public static class ChaosRun
{
    private static readonly TimeSpan warmUp = TimeSpan.FromSeconds(3);

    // What a killed worker held comes back after a minute.
    private static readonly TimeSpan lettersOfDeadWorkers = TimeSpan.FromSeconds(75);

    // And after the third try of a letter that the relay refuses come two minutes.
    private static readonly TimeSpan lettersRefusedThrice = TimeSpan.FromSeconds(210);

    /// <summary>The disasters that fit into a test.</summary>
    public static Task<ChaosReport> Brief(ChaosOptions options, TextWriter progress, CancellationToken stop) => Run(
        Disasters.Brief, options, networks: null, lettersOfDeadWorkers,
        new Dictionary<string, string> { ["Mail:RetryDelays"] = "00:00:01;00:00:02;00:00:04;00:00:08;00:00:30;00:10:00" }, progress, stop);

    /// <summary>All disasters, with the defaults of production but for the delay of codes.</summary>
    public static Task<ChaosReport> Full(ChaosOptions options, TextWriter progress, CancellationToken stop) =>
        Run(Disasters.Full, options, networks: null, lettersRefusedThrice, new Dictionary<string, string>(), progress, stop);

    /// <summary>The silos in two networks, whose link is cut.</summary>
    /// <exception cref="NotAllowedException">This machine does not let us make networks.</exception>
    public static async Task<ChaosReport> Partition(ChaosOptions options, TextWriter progress, CancellationToken stop)
    {
        using var networks = TwoNetworks.Build();
        return await Run(Disasters.Partition, options, networks, lettersRefusedThrice, new Dictionary<string, string>(), progress, stop);
    }

    private static async Task<ChaosReport> Run(
        IReadOnlyList<Disaster> disasters, ChaosOptions options, TwoNetworks? networks, TimeSpan longestLetter, IReadOnlyDictionary<string, string> settings, TextWriter progress, CancellationToken stop)
    {
        var ledger = new Ledger();
        var people = (int)(Math.Max(options.Longest.TotalMinutes, 6) * options.Visitors * 20);
        await using var stage = await Stage.Build(people, () => ledger.Now, networks, settings, stop);
        Say($"two silos and two web servers serve, {stage.People.Count} people are known");
        try
        {
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
            using var crowd = new Crowd(stage, ledger, options.Visitors);
            var load = crowd.Come(stage.People, enough.Token);
            List<Blow> blows;
            try
            {
                blows = await Strike();
            }
            finally
            {
                await enough.CancelAsync();
                await load;
            }
            stop.ThrowIfCancellationRequested();
            Say($"the load is over: {ledger.Count(Promise.Registered)} sign-ups acknowledged, {ledger.Failures.Count} tries failed");
            var accounting = new Accounting(stage, ledger);
            var findings = await accounting.Check(longestLetter, stop);
            Say($"accounts are checked: {ledger.Lost.Count} lost, {ledger.Wrong.Count} wrong");
            return new(ledger, blows, findings, [.. stage.Servers.SelectMany(server => server.Ends)]);
        }
        finally
        {
            if (options.Logs is { } logs)
                await stage.KeepLogs(logs);
        }

        async Task<List<Blow>> Strike()
        {
            var blows = new List<Blow>();
            await Task.Delay(warmUp, stop);
            do
            {
                foreach (var disaster in disasters)
                {
                    Say($"{ledger.Count(Promise.Registered)} signed up, {ledger.Count(Promise.DepartmentOpened)} have their department; {disaster.Name}");
                    var struck = ledger.Now;
                    await disaster.Strike(stage, ledger, stop);
                    var back = ledger.Now;
                    await Task.Delay(disaster.Calm, stop);
                    blows.Add(new(disaster.Name, struck, back, ledger.Now));
                }
            }
            while (ledger.Now < options.Longest);
            return blows;
        }

        void Say(FormattableString what) => progress.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ledger.Now.TotalSeconds,4:0} s  {what.ToString(CultureInfo.InvariantCulture)}"));
    }
}
