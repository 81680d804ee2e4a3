using System.Data.Common;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement.Internal;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Silo.Audit;
using MsaOrleans.Silo.Storage;
using MsaOrleans.Silo.Tests.Postgres;
using MsaOrleans.Testing;

namespace MsaOrleans.Silo.Tests.Audit;

public sealed class EmbeddedAuditTrailTests : AuditTrailContract
{
    protected override ValueTask<StorageUnderTest> NewInstallation() => new(new Installation());
}

public sealed class PostgresAuditTrailTests : AuditTrailContract
{
    protected override async ValueTask<StorageUnderTest> NewInstallation() => await PostgresInstallation.Create();
}

/// <summary>What is put on record stays there as it was, whatever the database.</summary>
public abstract class AuditTrailContract : AuditContract
{
    private static readonly Nir nir = Nir.Parse("1630967482229");

    [Fact]
    public async Task What_is_put_on_record_is_read_back_latest_first_and_tells_nothing_to_whoever_steals_the_database()
    {
        var looked = Entry(AuditedAct.Looked, Lamy) with { Detail = "depuis la recherche" };
        var unlocked = Entry(AuditedAct.UnlockedSignIn, Lamy);
        foreach (var entry in (AuditEntry[])[looked, Entry(AuditedAct.Looked, Other), unlocked, Entry(AuditedAct.SignedOut)])
            await Trail.Append(entry);

        Assert.Equal([unlocked, looked], await Trail.About(Lamy, 10));
        Assert.Equal([unlocked], await Trail.About(Lamy, 1));
        Assert.Equal((4, null), await Verify());
        Assert.Equal(-1, Here.BytesOnDisk().AsSpan().IndexOf("Raison"u8));
    }

    [Fact]
    public async Task Supervisors_search_by_agent_adherent_act_and_period_page_by_page()
    {
        for (var i = 0; i < 120; i++)
        {
            await Trail.Append(Entry(i % 2 == 0 ? AuditedAct.Looked : AuditedAct.Revealed, i % 3 == 0 ? Lamy : Other, i % 5 == 0 ? "sophie" : "marc") with { At = Now.AddMinutes(i) });
        }
        var search = Here.Get<IAuditSearch>();

        var first = await search.Search(new(), AuditQuery.PageLength);
        Assert.Equal(Enumerable.Range(71, 50).Reverse().Select(i => (long)i), first.Lines.Select(line => line.Sequence));
        var second = await search.Search(new(Before: first.Next), AuditQuery.PageLength);
        var third = await search.Search(new(Before: second.Next), AuditQuery.PageLength);
        Assert.Equal((50, 20, null), (second.Lines.Count, third.Lines.Count, third.Next));
        Assert.Equal(1, third.Lines[^1].Sequence);
        Assert.Equal(new(1, Now, AuditedAct.Looked, new("sophie", "Raison : appel", "C-1"), Lamy, null, Legible: true), third.Lines[^1]);

        Assert.Equal(24, (await search.Search(new(Agent: "sophie"), AuditQuery.PageLength)).Lines.Count);
        Assert.Equal(40, (await search.Search(new(Adherent: Lamy), AuditQuery.PageLength)).Lines.Count);
        Assert.Equal(20, (await search.Search(new(Adherent: Lamy, Act: AuditedAct.Revealed), AuditQuery.PageLength)).Lines.Count);
        Assert.Equal([21L, 20, 19], (await search.Search(new(From: Now.AddMinutes(18), Until: Now.AddMinutes(21)), AuditQuery.PageLength)).Lines.Select(line => line.Sequence));
        Assert.Null((await search.Search(new(Agent: "sophie' OR 1=1 --"), AuditQuery.PageLength)).Next);
        Assert.Empty((await search.Search(new(Agent: "sophie' OR 1=1 --"), AuditQuery.PageLength)).Lines);
    }

    [Theory]
    [InlineData("UPDATE AuditTrail SET Agent = 'x'")]
    [InlineData("UPDATE AuditTrail SET Sequence = 9 WHERE Sequence = 2")]
    [InlineData("UPDATE AuditTrail SET Hash = Hash")]
    [InlineData("UPDATE AuditTrail SET Adherent = NULL, Content = Content")]
    [InlineData("DELETE FROM AuditTrail WHERE Sequence = 3")]
    [InlineData("DELETE FROM AuditTrail")]
    public async Task The_database_refuses_what_a_slip_would_do_to_it(string statement)
    {
        await Append(3, at: TimeProvider.System.GetUtcNow().AddYears(-5).AddDays(2));
        Assert.Contains("only ever added to", Assert.ThrowsAny<DbException>(() => Here.Execute(statement)).Message, StringComparison.Ordinal);
        Assert.Equal((3, null), await Verify());
    }

