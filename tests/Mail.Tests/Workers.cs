using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Hangfire;
using Hangfire.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Silo.Jobs;
using MsaOrleans.Silo.Mail;
using MsaOrleans.Testing;

namespace MsaOrleans.Mail.Tests;

/// <summary>A host with the real jobs on a real Hangfire, a fake way out for letters, and lists of the adherents to wake.</summary>
internal sealed class Workers : IMailTransport, IOverdueAdherents, ILoggerProvider, IAsyncDisposable
{
    private readonly ConcurrentQueue<string> logged = new();
    private readonly ConcurrentQueue<Letter> sent = new();
    private readonly IHost host;
    private int askedForOwedLetters;

    private Workers(Cluster cluster, TimeProvider? clock, bool scheduled)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(
            [new("Mail:PickupDirectory", "unused"), new("Site:PublicUrl", "https://espace-prive.msa.example")]);
        builder.Services
            .AddSingleton(clock ?? TimeProvider.System)
            .AddSingleton(cluster.Grains)
            .AddSingleton<IMailTransport>(this)
            .AddSingleton<IOverdueAdherents>(this)
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(this))
            .AddMsaJobs();
        if (scheduled)
            builder.Services.AddMsaSchedule(queueLost: true);
        host = builder.Build();
    }

    public List<Guid> Overdue { get; } = [];

    public List<Guid> OwedLetters { get; } = [];

    /// <summary>Until when overdue adherents were asked for, call after call. Some calls come by themselves, when a minute begins.</summary>
    public ConcurrentQueue<DateTimeOffset> Asked { get; } = new();

    /// <summary>How often those to whom a letter is owed were asked for.</summary>
    public int AskedForOwedLetters => askedForOwedLetters;

    /// <summary>What the relay does with a letter; takes it when nothing is set.</summary>
    public Func<CancellationToken, Task<DeliveryFailure?>> Relay { get; set; } = _ => Task.FromResult<DeliveryFailure?>(null);

    /// <summary>What must happen before anybody is found.</summary>
    public Task MayFind { get; set; } = Task.CompletedTask;

    public IReadOnlyCollection<Letter> Sent => sent;

    public string Log => string.Join('\n', logged);

    public Sweep Sweep => host.Services.GetRequiredService<Sweep>();

    public IDispatchQueue Queue => host.Services.GetRequiredService<IDispatchQueue>();

    public IBackgroundJobClient Jobs => host.Services.GetRequiredService<IBackgroundJobClient>();

    public JobStorage Storage => host.Services.GetRequiredService<JobStorage>();

    public IMeterFactory Meters => host.Services.GetRequiredService<IMeterFactory>();

    public IMonitoringApi Monitoring => Storage.GetMonitoringApi();

    /// <summary>Starts them; the sweep of the start is behind them when this returns, unless it has been given something to wait for.</summary>
    public static async Task<Workers> Start(Cluster cluster, Action<Workers>? prepare = null, TimeProvider? clock = null, bool scheduled = true)
    {
        var workers = new Workers(cluster, clock, scheduled);
        prepare?.Invoke(workers);
        await workers.host.StartAsync(TestContext.Current.CancellationToken);
        if (scheduled && workers.MayFind.IsCompleted)
            await workers.Until(() => workers.Monitoring.SucceededListCount() > 0);
        return workers;
    }

    /// <summary>Waits until something is so.</summary>
    public Task Until(Func<bool> reached) =>
        Waiting.Until(reached, () => $"the workers. Logged:\n{Log}", stop: TestContext.Current.CancellationToken);

    public Task Stop() => host.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }

    async Task<DeliveryFailure?> IMailTransport.Send(Letter letter, CancellationToken stop)
    {
        sent.Enqueue(letter);
        return await Relay(stop);
    }

    async IAsyncEnumerable<Guid> IOverdueAdherents.Find(
        DateTimeOffset until, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        Asked.Enqueue(until);
        await MayFind.WaitAsync(stop);
        foreach (var adherent in Overdue)
            yield return adherent;
    }

    async IAsyncEnumerable<Guid> IOverdueAdherents.FindOwedLetters([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        Interlocked.Increment(ref askedForOwedLetters);
        await MayFind.WaitAsync(stop);
        foreach (var adherent in OwedLetters)
            yield return adherent;
    }

    ILogger ILoggerProvider.CreateLogger(string categoryName) => new Recorder(logged);

    void IDisposable.Dispose()
    {
    }

    private sealed class Recorder(ConcurrentQueue<string> logged) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            logged.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");
    }
}
