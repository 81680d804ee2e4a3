using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MsaOrleans.Silo.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace MsaOrleans.Silo.Hosting;

/// <summary>What a process tells whoever watches it: logs on its console, and metrics and traces by OTLP where a collector is named. Nothing of it names a person.</summary>
public static class MsaTelemetry
{
    /// <summary>OpenTelemetry's own setting, with those beside it (<c>OTEL_EXPORTER_OTLP_PROTOCOL</c>, <c>OTEL_SERVICE_NAME</c>, <c>OTEL_TRACES_SAMPLER</c> ...).</summary>
    public const string EndpointSetting = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static readonly Dictionary<string, string?> levels = new()
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft"] = "Warning",
        ["Logging:LogLevel:Microsoft.AspNetCore.DataProtection"] = "Error",
        ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Information",
        ["Logging:LogLevel:MsaOrleans.Silo.Storage.Migrations"] = "Warning",
        ["Logging:LogLevel:Orleans"] = "Warning",
        ["Logging:LogLevel:Orleans.Runtime.Silo"] = "Error", // or every start would recommend a garbage collector that wants more memory
        ["Logging:LogLevel:Orleans.Runtime.Watchdog"] = "Error",
        ["Logging:LogLevel:Polly"] = "Warning",
    };

    private static readonly Dictionary<string, string?> structuredLogs = new()
    {
        ["Logging:Console:FormatterName"] = "json",
        ["Logging:Console:FormatterOptions:IncludeScopes"] = "true",
        ["Logging:Console:FormatterOptions:UseUtcTimestamp"] = "true",
        ["Logging:Console:FormatterOptions:TimestampFormat"] = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'",
    };

    /// <summary>Adds what a process tells. Call it after Orleans' own registration, silo or client.</summary>
    /// <param name="host">The host.</param>
    /// <param name="service">Its name for whoever watches, unless <c>OTEL_SERVICE_NAME</c> says another.</param>
    public static IHostApplicationBuilder AddMsaTelemetry(this IHostApplicationBuilder host, string service)
    {
        // Below all other sources, so that any of them may say otherwise.
        host.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = levels });
        if (!host.Environment.IsDevelopment())
            host.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = structuredLogs });
        host.Services.AddSingleton<IExternalScopeProvider, TraceScopes>();
        if (host.Configuration[EndpointSetting] is { Length: > 0 })
            Export(host, service);
        return host;
    }

    /// <summary>Whether there is a silo in this process, or only a client of the others.</summary>
    internal static bool HasSilo(this IServiceCollection services) => services.Any(service => service.ServiceType == typeof(ILocalSiloDetails));

    // A method of its own, never inlined: without a collector nothing of OpenTelemetry is even loaded.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Export(IHostApplicationBuilder host, string service)
    {
        if (host.Services.HasSilo())
            host.UseOrleans(silo => silo.AddActivityPropagation());
        else
            host.UseOrleansClient(client => client.AddActivityPropagation());
        host.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(service).AddEnvironmentVariableDetector())
            .WithMetrics(metrics => metrics
                .AddMeter("MsaOrleans.*", "Microsoft.Orleans", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Npgsql", "System.Runtime")
                .AddOtlpExporter())
            .WithTracing(traces => traces
                .AddSource(JobTraces.Name, "Microsoft.Orleans.*", "Npgsql")
                .AddAspNetCoreInstrumentation(web => web.Filter = context => !context.Request.Path.StartsWithSegments("/sante"))
                .AddProcessor<Discretion>()
                .AddOtlpExporter());
    }

    /// <summary>
    /// Takes out of every span what may hold a secret or name somebody: addresses (a link in a mail ends with its secret; the route stays, without it), what the
    /// browser says of itself, and the words of exceptions, which are in the log.
    /// </summary>
    private sealed class Discretion : BaseProcessor<Activity>
    {
        private static readonly string[] unspoken =
            ["url.path", "url.query", "url.full", "user_agent.original", "client.address", "exception.message", "exception.stacktrace"];

        public override void OnEnd(Activity span)
        {
            foreach (var tag in unspoken)
                span.SetTag(tag, null);
        }
    }
}
