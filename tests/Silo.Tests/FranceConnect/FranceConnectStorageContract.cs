using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using MsaOrleans.Silo.FranceConnect;
using MsaOrleans.Silo.Jobs;
using MsaOrleans.Silo.Storage;
using MsaOrleans.Silo.Tests.Postgres;
using MsaOrleans.Testing;

namespace MsaOrleans.Silo.Tests.FranceConnect;

public sealed class EmbeddedFranceConnectStorageTests : FranceConnectStorageContract
{
    protected override string SchemaQuery =>
        """
        SELECT lower(m.name || '.' || c.name || ' ' || c.type) || ' ' || c."notnull" || ' ' || c.pk FROM sqlite_master m JOIN pragma_table_info(m.name) c
        WHERE m.type = 'table' AND lower(m.name) IN ('franceconnectclients', 'franceconnectauthorizations', 'franceconnecttokens')
        UNION ALL
        SELECT lower(m.name) || ' index ' || i."unique" || ' ' || (SELECT group_concat(lower(name)) FROM pragma_index_info(i.name)) FROM sqlite_master m JOIN pragma_index_list(m.name) i
        WHERE m.type = 'table' AND lower(m.name) IN ('franceconnectclients', 'franceconnectauthorizations', 'franceconnecttokens')
        UNION ALL
        SELECT lower(m.name || ' refers ' || f."table" || ' ' || f."from" || ' ' || f."to" || ' ' || f.on_delete) FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f
        WHERE m.type = 'table' AND lower(m.name) IN ('franceconnectclients', 'franceconnectauthorizations', 'franceconnecttokens')
        """;

    protected override ValueTask<StorageUnderTest> NewInstallation() => new(new Installation());

    protected override Task<DbContextOptions<FranceConnectContext>> EmptyDatabase() => Task.FromResult(
        new DbContextOptionsBuilder<FranceConnectContext>().UseSqlite($"Data Source={((Installation)Here).FileAt("empty.db")};Pooling=false").Options);
}

public sealed class PostgresFranceConnectStorageTests : FranceConnectStorageContract
{
    protected override string SchemaQuery =>
        """
        SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || coalesce(' ' || character_maximum_length, '') FROM information_schema.columns
        WHERE table_name IN ('franceconnectclients', 'franceconnectauthorizations', 'franceconnecttokens')
        UNION ALL
        SELECT regexp_replace(lower(indexdef), 'index \S+ on', 'index on') FROM pg_indexes
        WHERE tablename IN ('franceconnectclients', 'franceconnectauthorizations', 'franceconnecttokens')
        UNION ALL
        SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
        WHERE conrelid::regclass::text IN ('franceconnectclients', 'franceconnectauthorizations', 'franceconnecttokens')
        """;

    protected override async ValueTask<StorageUnderTest> NewInstallation() => await PostgresInstallation.Create();

    protected override async Task<DbContextOptions<FranceConnectContext>> EmptyDatabase() =>
        new DbContextOptionsBuilder<FranceConnectContext>().UseNpgsql(await (await PostgresServer.Shared()).NewDatabase()).Options;
}

/// <summary>What the identity provider keeps, whatever the database.</summary>
public abstract class FranceConnectStorageContract : IAsyncLifetime
{
    protected StorageUnderTest Here { get; private set; } = null!;

    /// <summary>Columns, indexes and references of the tables that OpenIddict uses, in words.</summary>
    protected abstract string SchemaQuery { get; }

    private SigningKeyTable Table => new(Here.Database, Here.Get<IDataProtectionProvider>(), Here.Clock);

