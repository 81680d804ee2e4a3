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
}
