using System.Collections.Concurrent;
using System.Globalization;
using MsaOrleans.Testing;

namespace MsaOrleans.Chaos;

/// <summary>
/// A server that comes back some seconds after its end, whatever brought it about, as a service manager sees to it; a start that fails is tried again.
/// </summary>
internal sealed class Supervised : IAsyncDisposable
{
    private static readonly TimeSpan restartsAfter = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan longestAbsence = TimeSpan.FromMinutes(3);

    private readonly CancellationTokenSource over = new();
    private readonly ConcurrentQueue<string> ends = new();
    private readonly Func<TimeSpan> clock;
    private readonly Task supervision;
    private volatile int starts = 1;

    /// <param name="name">What the report calls it.</param>
    /// <param name="process">The server, running.</param>
    /// <param name="clock">That of the report.</param>
    public Supervised(string name, ServerProcess process, Func<TimeSpan> clock)
    {
        (Name, Process, this.clock) = (name, process, clock);
        supervision = Supervise();
    }

    public string Name { get; }

    public ServerProcess Process { get; }

    /// <summary>Each end of it, and each start that failed: when, and how.</summary>
    public IReadOnlyCollection<string> Ends => ends;

    /// <summary>SIGKILL, until it serves again.</summary>
    public async Task Kill()
    {
        var before = starts;
        await Process.Kill();
        await Back(before);
    }

    /// <summary>SIGTERM, until it serves again.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> Stop()
    {
        var before = starts;
        var code = await Process.Stop();
        await Back(before);
        return code;
    }

    /// <summary>The number of times that it has started to serve.</summary>
    public int Starts => starts;

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await supervision;
        await Process.DisposeAsync();
        over.Dispose();
    }

    private Task Back(int before) => Waiting.Until(() => starts > before, () => $"{Name} to be back; it said {string.Join(Environment.NewLine, Process.Output.TakeLast(20))}", longestAbsence);

    private async Task Supervise()
    {
        try
        {
            while (true)
            {
                var code = await Process.Ended(over.Token);
                Note($"ended with {code}");
                await Task.Delay(restartsAfter, over.Token);
                while (!await Started(over.Token))
                    await Task.Delay(restartsAfter, over.Token);
                starts++;
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task<bool> Started(CancellationToken stop)
    {
        try
        {
            await Process.Restart(stop);
            return true;
        }
        catch (Exception failed) when (failed is InvalidOperationException or TimeoutException)
        {
            Note($"did not start: {failed.Message.Split(Environment.NewLine)[0]}");
            return false;
        }
    }

    private void Note(string what) => ends.Enqueue(string.Create(CultureInfo.InvariantCulture, $"at {clock().TotalSeconds:0} s {Name} {what}"));
}