    public async ValueTask InitializeAsync() => Here = await NewInstallation();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Here.DisposeAsync();
    }

    [Fact]
    public async Task The_migrations_make_what_the_model_says()
    {
        await using var empty = new FranceConnectContext(await EmptyDatabase());
        await empty.Database.EnsureCreatedAsync(TestContext.Current.CancellationToken);
        var options = new DbContextOptionsBuilder<FranceConnectContext>();
        options.Use(Here.Database);
        await using var migrated = new FranceConnectContext(options.Options);

        var expected = await Schema(empty);
        Assert.InRange(expected.Count, 30, 60);
        Assert.Equal(expected, await Schema(migrated));
    }

    [Fact]
    public async Task Of_servers_that_start_together_one_makes_the_first_key()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() =>
        {
            using var keys = Keys();
            return Assert.Single(keys.Published).Id;
        })));
        Assert.Single(all.Distinct());
        Assert.Equal(1, Convert.ToInt32(Here.Scalar<object>("SELECT count(*) FROM FranceConnectKeys"), System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_key_that_was_made_elsewhere_is_known_at_the_next_look_and_signs_later()
    {
        using var keys = Keys();
        await keys.StartAsync(TestContext.Current.CancellationToken);
        var first = Assert.Single(keys.Published);
        var change = keys.Change;
        Assert.True(Table.Add(first.Number));
        Assert.False(Table.Add(first.Number));
        Assert.False(change.HasChanged);

        Here.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(change.HasChanged);
        Assert.Equal([1, 2], keys.Published.Select(key => key.Number));
        Here.Clock.Advance(SigningKeyStages.Settling);
        Assert.Equal([2, 1], keys.Published.Select(key => key.Number));
        Here.Clock.Advance(SigningKeyStages.Leaving);
        Assert.Equal([2], keys.Published.Select(key => key.Number));
        await keys.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Keys_are_sealed_and_sealed_again_with_everything_else()
    {
        Table.Add(0);
        var key = Assert.Single(Table.Read([]));
        var secret = key.Key.ExportParameters(includePrivateParameters: true).D!;
        Assert.True(Here.BytesOnDisk().AsSpan().IndexOf("franceconnectkeys"u8) >= 0 || Here.BytesOnDisk().AsSpan().IndexOf("FranceConnectKeys"u8) >= 0);
        Assert.Equal(-1, Here.BytesOnDisk().AsSpan().IndexOf(secret));
        var sealing = new Resealing(Here.Database, Here.Get<IDataProtectionProvider>(), Here.Get<PseudonymSecret>());
        Assert.Equal(new ResealReport(Rows: 1), await sealing.Run(write: false, stop: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_has_ended_is_swept_away()
    {
        // Of two sign-ins, one of which is under way.
        foreach (var (name, age) in (ReadOnlySpan<(string, int)>)[("old", 61), ("new", 59)])
        {
            var at = $"'{Here.Clock.GetUtcNow().AddMinutes(-age):yyyy-MM-dd HH:mm:ss}{(Here is Installation ? "" : "+00")}'";
            Here.Execute($"INSERT INTO FranceConnectAuthorizations (Id, CreationDate) VALUES ('{name}', {at})");
            Here.Execute($"INSERT INTO FranceConnectTokens (Id, AuthorizationId, CreationDate) VALUES ('{name}', '{name}', {at})");
        }
        await new FranceConnectPruneJob(Here.Database, Here.Clock).Run(TestContext.Current.CancellationToken);
        Assert.Equal("new", Here.Scalar<string>("SELECT CASE count(*) WHEN 1 THEN min(Id) ELSE '' END FROM FranceConnectTokens"));
        Assert.Equal("new", Here.Scalar<string>("SELECT CASE count(*) WHEN 1 THEN min(Id) ELSE '' END FROM FranceConnectAuthorizations"));
    }

    protected abstract ValueTask<StorageUnderTest> NewInstallation();

    /// <summary>A database without any table.</summary>
    protected abstract Task<DbContextOptions<FranceConnectContext>> EmptyDatabase();

    private SigningKeys Keys() => new(Table, Here.Get<IConfiguration>(), Here.Clock, NullLogger<SigningKeys>.Instance);

    private async Task<List<string>> Schema(FranceConnectContext context) =>
        [.. (await context.Database.SqlQueryRaw<string>(SchemaQuery).ToListAsync(TestContext.Current.CancellationToken)).Order(StringComparer.Ordinal)];
}
