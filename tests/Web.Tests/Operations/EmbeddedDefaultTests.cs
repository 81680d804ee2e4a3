using System.Text.RegularExpressions;
using MsaOrleans.Testing;

namespace MsaOrleans.Web.Tests.Operations;

/// <summary>What nobody asks for takes no memory: it is not even loaded.</summary>
public sealed partial class EmbeddedDefaultTests
{
    [Theory]
    [InlineData("false", false)]
    [InlineData("true", true)]
    public async Task Dashboards_and_telemetry_are_loaded_where_they_are_asked_for(string asked, bool loaded)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells what a process has loaded.");
        using var data = new TempFolder();
        await using var site = await SiteProcess.Start(
            data.Path, ("environment", "Production"), ("Operations:Dashboards", asked), ("OTEL_EXPORTER_OTLP_ENDPOINT", loaded ? $"http://127.0.0.1:{FreePort.Next()}" : ""));

        var programFiles = ProgramFile().Matches(await File.ReadAllTextAsync($"/proc/{site.Id}/maps", TestContext.Current.CancellationToken)).Select(m => m.Value).Distinct().ToList();

        foreach (var file in new[] { "Orleans.Dashboard.dll", "Hangfire.AspNetCore.dll", "OpenTelemetry.Exporter.OpenTelemetryProtocol.dll" })
            Assert.Equal(loaded, programFiles.Contains(file));
        Assert.Contains("Orleans.Runtime.dll", programFiles);
    }

    [GeneratedRegex(@"[^/\n]+\.dll")]
    private static partial Regex ProgramFile();
}
