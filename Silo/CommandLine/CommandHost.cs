using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MsaOrleans.Silo.Hosting;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.CommandLine;

/// <summary>What commands that ask grains run in: a client of the silos at work, or, on the embedded default, a silo of their own while the site is stopped.</summary>
internal static class CommandHost
{
    private const string DefaultUrl = "http://127.0.0.1:5080";

    // Of somebody at a console. A cluster that lives answers at once.
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(20);

    /// <summary>The embedded default, without what recurs.</summary>
    /// <exception cref="SetupException">The site is running, or a setting cannot be used.</exception>
    public static IHost Embedded()
    {
        var builder = New();
        builder.AddEmbeddedMsaSilo(DataDirectory.Open(builder.Configuration), DefaultUrl);
        return builder.Build();
    }

    /// <summary>Asks grains, wherever they live.</summary>
    /// <exception cref="SetupException">The site is running, on the embedded default; no silo is, elsewhere.</exception>
    public static async Task<T> AskGrains<T>(Func<IGrainFactory, Task<T>> ask, CancellationToken stop)
    {
        using var host = PostgresDatabase.ConfiguredIn(new ConfigurationBuilder().AddEnvironmentVariables().Build()) is { } connectionString ? Client(connectionString) : Embedded();
        await Start(host, stop);
        try
        {
            return await ask(host.Services.GetRequiredService<IGrainFactory>());
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }

    private static IHost Client(string connectionString)
    {
        var builder = New();
        builder.AddMsaClusterClient(connectionString);
        return builder.Build();
    }

    private static async Task Start(IHost host, CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        end.CancelAfter(patience);
        try
        {
            await host.StartAsync(end.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new SetupException("No silo answers: start one, with Silo -- run, then try again.");
        }
    }

    private static HostApplicationBuilder New()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddEnvironmentVariables();
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
            .SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Orleans", LogLevel.Error)
            .AddFilter("MsaOrleans.Silo.Hosting", LogLevel.Error)
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None) // a start that fails is told in a sentence
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        return builder;
    }
}
