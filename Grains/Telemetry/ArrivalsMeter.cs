using System.Diagnostics.Metrics;
using MsaOrleans.Grains.Domain.Arrivals;

namespace MsaOrleans.Grains.Telemetry;

/// <summary>How the line of newcomers stands, told by the silo that keeps it.</summary>
internal sealed class ArrivalsMeter
{
    public const string Name = "MsaOrleans.Arrivals";

    private readonly Gauge<long> waiting;
    private readonly Gauge<long> present;
    private readonly Gauge<double> limit;

    public ArrivalsMeter(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        waiting = meter.CreateGauge<long>("msa.arrivals.waiting", "{visitor}", "Newcomers to the sign-up who wait.");
        present = meter.CreateGauge<long>("msa.arrivals.present", "{visitor}", "Visitors of the sign-up who are in.");
        limit = meter.CreateGauge<double>("msa.arrivals.limit", "{visitor}", "How many may be in at once, as measured latency allows.");
    }

    public void Stands(WaitingLine line)
    {
        waiting.Record(line.Ends.Waiting);
        present.Record(line.Present);
        limit.Record(line.Limit);
    }
}
