using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement.Internal;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Silo.Registry;
using MsaOrleans.Silo.Storage;
using MsaOrleans.Silo.Tests.Postgres;
using MsaOrleans.Testing;

namespace MsaOrleans.Silo.Tests.Storage;

public sealed class EmbeddedResealingTests : ResealingContract
{
    protected override ValueTask<StorageUnderTest> NewInstallation() => new(new Installation());
}

public sealed class PostgresResealingTests : ResealingContract
{
    protected override async ValueTask<StorageUnderTest> NewInstallation() => await PostgresInstallation.Create();
}

/// <summary>Rows that are sealed again, whatever the database.</summary>
public abstract class ResealingContract : IAsyncLifetime
{
    private const int Persons = 5_000;

    private StorageUnderTest installation = null!;

    private IKeyRing Ring => installation.Get<IKeyRingProvider>().GetCurrentKeyRing();

    private Resealing Resealing => new(installation.Database, installation.Get<IDataProtectionProvider>(), installation.Get<PseudonymSecret>());

    public async ValueTask InitializeAsync()
    {
        installation = await NewInstallation();
        using var adherents = new StringWriter();
        new RegistryGenerator(Persons, 3).Write(adherents, TextWriter.Null, stop: TestContext.Current.CancellationToken);
        await installation.Get<RegistryImporter>().ImportAdherents(new StringReader(adherents.ToString()), stop: TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return installation.DisposeAsync();
    }

    [Fact]
    public async Task A_run_that_was_broken_off_is_finished_by_the_next_and_a_third_finds_nothing_to_do()
    {
        await Renew();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Resealing.Run(write: true, _ => end.Cancel(), end.Token));

        var left = (await Look()).Old;
        Assert.InRange(left, 1, Persons - 1);
        Assert.Equal(new ResealReport(Persons, left), await Resealing.Run(write: true, stop: TestContext.Current.CancellationToken));
        Assert.Equal(new ResealReport(Persons), await Resealing.Run(write: true, stop: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Without_the_old_key_rows_open_that_were_sealed_again_and_copies_made_before_do_not()
    {
        var (adherent, stolen) = await First();
        var old = Ring.DefaultKeyId;
        await Renew();
        await Resealing.Run(write: true, stop: TestContext.Current.CancellationToken);
        Assert.NotNull(Open(stolen));
        Assert.True(installation.Get<KeyWatch>().DeleteKeys(key => key.KeyId == old));
        await Waiting.Until(() => Ring.GetAuthenticatedEncryptorByKeyId(old, out _) is null, () => "the end of the old key");

        Assert.NotNull(await installation.Get<IInsuredPersonRegistry>().Find(adherent));
        Assert.Throws<CryptographicException>(() => Open(stolen));

        InsuredPerson Open(byte[] content) => installation.Get<RegistryProtection>().OpenPerson(adherent, content);
    }

    [Fact]
    public async Task A_row_that_was_written_meanwhile_stays_as_it_was_written()
    {
        await using var connection = await installation.Database.Writes.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        var row = (await SealedTable.Persons.Page(connection, transaction, SealedTable.Persons.BeforeAll, 1, TestContext.Current.CancellationToken)).Single();
        Assert.True(await Seal(row, [1]));
        Assert.False(await Seal(row, [2]));
        Assert.Equal([1], (await SealedTable.Persons.Page(connection, transaction, SealedTable.Persons.BeforeAll, 1, TestContext.Current.CancellationToken)).Single().Content);

        Task<bool> Seal(SealedTable.Row read, byte[] content) =>
            SealedTable.Persons.Change(transaction, read, "Content = @Sealed", TestContext.Current.CancellationToken, ("Sealed", content));
    }

    [Fact]
    public async Task A_row_that_cannot_be_opened_is_counted_and_keeps_nobody_from_the_others()
    {
        await Renew();
        installation.Execute($"UPDATE InsuredPersons SET Content = {installation.Literal([1, 2, 3])} WHERE Adherent = (SELECT Adherent FROM InsuredPersons ORDER BY Adherent LIMIT 1)");
        Assert.Equal(new ResealReport(Persons, Persons - 1, 1), await Resealing.Run(write: true, stop: TestContext.Current.CancellationToken));
    }

    private async Task Renew()
    {
        var made = installation.Get<KeyWatch>().Renew(alone: true);
        await Waiting.Until(() => Ring.DefaultKeyId == made.KeyId, () => "the new key");
    }

    private Task<ResealReport> Look() => Resealing.Run(write: false, stop: TestContext.Current.CancellationToken);

    private async Task<(Guid Adherent, byte[] Content)> First()
    {
        await using var connection = await installation.Database.Reads.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var row = (await SealedTable.Persons.Page(connection, null, SealedTable.Persons.BeforeAll, 1, TestContext.Current.CancellationToken)).Single();
        return (((byte[])row.Key[0]).ToGuid(), row.Content);
    }

    protected abstract ValueTask<StorageUnderTest> NewInstallation();
}
