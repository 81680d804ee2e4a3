using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MsaOrleans.Testing;
using MsaOrleans.Web.Tests.FranceConnect;

namespace MsaOrleans.Web.Tests.Limits;

/// <summary>A site with narrow limits, a proxy on 127.0.0.1, and a clock that can be put forward.</summary>
public sealed class LimitedSite() : Site(
    [
        "--Site:Proxies", "127.0.0.1",
        "--RateLimiting:IpWhitelist", "192.0.2.0/24",
        "--RateLimiting:EndpointWhitelist", "get:/aide/numero-securite-sociale",
        .. Rule(0, "*", "1h", Everything),
        .. Rule(1, "*:/aide/*", "10m", HelpPages),
        .. Rule(2, "post:/mot-de-passe/oublie", "10m", Forms),
        .. Rule(3, "post:/connexion", "1m", SignIns),
        .. Rule(4, "POST:/connexion", "1h", SignIns + 1),
        .. Rule(5, "*:/accessibilite", "1h", Rare),
        .. Rule(6, "post:/espace-prive/contact", "10m", Forms),
        .. ProviderSite.Settings,
    ],
    population: 20)
{
    public const int Everything = 30;
    public const int HelpPages = 3;
    public const int Forms = 2;
    public const int SignIns = 2;
    public const int Rare = 2;

    private readonly HurriedClock clock = new();
    private readonly ConcurrentQueue<string> lines = new();
    private int clients;

    public IReadOnlyCollection<string> Lines => lines;

    public void Pass(TimeSpan time) => clock.Ahead += time;

    /// <summary>An address that no other test comes from.</summary>
    public string NextClient() => $"198.51.100.{Interlocked.Increment(ref clients)}";

    /// <summary>Somebody whom no other test knows, behind the proxy of this machine, which is declared.</summary>
    public Browser NewVisitor() => new(Address, ("X-Forwarded-For", NextClient()));

    protected override void Configure(IServiceCollection services)
    {
        services.AddSingleton<TimeProvider>(clock);
        services.AddLogging(logging => logging.AddProvider(new Notes(lines)));
    }

    internal static string[] Rule(int order, string endpoint, string period, int limit) =>
    [
        $"--RateLimiting:GeneralRules:{order}:Endpoint={endpoint}", $"--RateLimiting:GeneralRules:{order}:Period={period}", $"--RateLimiting:GeneralRules:{order}:Limit={limit}",
    ];

    private sealed class HurriedClock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;

        public override long GetTimestamp() => System.GetTimestamp() + (long)(Ahead.TotalSeconds * TimestampFrequency);
    }

    private sealed class Notes(ConcurrentQueue<string> lines) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => new Note(lines);

        public void Dispose()
        {
        }

        private sealed class Note(ConcurrentQueue<string> lines) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                lines.Enqueue(formatter(state, exception));
        }
    }
}
