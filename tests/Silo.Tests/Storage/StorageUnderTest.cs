using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.Tests;

/// <summary>An installation's storage, of either kind: real keys, real database. Its clock stands at noon of 15 June 2026 in France.</summary>
public abstract class StorageUnderTest : IAsyncDisposable
{
    private readonly Lazy<ServiceProvider> services;

    protected StorageUnderTest() => services = new(() =>
    {
        var collection = new ServiceCollection().AddSingleton<TimeProvider>(Clock);
        AddStorage(collection);
        return collection.BuildServiceProvider();
    });

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 6, 15, 10, 0, 0, TimeSpan.Zero));

    public Database Database => Get<Database>();

    /// <summary>A name in clear that <see cref="BytesOnDisk"/> must have, or they are not the right bytes.</summary>
    public abstract string InClear { get; }

    public T Get<T>()
        where T : notnull => services.Value.GetRequiredService<T>();

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

    /// <summary>Bytes as this kind of database writes them in SQL.</summary>
    public abstract string Literal(byte[] bytes);

    /// <summary>Lets every insert into a table fail.</summary>
    public abstract void FailInsertsInto(string table, string message);

    /// <summary>How the database would carry out a query.</summary>
    public abstract string PlanOf(string query, Action<System.Data.Common.DbCommand> addParameters);

    /// <summary>Everything that the database has on disk.</summary>
    public abstract byte[] BytesOnDisk();

    public virtual async ValueTask DisposeAsync()
    {
        if (services.IsValueCreated)
            await services.Value.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract void AddStorage(IServiceCollection services);

    /// <summary>The files of a folder, one after the other, while others may be writing them.</summary>
    protected static byte[] ReadAll(IEnumerable<string> paths)
    {
        using var copy = new MemoryStream();
        foreach (var path in paths.Order(StringComparer.Ordinal))
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            stream.CopyTo(copy);
        }
        return copy.ToArray();
    }
}
