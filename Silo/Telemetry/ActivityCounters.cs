using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using MsaOrleans.Grains.Telemetry;
using MsaOrleans.Silo.Mail;

namespace MsaOrleans.Silo.Telemetry;

/// <summary>
/// Listens to this host's counters of adherents and letters, and adds up in memory: a count costs the path it is on one look into a table and one addition.
/// </summary>
internal sealed class ActivityCounters : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly ConcurrentBag<Instrumented> instruments = [];

    public ActivityCounters(IMeterFactory meters)
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument is not Counter<long> || instrument.Meter.Name is not (AdherentMeter.Name or MailMeter.Name) || instrument.Meter.Scope != meters)
                return;
            var counted = new Instrumented(instrument.Name);
            instruments.Add(counted);
            listening.EnableMeasurementEvents(instrument, counted);
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, counted) => ((Instrumented)counted!).Add(value, tags));
        listener.Start();
    }

    /// <summary>What was counted since the last time this was asked, by instrument and tags; what was not is left out.</summary>
    public IReadOnlyDictionary<string, long> Take() => instruments.SelectMany(instrument => instrument.Take())
        .ToDictionary(count => count.Counter, count => count.Count, StringComparer.Ordinal);

    public void Dispose() => listener.Dispose();

    /// <summary>One instrument, and what it has counted with each pair of tags: ours have two at most.</summary>
    private sealed class Instrumented(string name)
    {
        private readonly ConcurrentDictionary<(object?, object?), Tagged> tagged = [];

        public void Add(long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var key = tags.Length switch { 0 => (null, null), 1 => (tags[0].Value, null), _ => (tags[0].Value, tags[1].Value) };
            if (!tagged.TryGetValue(key, out var counted))
                counted = tagged.GetOrAdd(key, new Tagged(NameOf(tags)));
            Interlocked.Add(ref counted.Count, value);
        }

        public IEnumerable<(string Counter, long Count)> Take()
        {
            foreach (var counted in tagged.Values)
            {
                if (Interlocked.Exchange(ref counted.Count, 0) is not 0 and var count)
                    yield return (counted.Name, count);
            }
        }

        private string NameOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var full = name;
            foreach (var (key, value) in tags)
                full += $" {key}={value}";
            return full;
        }
    }

    private sealed class Tagged(string name)
    {
        public string Name => name;

        public long Count;
    }
}
