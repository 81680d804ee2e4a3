using System.Data.Common;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
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
    protected override string LiftTriggers => "DROP TRIGGER AuditTrail_Update; DROP TRIGGER AuditTrail_Delete";

    protected override ValueTask<StorageUnderTest> NewInstallation() => new(new Installation());

    protected override Database OpenAgain(StorageUnderTest installation) => SqliteDatabase.Open(((Installation)installation).Directory.Database);
}

public sealed class PostgresAuditTrailTests : AuditTrailContract
{
    protected override string LiftTriggers => "DROP TRIGGER AuditTrail_Update ON AuditTrail; DROP TRIGGER AuditTrail_Delete ON AuditTrail";

    protected override async ValueTask<StorageUnderTest> NewInstallation() => await PostgresInstallation.Create();

    protected override Database OpenAgain(StorageUnderTest installation) => PostgresDatabase.Open(((PostgresInstallation)installation).ConnectionString);
}

/// <summary>The record of the hotline, whatever the database.</summary>
public abstract class AuditTrailContract : IAsyncLifetime
{
    private static readonly Nir nir = Nir.Parse("1630967482229");
    private static readonly Guid lamy = Guid.NewGuid();
    private static readonly Guid other = Guid.NewGuid();

    private StorageUnderTest installation = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private AuditChain Chain => installation.Get<AuditChain>();

    private IAuditTrail Trail => installation.Get<IAuditTrail>();

    private DateTimeOffset Now => installation.Clock.GetUtcNow();

    /// <summary>Older than the record is kept.</summary>
    private DateTimeOffset Old => Now.AddYears(-5).AddDays(-2);

    protected abstract string LiftTriggers { get; }

    protected abstract ValueTask<StorageUnderTest> NewInstallation();

    protected abstract Database OpenAgain(StorageUnderTest installation);

