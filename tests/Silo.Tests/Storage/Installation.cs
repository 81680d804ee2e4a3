using System.Data.Common;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MsaOrleans.Silo.Hosting;
using MsaOrleans.Silo.Storage;
using MsaOrleans.Testing;

namespace MsaOrleans.Silo.Tests;

/// <summary>The embedded kind, in a directory of its own.</summary>
public sealed class Installation : StorageUnderTest, IDisposable
{
    private readonly TempFolder files = new();

    public Installation() => Directory = DataDirectory.Open(files["data"]);

    public DataDirectory Directory { get; }

    public override string InClear => "InsuredPersons";

    public string FileAt(string name) => files[name];

    public override string Literal(byte[] bytes) => $"X'{Convert.ToHexString(bytes)}'";

    public override void FailInsertsInto(string table, string message) =>
        Execute($"CREATE TRIGGER Full BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, '{message}'); END");

    public override string PlanOf(string query, Action<DbCommand> addParameters)
    {
        using var connection = Database.Reads.OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + query;
        addParameters(command);
        using var reader = command.ExecuteReader();
        var plan = new List<string>();
        while (reader.Read())
            plan.Add(reader.GetString(3));
        return string.Join('\n', plan);
    }

    public override byte[] BytesOnDisk() => ReadAll(System.IO.Directory.EnumerateFiles(Directory.Path, "msa.db*"));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        files.Dispose();
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    protected override void AddStorage(IServiceCollection services) =>
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddMsaStorage(Directory);
}
