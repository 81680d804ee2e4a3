using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MsaOrleans.Silo.Hosting;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.CommandLine;

/// <summary><c>migrate</c>: brings the database up to the schema of this program. Safe twice, and from two machines at once.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var command = new Command("migrate", "Brings the database up to date with this program. On PostgreSQL that must be done before servers start; the embedded database does it by itself.");
        command.SetAction((parsed, stop) => Run(parsed.InvocationConfiguration.Output, stop));
        return command;
    }

    private static async Task<int> Run(TextWriter output, CancellationToken stop)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        var connectionString = PostgresDatabase.ConfiguredIn(configuration);
        foreach (var step in connectionString is null ? Migrate(DataDirectory.Open(configuration)) : Migrate(connectionString, configuration))
            await output.WriteLineAsync($"Applied: {step}.");
        if (connectionString is not null)
            await ReindexCommand.RunIfOwed(configuration, output, stop);
        await output.WriteLineAsync("The database is up to date.");
        return MsaCommandLine.Done;
    }

    private static IReadOnlyList<string> Migrate(DataDirectory directory)
    {
        using var database = SqliteDatabase.Open(directory.Database);
        return database.Migrated;
    }

    // The first key too, so that servers that start together find it there.
    private static IReadOnlyList<string> Migrate(string connectionString, IConfiguration configuration)
    {
        KeyRing.PseudonymKey(configuration, null); // missing or malformed: told before anything is changed
        using var database = PostgresDatabase.Connect(connectionString);
        var applied = Migrations.Apply(database);
        using var services = new ServiceCollection().AddSingleton(configuration).AddMsaPostgresStorage(connectionString).BuildServiceProvider();
        KeyRing.EnsureFirstKey(services, services.GetRequiredService<PostgresDatabase>());
        return applied;
    }
}
