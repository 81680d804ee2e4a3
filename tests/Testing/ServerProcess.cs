using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using MsaOrleans.Testing.Remains;

namespace MsaOrleans.Testing;

/// <summary>A server of ours as a process of its own, on ports that it keeps: it can be killed, stopped, suspended and started again like any other.</summary>
public abstract class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromMinutes(1);

    private readonly ConcurrentQueue<string> output = new();
    private readonly ProcessStartInfo command;
    private readonly string readyPath;
    private Process process = new();

    /// <param name="command">What to start.</param>
    /// <param name="address">Where it listens.</param>
    /// <param name="readyPath">The page that answers once it can serve.</param>
    private protected ServerProcess(ProcessStartInfo command, string address, string readyPath)
    {
        (this.command, this.readyPath, Address) = (command, readyPath, address);
        command.RedirectStandardOutput = true;
        command.RedirectStandardError = true;
    }

    public string Address { get; }

    public int Id => process.Id;

    /// <summary>From the start of the process to the page that says it can serve.</summary>
    public TimeSpan StartedIn { get; private set; }

    /// <summary>Everything it has written to its console, since its first start.</summary>
    public IReadOnlyCollection<string> Output => output;

    /// <summary>SIGKILL: no farewell.</summary>
    public async Task Kill()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and its end.</summary>
    /// <returns>Its exit code.</returns>
    public Task<int> Stop(CancellationToken stop = default)
    {
        Signal(Signals.Terminate);
        return Ended(stop);
    }

    /// <summary>SIGSTOP: it lives, holds its connections, and does nothing.</summary>
    public void Suspend() => Signal(Signals.Suspend);

    /// <summary>SIGCONT: it goes on, and does not know that time has passed.</summary>
    public void Resume() => Signal(Signals.Resume);

    /// <summary>Waits for its end, whoever brings it about.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> Ended(CancellationToken stop = default)
    {
        var watched = process;
        await watched.WaitForExitAsync(stop);
        return watched.ExitCode;
    }

    /// <summary>Starts it again after its end, on the same ports, with the same settings. Ready when this returns.</summary>
    public async Task Restart(CancellationToken stop = default)
    {
        process.Dispose();
        await Begin(stop);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await Kill();
        process.Dispose();
        TestRemains.LookThrough($"console of {GetType().Name}", output);
    }

    /// <summary>Starts it; when this returns it can serve.</summary>
    private protected async Task Begin(CancellationToken stop = default)
    {
        var clock = Stopwatch.StartNew();
        process = Process.Start(command)!;
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var http = new HttpClient { BaseAddress = new Uri(Address) };
        try
        {
            await Waiting.For(
                () => FirstAnswer(http, stop), () => $"{GetType().Name} to start:{Environment.NewLine}{string.Join(Environment.NewLine, output)}", StartsWithin, stop);
        }
        catch
        {
            process.Kill(); // nobody else knows of it
            throw;
        }
        StartedIn = clock.Elapsed;

        void Keep(object _, DataReceivedEventArgs line)
        {
            if (line.Data is { } text)
                output.Enqueue(text);
        }
    }

    // Refused at once while nobody listens yet, and told that it is not ready before it is.
    private async Task<string?> FirstAnswer(HttpClient http, CancellationToken stop)
    {
        try
        {
            return process.HasExited
                ? throw new InvalidOperationException($"{GetType().Name} ended with {process.ExitCode} instead of starting.")
                : await http.GetStringAsync(readyPath, stop);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private void Signal(int signal)
    {
        if (SendSignal(process.Id, signal) != 0)
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Signal {signal} did not reach process {process.Id}."));
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int process, int signal);

    /// <summary>As Linux numbers them.</summary>
    private static class Signals
    {
        public const int Terminate = 15;
        public const int Resume = 18;
        public const int Suspend = 19;
    }
}
