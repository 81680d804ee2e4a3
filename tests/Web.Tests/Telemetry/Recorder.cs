using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace MsaOrleans.Web.Tests.Telemetry;

/// <summary>Keeps every word of a log: category, message, values, scopes, exceptions.</summary>
internal sealed class Recorder : ILoggerProvider, ISupportExternalScope
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
