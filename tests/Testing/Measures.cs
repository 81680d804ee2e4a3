using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace MsaOrleans.Testing;

/// <summary>What one host's meters have counted since this was made, as <c>msa.locks kind=sign_in</c>. Other hosts in the process are not heard.</summary>
public sealed class Measures : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly ConcurrentDictionary<string, double> sums = new(StringComparer.Ordinal);

    /// <param name="meters">The host's own.</param>
    /// <param name="meter">Which meter.</param>
    public Measures(IMeterFactory meters, string meter)
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter.Name == meter && instrument.Meter.Scope == meters)
                listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();
    }

    /// <summary>What has been counted so far, with the sums of what was measured, in the order of their names.</summary>
    public IReadOnlyList<(string Name, double Sum)> All => [.. sums.Select(s => (s.Key, s.Value)).OrderBy(s => s.Key, StringComparer.Ordinal)];

    /// <summary>Asks those that are only observed.</summary>
    public double Observe(string name)
    {
        sums.TryRemove(name, out _);
        listener.RecordObservableInstruments();
        return sums.GetValueOrDefault(name);
    }

    public void Dispose() => listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var name = instrument.Name;
        foreach (var tag in tags)
            name += $" {tag.Key}={tag.Value}";
        sums.AddOrUpdate(name, value, (_, sum) => sum + value);
    }
}
