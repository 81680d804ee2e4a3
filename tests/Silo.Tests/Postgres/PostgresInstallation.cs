using System.Data.Common;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MsaOrleans.Silo.Hosting;
using MsaOrleans.Silo.Storage;
using MsaOrleans.Testing;

namespace MsaOrleans.Silo.Tests.Postgres;

/// <summary>The kind of several machines, in a migrated database of its own. Each instance on a database is a machine.</summary>
public sealed class PostgresInstallation : StorageUnderTest
{
    public static readonly string PseudonymKey = Convert.ToBase64String([.. Enumerable.Range(1, 32).Select(i => (byte)i)]);

    private readonly PostgresServer server;
    private readonly bool owns;

    private PostgresInstallation(PostgresServer server, string connectionString, bool owns) =>
        (this.server, ConnectionString, this.owns) = (server, connectionString, owns);

    public string ConnectionString { get; }

    public override string InClear => "insuredpersons"; // as PostgreSQL spells it

    public static async ValueTask<PostgresInstallation> Create()
    {
        var server = await PostgresServer.Shared();
        return new(server, await NewDatabase(), owns: true);
    }

    /// <summary>A database in which nothing has happened but the migration.</summary>
    public static async Task<string> NewDatabase()
    {
        var server = await PostgresServer.Shared();
        return await server.NewDatabase("migrated", connectionString => Task.Run(() =>
        {
            using var database = PostgresDatabase.Connect(connectionString);
            Migrations.Apply(database);
        }));
    }

    public static IConfiguration Configuration(string connectionString) => new ConfigurationBuilder()
        .AddInMemoryCollection([new(PostgresDatabase.Setting, connectionString), new(KeyRing.PseudonymSetting, PseudonymKey)])
        .Build();

    /// <summary>Another machine on the same database.</summary>
    public PostgresInstallation AnotherMachine() => new(server, ConnectionString, owns: false);

    public override string Literal(byte[] bytes) => $"'\\x{Convert.ToHexString(bytes)}'::bytea";

    public override void FailInsertsInto(string table, string message) => Execute(
        $"""
         CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{message}'; END $$;
         CREATE TRIGGER fail BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION fail();
         """);

    public override string PlanOf(string query, Action<DbCommand> addParameters)
    {
        using var connection = Database.Reads.OpenConnection();
        using var command = connection.CreateCommand();
        // As it is planned once for all values, which is how a statement that is used often ends up.
        command.CommandText = "SET plan_cache_mode = force_generic_plan";
        command.ExecuteNonQuery();
        command.CommandText = "EXPLAIN " + query;
        addParameters(command);
        var plan = new List<string>();
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
                plan.Add(reader.GetString(0) + " ");
        }
        command.Parameters.Clear();
        command.CommandText = "RESET plan_cache_mode";
        command.ExecuteNonQuery();
        return string.Join('\n', plan);
    }

    public override byte[] BytesOnDisk()
    {
        Execute("CHECKPOINT");
        var folder = Path.Combine(server.Folder, "data", "base", Scalar<uint>("SELECT oid FROM pg_database WHERE datname = current_database()").ToString(System.Globalization.CultureInfo.InvariantCulture));
        return ReadAll(Directory.EnumerateFiles(folder));
    }

    public Task<string> Dump() => server.Dump(ConnectionString);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (owns)
            await server.Drop(ConnectionString);
    }

    protected override void AddStorage(IServiceCollection services)
    {
        var configuration = Configuration(ConnectionString);
        services.AddSingleton(configuration).AddMsaStorage(configuration);
    }
}