    [Theory]
    [InlineData("UPDATE AuditTrail SET Agent = 'x' WHERE Sequence = 3", 3)]
    [InlineData("UPDATE AuditTrail SET Act = 'Searched' WHERE Sequence = 5", 5)]
    [InlineData("UPDATE AuditTrail SET At = At + 1 WHERE Sequence = 4", 4)]
    [InlineData("UPDATE AuditTrail SET Adherent = NULL WHERE Sequence = 2", 2)]
    [InlineData("UPDATE AuditTrail SET Content = (SELECT Content FROM AuditTrail WHERE Sequence = 1) WHERE Sequence = 2", 2)]
    [InlineData("UPDATE AuditTrail SET Hash = Content WHERE Sequence = 4", 4)]
    [InlineData("DELETE FROM AuditTrail WHERE Sequence = 1", 1)]
    [InlineData("DELETE FROM AuditTrail WHERE Sequence IN (3, 4)", 3)]
    [InlineData("DELETE FROM AuditTrail WHERE Sequence = 3; UPDATE AuditTrail SET Sequence = Sequence - 1 WHERE Sequence = 4; UPDATE AuditTrail SET Sequence = Sequence - 1 WHERE Sequence = 5", 3)]
    [InlineData("UPDATE AuditTrail SET Sequence = -2 WHERE Sequence = 2; UPDATE AuditTrail SET Sequence = 2 WHERE Sequence = 3; UPDATE AuditTrail SET Sequence = 3 WHERE Sequence = -2", 2)]
    [InlineData("INSERT INTO AuditTrail SELECT 0, At, Agent, Act, Adherent, Content, Hash FROM AuditTrail WHERE Sequence = 1", 0)]
    [InlineData("INSERT INTO AuditTrail SELECT 6, At, Agent, Act, Adherent, Content, Hash FROM AuditTrail WHERE Sequence = 5", 6)]
    public async Task What_the_owner_of_the_database_does_with_the_triggers_out_of_the_way_is_found(string statements, long named)
    {
        await Append(5);
        LiftTriggers();
        Here.Execute(statements);
        Assert.Equal(named, (await Verify()).Flaw?.Sequence);
    }

    [Fact]
    public async Task Entries_added_by_two_machines_at_once_are_numbered_without_a_gap_and_chained()
    {
        const int each = 60;
        var database = OpenAgain();
        using var opened = (IDisposable)database;
        using var elsewhere = new SqlAuditTrail(database, Chain);
        await Task.WhenAll(Enumerable.Range(0, 2 * each).Select(i => (i % 2 == 0 ? Trail : elsewhere).Append(Entry(AuditedAct.Looked, Lamy))));
        Assert.Equal((2 * each, null), await Verify());
    }

    [Fact]
    public async Task Sealed_again_under_a_new_key_it_is_the_same_record()
    {
        await Append(5);
        var head = await Head();
        var sealedBefore = Here.Scalar<byte[]>("SELECT Content FROM AuditTrail WHERE Sequence = 2");
        var keys = Here.Get<KeyWatch>();
        var (old, made) = (Here.Get<IKeyRingProvider>().GetCurrentKeyRing().DefaultKeyId, keys.Renew(alone: true));
        await Waiting.Until(() => Here.Get<IKeyRingProvider>().GetCurrentKeyRing().DefaultKeyId == made.KeyId, () => "the new key");

        var report = await new Resealing(Here.Database, Here.Get<IDataProtectionProvider>(), Here.Get<PseudonymSecret>()).Run(write: true, stop: Stop);
        Assert.Equal(new ResealReport(5, 5), report);
        Assert.True(keys.DeleteKeys(key => key.KeyId == old));
        await Waiting.Until(() => Here.Get<IKeyRingProvider>().GetCurrentKeyRing().GetAuthenticatedEncryptorByKeyId(old, out _) is null, () => "the end of the old key");

        Assert.NotEqual(sealedBefore, Here.Scalar<byte[]>("SELECT Content FROM AuditTrail WHERE Sequence = 2"));
        Assert.Equal((5, null), await Verify(head));
        Assert.Equal("Raison : appel", (await Trail.About(Lamy, 1))[0].By.Reason);
    }

