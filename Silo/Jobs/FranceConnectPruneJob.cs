using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.Jobs;

/// <summary>Deletes the codes and tokens of the identity provider that have ended: none lives for more than a minute. In plain SQL, so that silos load nothing of the provider for it.</summary>
/// <remarks>Queued jobs name this type and its method: both are a contract.</remarks>
public sealed class FranceConnectPruneJob(Database database, TimeProvider clock)
{
    // As long as a code that comes twice, or a token that comes late, may be told as what it is.
    private static readonly TimeSpan keep = TimeSpan.FromHours(1);

    [SkipWhenRunning]
    public async Task Run(CancellationToken stop)
    {
        var before = (clock.GetUtcNow() - keep).UtcDateTime;
        await using var connection = await database.Writes.OpenConnectionAsync(stop);
        await using var command = connection.CreateCommand();
        command.CommandText =
            """
            DELETE FROM FranceConnectTokens WHERE CreationDate < @Before;
            DELETE FROM FranceConnectAuthorizations WHERE CreationDate < @Before AND NOT EXISTS (SELECT 1 FROM FranceConnectTokens WHERE AuthorizationId = FranceConnectAuthorizations.Id)
            """;
        command.Add("Before", before);
        await command.ExecuteNonQueryAsync(stop);
    }
}
