using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using MsaOrleans.Silo.Hosting;

namespace MsaOrleans.Silo.Tests.Hosting;

/// <summary>What a process tells, and when it tells nothing.</summary>
public sealed class MsaTelemetryTests
{
    private const string Format = "Logging:Console:FormatterName";

    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("http://127.0.0.1:4318", true)]
    public void Nothing_is_exported_or_begun_unless_a_collector_is_named(string? endpoint, bool exported)
    {
        var host = Host("Production", (MsaTelemetry.EndpointSetting, endpoint));

        Assert.Equal(exported, host.Services.Any(service => service.ServiceType.FullName!.StartsWith("OpenTelemetry", StringComparison.Ordinal)));
        Assert.Equal(exported, host.Services.Any(service => service.ServiceType == typeof(IIncomingGrainCallFilter)));
    }

    [Theory]
    [InlineData("Production", null, "json")]
    [InlineData("Production", "simple", "simple")]
    [InlineData("Development", null, null)]
    public void Logs_are_structured_except_before_a_developer_or_where_somebody_says_otherwise(string environment, string? configured, string? format) =>
        Assert.Equal(format, Host(environment, (Format, configured)).Configuration[Format]);

    [Theory]
    [InlineData("\r\nfail: MsaOrleans[0] everything is lost")]
    [InlineData("\u2028\u2029\u0085\u001b[2J\0\"}\n{\"EventId\":0")]
    public void A_line_of_the_log_stays_one_line_whatever_stands_in_it(string forged)
    {
        var host = Host("Production");
        host.Logging.AddConfiguration(host.Configuration.GetSection("Logging")).AddConsole();
        using var services = host.Services.BuildServiceProvider();
        var format = services.GetServices<ConsoleFormatter>().Single(candidate => candidate.Name == host.Configuration[Format]);
        using var written = new StringWriter();

        format.Write(new LogEntry<string>(LogLevel.Warning, "test", 0, forged, new InvalidOperationException(forged), (state, _) => $"said {state}"), null, written);

        var line = written.ToString();
        Assert.EndsWith(Environment.NewLine, line, StringComparison.Ordinal);
        Assert.DoesNotContain(line[..^Environment.NewLine.Length], character => char.IsControl(character) || character is '\u2028' or '\u2029');
        Assert.Equal($"said {forged}", JsonDocument.Parse(line).RootElement.GetProperty("Message").GetString());
    }

    [Fact]
    public void What_surrounds_a_line_of_the_log_is_its_trace_and_nothing_else()
    {
        var host = Host("Production");
        var heard = new Listener();
        host.Services.AddLogging(logging => logging.AddProvider(heard));
        using var services = host.Services.BuildServiceProvider();
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger("test");

        using var span = new System.Diagnostics.Activity("request").Start();
        using (log.BeginScope(new Dictionary<string, object> { ["RequestPath"] = "/adresse-electronique/secret" }))
            log.LogInformation("Something happened");

        Assert.Equal([("TraceId", span.TraceId.ToString()), ("SpanId", span.SpanId.ToString())], heard.Scopes);
    }

    private static HostApplicationBuilder Host(string environment, params (string Key, string? Value)[] settings)
    {
        var host = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new() { EnvironmentName = environment });
        host.Configuration.AddInMemoryCollection(settings.Where(s => s.Value is not null).Select(s => KeyValuePair.Create(s.Key, s.Value)));
        host.UseOrleans(silo => silo.UseLocalhostClustering());
        host.AddMsaTelemetry("msa-test");
        return host;
    }

    private sealed class Listener : ILoggerProvider, ILogger, ISupportExternalScope
    {
        private IExternalScopeProvider scopes = null!;

        public List<(string, string?)> Scopes { get; } = [];

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => scopes = scopeProvider;

        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => scopes.Push(state);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            scopes.ForEachScope((scope, all) => all.AddRange(((IEnumerable<KeyValuePair<string, object?>>)scope!).Select(s => (s.Key, s.Value?.ToString()))), Scopes);

        public void Dispose()
        {
        }
    }
}
