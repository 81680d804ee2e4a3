using System.Globalization;

namespace MsaOrleans.Chaos;

/// <summary>Something that befalls the machines while people use the site.</summary>
/// <param name="Name">For the report.</param>
/// <param name="Calm">The time that everybody has to recover before the next one.</param>
/// <param name="Strike">Lets it happen, until what was hit serves again.</param>
internal sealed record Disaster(string Name, TimeSpan Calm, Func<Stage, Ledger, CancellationToken, Task> Strike);

/// <summary>What befalls them, in turn.</summary>
internal static class Disasters
{
    private const int First = 0, Second = 1;

    /// <summary>One process of each kind and the machines behind them, in the time that a test has. Silos first: what their workers held comes back after a minute.</summary>
    public static IReadOnlyList<Disaster> Brief { get; } =
    [
        KilledSilo(First, "RCPT", "letters in its hands", calm: 2),
        KilledSilo(Second, "ANSWER", "letters gone, not yet noted", calm: 2),
        KilledWeb(First, calm: 1),
        KilledWeb(Second, calm: 1),
        CrashedDatabase(calm: 3),
        RefusingRelay(seconds: 6, calm: 3),
    ];

    /// <summary>Everything that we could think of.</summary>
    public static IReadOnlyList<Disaster> Full { get; } =
    [
        KilledSilo(First, "RCPT", "letters in its hands", calm: 12),
        KilledSilo(Second, "ANSWER", "letters gone, not yet noted", calm: 12),
        KilledWeb(First, calm: 6),
        KilledWeb(Second, calm: 6),
        CrashedDatabase(calm: 10),
        RestartedDatabase(calm: 10),
        RefusingRelay(seconds: 60, calm: 10),
        DeadRelay(seconds: 10, calm: 10),
        StoppedSilo(First, calm: 12),
        SuspendedSilo(Second, seconds: 12, calm: 20),
        BothSilosKilled(calm: 15),
    ];

    /// <summary>The silos do not hear each other for a minute, while both hear the database and the web servers.</summary>
    public static IReadOnlyList<Disaster> Partition { get; } = [CutLink(seconds: 60, calm: 45)];

    private static Disaster KilledSilo(int silo, string hold, string when, int calm) => new($"SIGKILL of silo {silo + 1}, {when}", Seconds(calm), async (stage, _, stop) =>
    {
        stage.Relay.Hold(hold);
        await Task.Delay(Seconds(1.5), stop);
        var back = stage.Silos[silo].Kill();
        stage.Relay.Accept();
        await back;
    });

    private static Disaster KilledWeb(int web, int calm) => new($"SIGKILL of web {web + 1}", Seconds(calm), (stage, _, _) => stage.Webs[web].Kill());

    private static Disaster BothSilosKilled(int calm) =>
        new("SIGKILL of both silos", Seconds(calm), (stage, _, _) => Task.WhenAll(stage.Silos.Select(silo => silo.Kill())));

    private static Disaster CrashedDatabase(int calm) => new("PostgreSQL crashes and is started 2 s later", Seconds(calm), (stage, _, stop) => RestartDatabase(stage, crash: true, stop));

    private static Disaster RestartedDatabase(int calm) =>
        new("PostgreSQL is stopped in order and started 2 s later", Seconds(calm), (stage, _, stop) => RestartDatabase(stage, crash: false, stop));

    private static Disaster RefusingRelay(int seconds, int calm) => new(Text($"the relay refuses for {seconds} s (451)"), Seconds(calm), async (stage, _, stop) =>
    {
        stage.Relay.Refuse("RCPT", "451 4.3.0 Please try again later");
        await Task.Delay(Seconds(seconds), stop);
        stage.Relay.Accept();
    });

    private static Disaster DeadRelay(int seconds, int calm) => new(Text($"SIGKILL of the relay, which is started {seconds} s later"), Seconds(calm), async (stage, _, stop) =>
    {
        await stage.Relay.Kill();
        await Task.Delay(Seconds(seconds), stop);
        await stage.Relay.Restart();
    });

    private static Disaster StoppedSilo(int silo, int calm) => new($"SIGTERM of silo {silo + 1}", Seconds(calm), async (stage, ledger, _) =>
    {
        if (await stage.Silos[silo].Stop() is not 0 and var code)
            ledger.NoteWrong(Text($"silo {silo + 1}, told to stop, ended with {code}"));
    });

    private static Disaster SuspendedSilo(int silo, int seconds, int calm) => new(Text($"SIGSTOP of silo {silo + 1} for {seconds} s"), Seconds(calm), async (stage, _, stop) =>
    {
        stage.Silos[silo].Process.Suspend();
        await Task.Delay(Seconds(seconds), stop);
        stage.Silos[silo].Process.Resume();
    });

    private static Disaster CutLink(int seconds, int calm) => new(Text($"the link between the silos is cut for {seconds} s"), Seconds(calm), async (stage, _, stop) =>
    {
        stage.Networks.Cut();
        await Task.Delay(Seconds(seconds), stop);
        stage.Networks.Heal();
    });

    private static async Task RestartDatabase(Stage stage, bool crash, CancellationToken stop)
    {
        await stage.Database.Stop(crash);
        await Task.Delay(Seconds(2), stop);
        await stage.Database.StartAgain();
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
