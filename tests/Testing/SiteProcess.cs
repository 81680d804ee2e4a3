using System.Collections.Concurrent;
using System.Diagnostics;

namespace MsaOrleans.Testing;

/// <summary>The site as its own process: the built program on the embedded default, on a free port and its own data folder. It can be killed like any other.</summary>
public sealed class SiteProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly ConcurrentQueue<string> output;

    private SiteProcess(Process process, ConcurrentQueue<string> output, string address, TimeSpan startedIn) =>
        (this.process, this.output, Address, StartedIn) = (process, output, address, startedIn);

    public string Address { get; }

    public int Id => process.Id;

    /// <summary>From the start of the process to its first page.</summary>
    public TimeSpan StartedIn { get; }

    /// <summary>Everything it has written to its console.</summary>
    public IReadOnlyCollection<string> Output => output;

    /// <param name="dataDirectory">Its data.</param>
    /// <param name="settings">Further settings, as <c>Mail:Smtp:Host</c>.</param>
    public static Task<SiteProcess> Start(string dataDirectory, params (string Key, string Value)[] settings) => Start(dataDirectory, FreePort.Next(), settings);

    /// <param name="dataDirectory">Its data.</param>
    /// <param name="port">Where it listens: the same again after a restart, as its visitors expect.</param>
    /// <param name="settings">Further settings, as <c>Mail:Smtp:Host</c>.</param>
    public static async Task<SiteProcess> Start(string dataDirectory, int port, params (string Key, string Value)[] settings)
    {
        var address = $"http://127.0.0.1:{port}";
        var start = new ProcessStartInfo("dotnet", [Repository.BuiltProgram("Web"), "--urls", address, "--environment", "Development", "--Data:Directory", dataDirectory])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = dataDirectory,
        };
        foreach (var (key, value) in settings)
            start.ArgumentList.Add($"--{key}={value}");
        var output = new ConcurrentQueue<string>();
        var clock = Stopwatch.StartNew();
        var process = Process.Start(start)!;
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        try
        {
            await Waiting.For(() => FirstPage(http, process), () => $"the site to start:{Environment.NewLine}{string.Join(Environment.NewLine, output)}", longest: TimeSpan.FromMinutes(1));
        }
        catch
        {
            process.Kill(); // nobody else knows of it
            throw;
        }
        return new(process, output, address, clock.Elapsed);

        void Keep(object _, DataReceivedEventArgs line)
        {
            if (line.Data is { } text)
                output.Enqueue(text);
        }
    }

    /// <summary>SIGKILL: no farewell.</summary>
    public async Task Kill()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await Kill();
        process.Dispose();
    }

    // Refused at once while nobody listens yet.
    private static async Task<string?> FirstPage(HttpClient http, Process process)
    {
        try
        {
            return process.HasExited
                ? throw new InvalidOperationException($"The site ended with {process.ExitCode} instead of starting.")
                : await http.GetStringAsync("/");
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
