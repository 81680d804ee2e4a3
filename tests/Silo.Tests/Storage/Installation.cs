using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MsaOrleans.Silo.Hosting;
using MsaOrleans.Silo.Storage;
using MsaOrleans.Testing;

namespace MsaOrleans.Silo.Tests;

/// <summary>An embedded installation in a directory of its own: real keys, real SQLite file. Its clock stands at noon of 15 June 2026 in France.</summary>
public sealed class Installation : IDisposable
{
    private readonly TempFolder files = new();
    private readonly ServiceProvider services;

    public Installation()
    {
        Directory = DataDirectory.Open(files["data"]);
        services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .AddSingleton<TimeProvider>(Clock)
            .AddMsaStorage(Directory)
            .BuildServiceProvider();
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 6, 15, 10, 0, 0, TimeSpan.Zero));

    public DataDirectory Directory { get; }

    public Database Database => Get<Database>();

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public string FileAt(string name) => files[name];

    public void Execute(string sql)
    {
        using var connection = Database.Writes.OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public T Scalar<T>(string sql)
    {
        using var connection = Database.Reads.OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (T)command.ExecuteScalar()!;
    }

    /// <summary>Everything that the database has on disk.</summary>
    public byte[] BytesOnDisk() =>
        [.. System.IO.Directory.EnumerateFiles(Directory.Path, "msa.db*").Order().SelectMany(ReadShared)];

    public void Dispose()
    {
        services.Dispose();
        SqliteConnection.ClearAllPools();
        files.Dispose();
    }

    private static byte[] ReadShared(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
