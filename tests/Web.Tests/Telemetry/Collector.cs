using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using MsaOrleans.Testing;

namespace MsaOrleans.Web.Tests.Telemetry;

/// <summary>Takes what a site exports by OTLP over HTTP, as it is on the wire: texts are readable in it.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> traces = new();
    private readonly ConcurrentQueue<string> metrics = new();
    private readonly WebApplication server;

    private Collector(WebApplication server) => this.server = server;

    public string Address { get; } = $"http://127.0.0.1:{FreePort.Next()}";

    public string Traces => string.Concat(traces);

    /// <summary>The same as they came: one batch is one process's.</summary>
    public IReadOnlyCollection<string> TraceBatches => traces;

    public string Metrics => string.Concat(metrics);

    public static async Task<Collector> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var collector = new Collector(builder.Build());
        collector.server.MapPost("/v1/traces", request => Keep(request, collector.traces));
        collector.server.MapPost("/v1/metrics", request => Keep(request, collector.metrics));
        collector.server.Urls.Add(collector.Address);
        await collector.server.StartAsync(TestContext.Current.CancellationToken);
        return collector;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    // Latin-1 gives every byte a character; what is looked for in it must be put the same way.
    private static async Task Keep(HttpContext request, ConcurrentQueue<string> kept)
    {
        using var body = new MemoryStream();
        await request.Request.Body.CopyToAsync(body);
        kept.Enqueue(Encoding.Latin1.GetString(body.ToArray()));
    }
}
