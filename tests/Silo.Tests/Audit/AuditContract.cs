using Microsoft.AspNetCore.DataProtection;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Silo.Audit;
using MsaOrleans.Silo.Storage;
using MsaOrleans.Silo.Tests.Postgres;

namespace MsaOrleans.Silo.Tests.Audit;

/// <summary>The record of the hotline, whatever the database: what its tests do to it.</summary>
public abstract class AuditContract : IAsyncLifetime
{
    protected static readonly Guid Lamy = Guid.NewGuid();
    protected static readonly Guid Other = Guid.NewGuid();

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected StorageUnderTest Here { get; private set; } = null!;

    private protected AuditChain Chain => Here.Get<AuditChain>();

    protected IAuditTrail Trail => Here.Get<IAuditTrail>();

    protected DateTimeOffset Now => Here.Clock.GetUtcNow();

    protected abstract ValueTask<StorageUnderTest> NewInstallation();

    public async ValueTask InitializeAsync() => Here = await NewInstallation();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Here.DisposeAsync();
    }

    /// <summary>As the owner of the database may.</summary>
    protected void LiftTriggers() => Here.Execute(Here.Database is PostgresDatabase
        ? "ALTER TABLE AuditTrail DISABLE TRIGGER USER"
        : "DROP TRIGGER AuditTrail_Update; DROP TRIGGER AuditTrail_Delete");

    /// <summary>The same database, as another machine opens it.</summary>
    protected Database OpenAgain() => Here is PostgresInstallation postgres ? PostgresDatabase.Open(postgres.ConnectionString) : SqliteDatabase.Open(((Installation)Here).Directory.Database);

    protected async Task Append(int entries, DateTimeOffset? at = null)
    {
        for (var i = 0; i < entries; i++)
            await Trail.Append(Entry(AuditedAct.Looked, i % 2 == 0 ? Lamy : Other) with { At = at ?? Now });
    }

    protected AuditEntry Entry(AuditedAct act, Guid? adherent = null, string agent = "marc") => new(Now, act, new(agent, "Raison : appel", "C-1"), adherent);

    private protected async Task<(long Entries, AuditFlaw? Flaw)> Verify(AuditHead? noted = null)
    {
        var (verdict, _) = await Chain.Verify(Here.Database, noted, onIntact: null, Stop);
        return (verdict.Head.Sequence, verdict.Flaw);
    }

    private protected async Task<AuditHead> Head()
    {
        await using var connection = await Here.Database.Reads.OpenConnectionAsync(Stop);
        return await AuditSql.Head(connection, stop: Stop);
    }

    private protected async Task<(AuditVerdict Found, AuditHead Head)> Rechain(PseudonymSecret next, Dictionary<Guid, Guid> moved)
    {
        await using var connection = await Here.Database.Writes.OpenConnectionAsync(Stop);
        await using var transaction = await connection.BeginTransactionAsync(Stop);
        var outcome = await new AuditRechaining(Here.Get<IDataProtectionProvider>(), Here.Get<PseudonymSecret>(), next).Run(transaction, moved, Stop);
        await transaction.CommitAsync(Stop);
        return outcome;
    }
}