    [Fact]
    public async Task Under_a_new_pseudonym_key_it_goes_on_with_an_entry_that_says_so()
    {
        await Append(3);
        var head = await Head();
        var next = new PseudonymSecret([7, .. new byte[31]]);
        var moved = Guid.NewGuid();

        var (found, end) = await Rechain(next, new() { [Lamy] = moved });

        Assert.Equal((head, null), (found.Head, found.Flaw));
        var under = new AuditChain(Here.Get<IDataProtectionProvider>(), next);
        Assert.Equal(new AuditVerdict(end), await under.Verify(AuditSql.All(Here.Database, Stop)));
        Assert.Equal(1, (await Verify()).Flaw?.Sequence);
        using var trail = new SqlAuditTrail(Here.Database, under);
        Assert.Empty(await trail.About(Lamy, 9));
        Assert.Equal(2, (await trail.About(moved, 9)).Count);
        Assert.Single(await trail.About(Other, 9)); // nobody knows who that was
        var last = (await new SqlAuditSearch(Here.Database, under).Search(new(), 1)).Lines[0];
        Assert.Equal((4, AuditedAct.ChangedPseudonymKey), (last.Sequence, last.Act));
        Assert.Contains($"{head}", last.Detail, StringComparison.Ordinal);
        Assert.ThrowsAny<DbException>(() => Here.Execute("DELETE FROM AuditTrail")); // the triggers are back
        Assert.ThrowsAny<DbException>(() => Here.Execute("UPDATE AuditTrail SET Agent = 'x'"));
    }

    [Fact]
    public async Task A_record_that_was_tampered_with_is_not_made_good_by_a_new_pseudonym_key()
    {
        await Append(5);
        LiftTriggers();
        Here.Execute("UPDATE AuditTrail SET Agent = 'x' WHERE Sequence = 3");
        var next = new PseudonymSecret([7, .. new byte[31]]);

        var (found, _) = await Rechain(next, []);

        Assert.Equal(new(3, AuditFault.Altered), found.Flaw);
        var under = new AuditChain(Here.Get<IDataProtectionProvider>(), next);
        Assert.Equal(new(3, AuditFault.Altered), (await under.Verify(AuditSql.All(Here.Database, Stop))).Flaw);
    }

    [Fact]
    public async Task Adherents_take_their_part_of_the_record_with_them_to_their_new_pseudonyms()
    {
        var (old, next) = (Here.Get<PseudonymSecret>(), new PseudonymSecret([7, .. new byte[31]]));
        await Store(new() { Owner = new AdherentKeys(old.Value).For(nir), Nir = nir });
        await Trail.Append(Entry(AuditedAct.Looked, new AdherentKeys(old.Value).For(nir)));

        var report = await new PseudonymChange(Here.Database, Here.Get<IDataProtectionProvider>(), old, next).Run(stop: Stop);

        Assert.Equal((1L, 1L, null), (report.Moved, report.Audit.Found.Head.Sequence, report.Audit.Found.Flaw));
        using var trail = new SqlAuditTrail(Here.Database, new(Here.Get<IDataProtectionProvider>(), next));
        Assert.Single(await trail.About(new AdherentKeys(next.Value).For(nir), 9));
    }

    [Fact]
    public async Task When_the_database_takes_nothing_the_caller_is_not_told_that_it_did()
    {
        Here.FailInsertsInto("AuditTrail", "disk full");
        Assert.Contains("disk full", (await Assert.ThrowsAnyAsync<DbException>(() => Append(1))).Message, StringComparison.Ordinal);
        Assert.Equal((0, null), await Verify());
    }

    /// <summary>A row as Orleans' provider writes it, as far as the change of the key looks at it.</summary>
    private async Task Store(Grains.AdherentState state)
    {
        var key = state.Owner!.Value.ToByteArray();
        await using var connection = await Here.Database.Writes.OpenConnectionAsync(Stop);
        await using var command = connection.CreateCommand();
        command.CommandText =
            $"""
             INSERT INTO OrleansStorage (GrainIdHash, GrainIdN0, GrainIdN1, GrainTypeHash, GrainTypeString, ServiceId, PayloadBinary, ModifiedOn, Version)
             VALUES (0, @N0, @N1, 0, 'adherent', 'msa', @Payload, {(Here.Database is PostgresDatabase ? "now()" : "''")}, 1)
             """;
        command
            .Add("N0", BitConverter.ToInt64(key, 0)).Add("N1", BitConverter.ToInt64(key, 8))
            .Add("Payload", new Silo.Adherents.AdherentRowSerializer(Here.Get<IDataProtectionProvider>()).Serialize(state).ToArray());
        await command.ExecuteNonQueryAsync(Stop);
    }
}
