using System.Collections;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace MsaOrleans.Silo.Telemetry;

/// <summary>
/// Of all that surrounds a line of the log only the request or job that it belongs to. ASP.NET Core would add the path of the request, and the path of a link in a
/// mail ends with its secret.
/// </summary>
internal sealed class TraceScopes : IExternalScopeProvider
{
    public void ForEachScope<TState>(Action<object?, TState> callback, TState state)
    {
        if (Activity.Current is { } span)
            callback(new Trace(span.TraceId.ToString(), span.SpanId.ToString()), state);
    }

    public IDisposable Push(object? state) => Nothing.Instance;

    private sealed record Trace(string Id, string Span) : IEnumerable<KeyValuePair<string, object?>>
    {
        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
        {
            yield return new("TraceId", Id);
            yield return new("SpanId", Span);
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public override string ToString() => $"trace {Id}";
    }

    private sealed class Nothing : IDisposable
    {
        public static Nothing Instance { get; } = new();

        public void Dispose()
        {
        }
    }
}
