using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement.Internal;
using MsaOrleans.Grains;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Documents;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Silo.Search;
using MsaOrleans.Silo.Storage;
using MsaOrleans.Silo.Tests.Storage;
using MsaOrleans.Testing;

namespace MsaOrleans.Silo.Tests.Documents;

public sealed class SealedFilesTests : SealedFilesContract
{
    protected override ValueTask<StorageUnderTest> NewInstallation() => new(new Installation());
}

public sealed class PostgresSealedFilesTests : SealedFilesContract
{
    protected override async ValueTask<StorageUnderTest> NewInstallation() => await Postgres.PostgresInstallation.Create();
}

/// <summary>Files beside the rows, whatever the kind of database.</summary>
public abstract class SealedFilesContract : RowsContract
{
    private static readonly byte[] content = [.. Encoding.UTF8.GetBytes("%PDF LAMY FRITZ 1630967482229"), .. RandomNumberGenerator.GetBytes(5_000_000)];

    private ISealedFiles Files => Installation.Get<ISealedFiles>();

    private long Entries => Installation.Scalar<long>("SELECT count(*) FROM SealedFiles");

    private Guid Owner => Keys.For(fritz);

    [Fact]
    public async Task Five_megabytes_come_back_as_they_were_to_their_owner_alone_and_the_disk_tells_nothing()
    {
        var (file, stranger) = (Guid.NewGuid(), Guid.NewGuid());
        await Files.Write(Owner, file, content);
        Assert.Equal(content, await Files.Read(Owner, file));
        Assert.Null(await Files.Read(Owner, Guid.NewGuid()));
        Assert.Null(await Files.Read(stranger, file));

        var place = AdherentRowKey.Of(stranger);
        Installation.Execute($"UPDATE SealedFiles SET GrainIdN0 = {place.N0}, GrainIdN1 = {place.N1}"); // somebody hands it to another
        await Assert.ThrowsAsync<CryptographicException>(() => Files.Read(stranger, file));
        var disk = Installation.BytesOnDisk();
        Assert.True(disk.AsSpan().IndexOf(Encoding.UTF8.GetBytes("SealedFiles")) >= 0 || disk.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Installation.InClear)) >= 0);
        Assert.True(disk.AsSpan().IndexOf("LAMY FRITZ"u8) < 0);
    }

    [Fact]
    public async Task All_go_but_those_that_are_kept_and_another_s()
    {
        var (kept, gone, other) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        foreach (var (owner, file) in ((Guid, Guid)[])[(Owner, kept), (Owner, gone), (other, gone)])
            await Files.Write(owner, file, [1]);
        await Files.EraseAllBut(Owner, [kept, Guid.NewGuid()]);
        Assert.Equal([1], await Files.Read(Owner, kept));
        Assert.Null(await Files.Read(Owner, gone));
        Assert.Equal([1], await Files.Read(other, gone));
        await Files.EraseAllBut(Owner, []);
        Assert.Equal(1, Entries);
    }

    [Fact]
    public async Task With_the_row_all_go_whoever_erases_it()
    {
        var row = await Write(Account);
        await Files.Write(Owner, Guid.NewGuid(), [1]);
        await Files.Write(Guid.NewGuid(), Guid.NewGuid(), [2]);
        await Storage.ClearStateAsync(AdherentGrain.StateName, IdOf(Owner), row);
        Assert.Equal(1, Entries);
        await Write(Account);
        await Files.Write(Owner, Guid.NewGuid(), [1]);
        Installation.Execute("DELETE FROM OrleansStorage");
        Assert.Equal(1, Entries);
    }

    [Fact]
    public async Task Keys_are_renewed_for_them_as_for_every_row()
    {
        var files = Enumerable.Range(0, 12).Select(_ => Guid.NewGuid()).ToList(); // more than one page
        foreach (var file in files)
            await Files.Write(Owner, file, file.ToByteArray());
        var made = Installation.Get<KeyWatch>().Renew(alone: true);
        var ring = Installation.Get<IKeyRingProvider>();
        await Waiting.Until(() => ring.GetCurrentKeyRing().DefaultKeyId == made.KeyId, () => "the new key");
        var resealing = new Resealing(Installation.Database, Installation.Get<IDataProtectionProvider>(), Installation.Get<PseudonymSecret>());
        Assert.Equal(new ResealReport(12, 12), await resealing.Run(write: true, stop: TestContext.Current.CancellationToken));
        Assert.Equal(new ResealReport(12), await resealing.Run(write: true, stop: TestContext.Current.CancellationToken));
        foreach (var file in files)
            Assert.Equal(file.ToByteArray(), await Files.Read(Owner, file));
    }

    [Fact]
    public async Task Under_another_pseudonym_key_he_has_them_and_their_codes_still_lead_to_him()
    {
        var (file, broken, code) = (Guid.NewGuid(), Guid.NewGuid(), VerificationCode.New());
        await Write(Account with { Documents = new() { Certificates = [new(file, code, "LAMY FRITZ", Now, 1)] } });
        Assert.Equal([Owner], await Installation.Get<IAdherentSearch>().Certified(code));
        await Files.Write(Owner, file, [1, 2, 3]);
        await Files.Write(Owner, broken, [4]);
        Installation.Execute($"UPDATE SealedFiles SET Content = {Installation.Literal([1, 2])} WHERE FileId = {Installation.Literal(broken.ToByteArray(bigEndian: true))}");

        var (next, report) = await ChangePseudonymKey();
        Assert.Equal((1, 1), (report.Moved, report.Unreadable));
        var moved = new AdherentKeys(next.Value).For(fritz);
        Assert.Equal([1, 2, 3], await Files.Read(moved, file));
        Assert.Null(await Files.Read(Owner, file));
        Assert.Equal(1, Installation.Scalar<long>($"SELECT count(*) FROM SearchIndex WHERE Token = {new SearchTokens(next).OfCertificate(code)}"));
    }

    [Fact]
    public async Task A_code_leads_to_its_owner_as_long_as_he_has_the_certificate_and_is_nowhere_in_clear()
    {
        var code = VerificationCode.New();
        var row = await Write(Account);
        Assert.Empty(await Installation.Get<IAdherentSearch>().Certified(code));
        await Write(Account with { Documents = new() { Certificates = [new(Guid.NewGuid(), code, "LAMY FRITZ", Now, 1)] } }, row);
        Assert.Equal([Owner], await Installation.Get<IAdherentSearch>().Certified(code));
        Assert.Empty(await Installation.Get<IAdherentSearch>().Certified(VerificationCode.New()));
        Assert.True(Installation.BytesOnDisk().AsSpan().IndexOf(Encoding.UTF8.GetBytes(code.Value)) < 0);
        await Close(row);
        Assert.Empty(await Installation.Get<IAdherentSearch>().Certified(code));
    }
}