    public async ValueTask InitializeAsync() => installation = await NewInstallation();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return installation.DisposeAsync();
    }

    [Fact]
    public async Task What_is_put_on_record_is_read_back_latest_first_and_tells_nothing_to_whoever_steals_the_database()
    {
        var looked = Entry(AuditedAct.Looked, lamy) with { Detail = "depuis la recherche" };
        var unlocked = Entry(AuditedAct.UnlockedSignIn, lamy);
        foreach (var entry in (AuditEntry[])[looked, Entry(AuditedAct.Looked, other), unlocked, Entry(AuditedAct.SignedOut)])
            await Trail.Append(entry);

        Assert.Equal([unlocked, looked], await Trail.About(lamy, 10));
        Assert.Equal([unlocked], await Trail.About(lamy, 1));
        Assert.Equal((4, null), await Verify());
        Assert.Equal(-1, installation.BytesOnDisk().AsSpan().IndexOf("Raison"u8));
    }

    [Fact]
    public async Task Supervisors_search_by_agent_adherent_act_and_period_page_by_page()
    {
        for (var i = 0; i < 120; i++)
        {
            await Trail.Append(Entry(i % 2 == 0 ? AuditedAct.Looked : AuditedAct.Revealed, i % 3 == 0 ? lamy : other, i % 5 == 0 ? "sophie" : "marc") with { At = Now.AddMinutes(i) });
        }
        var search = installation.Get<IAuditSearch>();

        var first = await search.Search(new(), AuditQuery.PageLength);
        Assert.Equal(Enumerable.Range(71, 50).Reverse().Select(i => (long)i), first.Lines.Select(line => line.Sequence));
        var second = await search.Search(new(Before: first.Next), AuditQuery.PageLength);
        var third = await search.Search(new(Before: second.Next), AuditQuery.PageLength);
        Assert.Equal((50, 20, null), (second.Lines.Count, third.Lines.Count, third.Next));
        Assert.Equal(1, third.Lines[^1].Sequence);
        Assert.Equal(new(1, Now, AuditedAct.Looked, new("sophie", "Raison : appel", "C-1"), lamy, null, Legible: true), third.Lines[^1]);

        Assert.Equal(24, (await search.Search(new(Agent: "sophie"), AuditQuery.PageLength)).Lines.Count);
        Assert.Equal(40, (await search.Search(new(Adherent: lamy), AuditQuery.PageLength)).Lines.Count);
        Assert.Equal(20, (await search.Search(new(Adherent: lamy, Act: AuditedAct.Revealed), AuditQuery.PageLength)).Lines.Count);
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
        Assert.Contains("only ever added to", Assert.ThrowsAny<DbException>(() => installation.Execute(statement)).Message, StringComparison.Ordinal);
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
        installation.Execute(LiftTriggers);
        installation.Execute(statements);
        Assert.Equal(named, (await Verify()).Flaw?.Sequence);
    }

    [Fact]
    public async Task Entries_added_by_two_machines_at_once_are_numbered_without_a_gap_and_chained()
    {
        const int each = 60;
        var database = OpenAgain(installation);
        using var opened = (IDisposable)database;
        using var elsewhere = new SqlAuditTrail(database, Chain);
        await Task.WhenAll(Enumerable.Range(0, 2 * each).Select(i => (i % 2 == 0 ? Trail : elsewhere).Append(Entry(AuditedAct.Looked, lamy))));
        Assert.Equal((2 * each, null), await Verify());
    }

    [Fact]
    public async Task Sealed_again_under_a_new_key_it_is_the_same_record()
    {
        await Append(5);
        var head = await Head();
        var sealedBefore = installation.Scalar<byte[]>("SELECT Content FROM AuditTrail WHERE Sequence = 2");
        var keys = installation.Get<KeyWatch>();
        var (old, made) = (installation.Get<IKeyRingProvider>().GetCurrentKeyRing().DefaultKeyId, keys.Renew(alone: true));
        await Waiting.Until(() => installation.Get<IKeyRingProvider>().GetCurrentKeyRing().DefaultKeyId == made.KeyId, () => "the new key");

        var report = await new Resealing(installation.Database, installation.Get<IDataProtectionProvider>(), installation.Get<PseudonymSecret>()).Run(write: true, stop: Stop);
        Assert.Equal(new ResealReport(5, 5), report);
        Assert.True(keys.DeleteKeys(key => key.KeyId == old));
        await Waiting.Until(() => installation.Get<IKeyRingProvider>().GetCurrentKeyRing().GetAuthenticatedEncryptorByKeyId(old, out _) is null, () => "the end of the old key");

        Assert.NotEqual(sealedBefore, installation.Scalar<byte[]>("SELECT Content FROM AuditTrail WHERE Sequence = 2"));
        Assert.Equal((5, null), await Verify(head));
        Assert.Equal("Raison : appel", (await Trail.About(lamy, 1))[0].By.Reason);
    }

    [Fact]
    public async Task Under_a_new_pseudonym_key_it_goes_on_with_an_entry_that_says_so()
    {
        await Append(3);
        var head = await Head();
        var next = new PseudonymSecret([7, .. new byte[31]]);
        var moved = Guid.NewGuid();

        var (found, end) = await Rechain(next, new() { [lamy] = moved });

        Assert.Equal((head, null), (found.Head, found.Flaw));
        var under = new AuditChain(installation.Get<IDataProtectionProvider>(), next);
        Assert.Equal(new AuditVerdict(end), await under.Verify(AuditSql.All(installation.Database, Stop)));
        Assert.Equal(1, (await Verify()).Flaw?.Sequence);
        using var trail = new SqlAuditTrail(installation.Database, under);
        Assert.Empty(await trail.About(lamy, 9));
        Assert.Equal(2, (await trail.About(moved, 9)).Count);
        Assert.Single(await trail.About(other, 9)); // nobody knows who that was
        var last = (await new SqlAuditSearch(installation.Database, under).Search(new(), 1)).Lines[0];
        Assert.Equal((4, AuditedAct.ChangedPseudonymKey), (last.Sequence, last.Act));
        Assert.Contains($"{head}", last.Detail, StringComparison.Ordinal);
        Assert.ThrowsAny<DbException>(() => installation.Execute("DELETE FROM AuditTrail")); // the triggers are back
        Assert.ThrowsAny<DbException>(() => installation.Execute("UPDATE AuditTrail SET Agent = 'x'"));
    }

    [Fact]
    public async Task A_record_that_was_tampered_with_is_not_made_good_by_a_new_pseudonym_key()
    {
        await Append(5);
        installation.Execute(LiftTriggers);
        installation.Execute("UPDATE AuditTrail SET Agent = 'x' WHERE Sequence = 3");
        var next = new PseudonymSecret([7, .. new byte[31]]);

        var (found, _) = await Rechain(next, []);

        Assert.Equal(new(3, AuditFault.Altered), found.Flaw);
        var under = new AuditChain(installation.Get<IDataProtectionProvider>(), next);
        Assert.Equal(new(3, AuditFault.Altered), (await under.Verify(AuditSql.All(installation.Database, Stop))).Flaw);
    }

    [Fact]
    public async Task Adherents_take_their_part_of_the_record_with_them_to_their_new_pseudonyms()
    {
        var (old, next) = (installation.Get<PseudonymSecret>(), new PseudonymSecret([7, .. new byte[31]]));
        await Store(new() { Owner = new AdherentKeys(old.Value).For(nir), Nir = nir });
        await Trail.Append(Entry(AuditedAct.Looked, new AdherentKeys(old.Value).For(nir)));

        var report = await new PseudonymChange(installation.Database, installation.Get<IDataProtectionProvider>(), old, next).Run(stop: Stop);

        Assert.Equal((1L, 1L, null), (report.Moved, report.Audit.Found.Head.Sequence, report.Audit.Found.Flaw));
        using var trail = new SqlAuditTrail(installation.Database, new(installation.Get<IDataProtectionProvider>(), next));
        Assert.Single(await trail.About(new AdherentKeys(next.Value).For(nir), 9));
    }

    [Fact]
    public async Task After_five_years_the_beginning_goes_and_an_entry_that_says_so_holds_the_rest()
    {
        await Append(4, at: Old);
        var last = await Head();
        await Append(2);
        var noted = await Head();

        Assert.Equal(4, await Erase());

        Assert.Equal((7, null), await Verify(noted));
        var lines = (await installation.Get<IAuditSearch>().Search(new(), 9)).Lines;
        Assert.Equal([7L, 6, 5], lines.Select(line => line.Sequence));
        Assert.Equal((AuditedAct.ErasedOld, AgentAct.Silo, $"{last}", Now), (lines[0].Act, lines[0].By.Agent, lines[0].Detail, lines[0].At));
        Assert.Equal((7, null), await Verify(last)); // noted when it was the end
        Assert.Equal(AuditFault.NotAsNoted, (await Verify(last with { Hash = noted.Hash })).Flaw?.Fault);
        Assert.Equal(0, await Erase());
    }

    [Fact]
    public async Task Years_later_what_said_so_goes_too_and_what_says_it_then_is_all_there_is()
    {
        var then = new FakeTimeProvider(Now.AddYears(-10));
        await Append(2, at: then.GetUtcNow().AddYears(-6));
        await Erase(then);
        await Append(1, at: then.GetUtcNow());
        Assert.Equal((4, null), await Verify());

        Assert.Equal(2, await Erase());

        Assert.Equal((5, null), await Verify());
        Assert.Equal([5L], (await installation.Get<IAuditSearch>().Search(new(), 9)).Lines.Select(line => line.Sequence));
        await Append(1);
        Assert.Equal((6, null), await Verify());
    }

    [Fact]
    public async Task What_comes_after_something_younger_stays()
    {
        await Append(1, at: Old);
        await Append(1, at: Now.AddYears(-5)); // to the day
        await Append(1, at: Old);
        Assert.Equal(1, await Erase());
        Assert.Equal((4, null), await Verify());
    }

    [Fact]
    public async Task More_than_a_transaction_s_worth_goes_in_several()
    {
        const int more = AuditErasure.Batch + 3;
        var rows = new List<AuditRow>();
        while (rows.Count < more)
            rows.Add(Chain.Next(rows is [.., var end] ? end.Head : AuditHead.Nothing, Entry(AuditedAct.Looked, lamy) with { At = Old }));
        await using (var connection = await installation.Database.Writes.OpenConnectionAsync(Stop))
        await using (var transaction = await connection.BeginTransactionAsync(Stop))
        {
            foreach (var row in rows)
                await AuditSql.Insert(row, connection, transaction, Stop);
            await transaction.CommitAsync(Stop);
        }

        Assert.Equal(more, await Erase());

        Assert.Equal((more + 2, null), await Verify());
        Assert.Equal(2, (await installation.Get<IAuditSearch>().Search(new(), 9)).Lines.Count);
    }

    [Theory]
    [InlineData("DELETE FROM AuditTrail WHERE Sequence = 5", 5)]
    [InlineData("UPDATE AuditTrail SET Agent = 'x' WHERE Sequence = 5", 5)]
    [InlineData("UPDATE AuditTrail SET Hash = Content WHERE Sequence = 7", 7)]
    [InlineData("UPDATE AuditTrail SET Content = (SELECT Content FROM AuditTrail WHERE Sequence = 6) WHERE Sequence = 7", 1)] // what says that they were erased says nothing any more
    [InlineData("DELETE FROM AuditTrail WHERE Sequence = 7", 1)]
    [InlineData("INSERT INTO AuditTrail SELECT 4, At, Agent, Act, Adherent, Content, Hash FROM AuditTrail WHERE Sequence = 5", 4)]
    public async Task Who_takes_more_than_its_age_allows_is_found(string statements, long named)
    {
        await Append(4, at: Old);
        await Append(2);
        await Erase();
        installation.Execute(LiftTriggers);
        installation.Execute(statements);
        Assert.Equal(named, (await Verify()).Flaw?.Sequence);
    }

    [Fact]
    public async Task Of_what_was_not_intact_when_it_was_erased_the_entry_says_so()
    {
        await Append(4, at: Old);
        await Append(1);
        installation.Execute(LiftTriggers);
        installation.Execute("UPDATE AuditTrail SET Agent = 'x' WHERE Sequence = 2");

        Assert.Equal(4, await Erase());

        Assert.Equal((6, null), await Verify());
        Assert.EndsWith($" {new AuditFlaw(2, AuditFault.Altered)}", (await installation.Get<IAuditSearch>().Search(new(), 1)).Lines[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_without_its_beginning_goes_on_under_a_new_pseudonym_key()
    {
        await Append(2, at: Old);
        await Append(2);
        await Erase();
        var next = new PseudonymSecret([7, .. new byte[31]]);

        var (found, end) = await Rechain(next, []);

        Assert.Null(found.Flaw);
        var under = new AuditChain(installation.Get<IDataProtectionProvider>(), next);
        Assert.Equal(new AuditVerdict(end), await under.Verify(AuditSql.All(installation.Database, Stop), erased: await under.LastErased(installation.Database, Stop)));
        Assert.ThrowsAny<DbException>(() => installation.Execute("DELETE FROM AuditTrail")); // the triggers are back
    }

    [Fact]
    public async Task Two_machines_that_erase_at_once_do_it_once()
    {
        await Append(30, at: Old);
        var database = OpenAgain(installation);
        using var opened = (IDisposable)database;
        var elsewhere = new AuditErasure(database, Chain, installation.Clock, NullLogger<AuditErasure>.Instance);
        var erased = await Task.WhenAll(Task.Run(() => Erase()), Task.Run(() => elsewhere.Run(Stop)));
        Assert.Equal(30, erased.Sum());
        Assert.Equal((31, null), await Verify());
    }

    [Fact]
    public async Task Whoever_adds_an_entry_meanwhile_comes_before_or_after()
    {
        await Append(3, at: Old);
        var database = OpenAgain(installation);
        using var opened = (IDisposable)database;
        using var elsewhere = new SqlAuditTrail(database, Chain);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => i == 20 ? Erase() : (i % 2 == 0 ? Trail : elsewhere).Append(Entry(AuditedAct.Looked, lamy))));
        Assert.Equal((3 + 39 + 1, null), await Verify());
        Assert.Equal(40, (await installation.Get<IAuditSearch>().Search(new(), 99)).Lines.Count);
    }

    [Fact]
    public async Task When_the_database_takes_nothing_the_caller_is_not_told_that_it_did()
    {
        installation.FailInsertsInto("AuditTrail", "disk full");
        Assert.Contains("disk full", (await Assert.ThrowsAnyAsync<DbException>(() => Append(1))).Message, StringComparison.Ordinal);
        Assert.Equal((0, null), await Verify());
    }

    private async Task Append(int entries, DateTimeOffset? at = null)
    {
        for (var i = 0; i < entries; i++)
            await Trail.Append(Entry(AuditedAct.Looked, i % 2 == 0 ? lamy : other) with { At = at ?? Now });
    }

    private Task<long> Erase(TimeProvider? clock = null) =>
        new AuditErasure(installation.Database, Chain, clock ?? installation.Clock, NullLogger<AuditErasure>.Instance).Run(Stop);

    private AuditEntry Entry(AuditedAct act, Guid? adherent = null, string agent = "marc") => new(Now, act, new(agent, "Raison : appel", "C-1"), adherent);

    private async Task<(long Entries, AuditFlaw? Flaw)> Verify(AuditHead? noted = null)
    {
        var verdict = await Chain.Verify(AuditSql.All(installation.Database, Stop), noted, erased: await Chain.LastErased(installation.Database, Stop));
        return (verdict.Head.Sequence, verdict.Flaw);
    }

    private async Task<AuditHead> Head()
    {
        await using var connection = await installation.Database.Reads.OpenConnectionAsync(Stop);
        return await AuditSql.Head(connection, stop: Stop);
    }

    private async Task<(AuditVerdict Found, AuditHead Head)> Rechain(PseudonymSecret next, Dictionary<Guid, Guid> moved)
    {
        await using var connection = await installation.Database.Writes.OpenConnectionAsync(Stop);
        await using var transaction = await connection.BeginTransactionAsync(Stop);
        var outcome = await new AuditRechaining(installation.Get<IDataProtectionProvider>(), installation.Get<PseudonymSecret>(), next).Run(transaction, moved, Stop);
        await transaction.CommitAsync(Stop);
        return outcome;
    }

    /// <summary>A row as Orleans' provider writes it, as far as the change of the key looks at it.</summary>
    private async Task Store(Grains.AdherentState state)
    {
        var key = state.Owner!.Value.ToByteArray();
        await using var connection = await installation.Database.Writes.OpenConnectionAsync(Stop);
        await using var command = connection.CreateCommand();
        command.CommandText =
            $"""
             INSERT INTO OrleansStorage (GrainIdHash, GrainIdN0, GrainIdN1, GrainTypeHash, GrainTypeString, ServiceId, PayloadBinary, ModifiedOn, Version)
             VALUES (0, @N0, @N1, 0, 'adherent', 'msa', @Payload, {(installation.Database is PostgresDatabase ? "now()" : "''")}, 1)
             """;
        command
            .Add("N0", BitConverter.ToInt64(key, 0)).Add("N1", BitConverter.ToInt64(key, 8))
            .Add("Payload", new Silo.Adherents.AdherentRowSerializer(installation.Get<IDataProtectionProvider>()).Serialize(state).ToArray());
        await command.ExecuteNonQueryAsync(Stop);
    }
}
