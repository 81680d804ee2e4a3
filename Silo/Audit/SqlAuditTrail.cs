using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Silo.Registry;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.Audit;

/// <summary>The record of the hotline in our own database. An append reads the end of the record and adds to it: of two silos at once, the one that comes second does it again.</summary>
internal sealed class SqlAuditTrail(Database database, AuditChain chain) : IAuditTrail, IDisposable
{
    // Inside this process one at a time: only silos race. With four of them at it without a pause, one loses fifty times in a row once in a million.
    private const int MostTries = 50;

    private static readonly TimeSpan patience = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim turn = new(1, 1);

    // Off the caller's scheduler: SQLite's driver blocks.
    public Task Append(AuditEntry entry) => Task.Run(async () =>
    {
        if (!await turn.WaitAsync(patience))
            throw new BackendUnavailableException("The record does not take entries fast enough.");
        try
        {
            await using var connection = await database.Writes.OpenConnectionAsync();
            for (var tries = 0; tries < MostTries; tries++)
            {
                if (await AuditSql.Insert(chain.Next(await AuditSql.Head(connection), entry), connection))
                    return;
            }
        }
        finally
        {
            turn.Release();
        }
        throw new BackendUnavailableException("Others were faster each time at adding to the record.");
    });

    public Task<IReadOnlyList<AuditEntry>> About(Guid adherent, int most) => Task.Run(async () =>
    {
        await using var connection = await database.Reads.OpenConnectionAsync();
        var rows = await AuditSql.Rows(
            connection, null, "WHERE Adherent = @Adherent ORDER BY Sequence DESC LIMIT @Most", default, ("Adherent", adherent.ToBytes()), ("Most", most));
        return (IReadOnlyList<AuditEntry>)[.. rows.Select(chain.Read).Select(line => new AuditEntry(line.At, line.Act, line.By, line.Adherent, line.Detail))];
    });

    public void Dispose() => turn.Dispose();
}
