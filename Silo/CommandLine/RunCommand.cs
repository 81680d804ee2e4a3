using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MsaOrleans.Silo.Hosting;
using MsaOrleans.Silo.Jobs;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.CommandLine;

/// <summary><c>run</c>: one silo of the cluster with its workers, until it is told to stop. What it says of its health it says over HTTP, at <c>urls</c>.</summary>
internal static class RunCommand
{
    private const string DefaultUrl = "http://127.0.0.1:5090";

    // Work under way is finished, adherents are written and handed over: within what systemd and container engines wait before they kill.
    private static readonly TimeSpan longestStop = TimeSpan.FromSeconds(25);

    public static Command Create()
    {
        var command = new Command("run", "Runs one silo of the cluster and its workers, on PostgreSQL, until it is told to stop. Settings may follow, as --Silo:Port=11111.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.SetAction((parsed, stop) => Run([.. parsed.UnmatchedTokens], stop));
        return command;
    }

    private static async Task<int> Run(string[] settings, CancellationToken stop)
    {
        await using var silo = Build(settings, out var connectionString);
        await silo.Services.WaitForMsaDatabase(connectionString, silo.Logger, stop);
        silo.MapHealth();
        await silo.StartAsync(stop);
        await silo.WaitForShutdownAsync(stop);
        return MsaCommandLine.Done;
    }

    private static WebApplication Build(string[] settings, out string connectionString)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = settings, ContentRootPath = AppContext.BaseDirectory });
        connectionString = PostgresDatabase.ConfiguredIn(builder.Configuration)
            ?? throw new SetupException($"{PostgresDatabase.Setting} is not set: without PostgreSQL the silo lives inside the site, and is not run by itself.");
        if (builder.Configuration["urls"] is null)
            builder.WebHost.UseUrls(DefaultUrl);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = longestStop);
        builder.AddClusterMsaSilo(connectionString);
        builder.Services.AddMsaSchedule(queueLost: false);
        builder.AddMsaTelemetry("msa-silo");
        builder.AddMsaDashboards();
        return builder.Build();
    }
}
