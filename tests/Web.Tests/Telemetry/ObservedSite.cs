using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MsaOrleans.Web.Tests.Telemetry;

/// <summary>A site that exports what it measures, and whose every word to the log is kept, ours down to the least important.</summary>
internal sealed class ObservedSite(Collector collector) : Site(
    [
        $"--OTEL_EXPORTER_OTLP_ENDPOINT={collector.Address}", "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
        "--Logging:LogLevel:Default=Information", "--Logging:LogLevel:MsaOrleans=Trace",
    ],
    population: 3)
{
    private readonly Recorder recorder = new();

    public string Log => string.Join('\n', recorder.Lines);

    protected override void Configure(IServiceCollection services) => services.AddLogging(logging => logging.AddProvider(recorder));

    private sealed class Recorder : ILoggerProvider, ISupportExternalScope
    {
        private IExternalScopeProvider? scopes;

        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => scopes = scopeProvider;

        public void Dispose()
        {
        }

        private sealed class Logger(Recorder recorder, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => recorder.scopes?.Push(state);

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                var line = $"{logLevel} {category} {formatter(state, exception)} {exception}";
                if (state is IEnumerable<KeyValuePair<string, object?>> values)
                    line += string.Concat(values.Select(value => $" {value.Key}={value.Value}"));
                recorder.scopes?.ForEachScope((scope, _) => line += $" {scope}", 0);
                recorder.Lines.Enqueue(line);
            }
        }
    }
}
