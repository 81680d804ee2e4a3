using System.Data.Common;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Silo.Audit;
using MsaOrleans.Silo.Storage;
using MsaOrleans.Silo.Tests.Postgres;

namespace MsaOrleans.Silo.Tests.Audit;

public sealed class EmbeddedAuditErasureTests : AuditErasureContract
{
    protected override ValueTask<StorageUnderTest> NewInstallation() => new(new Installation());
}

public sealed class PostgresAuditErasureTests : AuditErasureContract
{
    protected override async ValueTask<StorageUnderTest> NewInstallation() => await PostgresInstallation.Create();
}

/// <summary>What is older than five years goes, nothing else does, and the rest still holds together.</summary>
public abstract class AuditErasureContract : AuditContract
{
    /// <summary>Older than the record is kept.</summary>
    private DateTimeOffset Old => Now.AddYears(-5).AddDays(-2);

    [Fact]
    public async Task After_five_years_the_beginning_goes_and_an_entry_that_says_so_holds_the_rest()
    {
        await Append(4, at: Old);
        var last = await Head();
        await Append(2);
        var noted = await Head();

        Assert.Equal(4, await Erase());

        Assert.Equal((7, null), await Verify(noted));
        var lines = (await Here.Get<IAuditSearch>().Search(new(), 9)).Lines;
        Assert.Equal([7L, 6, 5], lines.Select(line => line.Sequence));
        Assert.Equal((AuditedAct.ErasedOld, AgentAct.Silo, $"{last}", Now), (lines[0].Act, lines[0].By.Agent, lines[0].Detail, lines[0].At));
        Assert.Equal((7, null), await Verify(last)); // noted when it was the end
        Assert.Equal(AuditFault.NotAsNoted, (await Verify(last with { Hash = noted.Hash })).Flaw?.Fault);
        Assert.Equal(new(3, AuditFault.NotedErased), (await Verify(last with { Sequence = 3 })).Flaw);
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
        Assert.Equal([5L], (await Here.Get<IAuditSearch>().Search(new(), 9)).Lines.Select(line => line.Sequence));
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
        await Fill(more);

        Assert.Equal(more, await Erase());

        Assert.Equal((more + 2, null), await Verify());
        Assert.Equal(2, (await Here.Get<IAuditSearch>().Search(new(), 9)).Lines.Count);
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
        LiftTriggers();
        Here.Execute(statements);
        Assert.Equal(named, (await Verify()).Flaw?.Sequence);
    }

    [Fact]
    public async Task Of_what_was_not_intact_when_it_was_erased_the_entry_says_so()
    {
        await Append(4, at: Old);
        await Append(1);
        LiftTriggers();
        Here.Execute("UPDATE AuditTrail SET Agent = 'x' WHERE Sequence = 2");

        Assert.Equal(4, await Erase());

        Assert.Equal((6, null), await Verify());
        Assert.EndsWith($" {new AuditFlaw(2, AuditFault.Altered)}", (await Here.Get<IAuditSearch>().Search(new(), 1)).Lines[0].Detail, StringComparison.Ordinal);
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
        var under = new AuditChain(Here.Get<IDataProtectionProvider>(), next);
        Assert.Equal(new AuditVerdict(end), (await under.Verify(Here.Database, null, onIntact: null, Stop)).Verdict);
        Assert.ThrowsAny<DbException>(() => Here.Execute("DELETE FROM AuditTrail")); // the triggers are back
    }

    [Fact]
    public async Task Two_machines_that_erase_at_once_do_it_once()
    {
        await Append(30, at: Old);
        var database = OpenAgain();
        using var opened = (IDisposable)database;
        var elsewhere = new AuditErasure(database, Chain, Here.Clock, NullLogger<AuditErasure>.Instance);
        var erased = await Task.WhenAll(Task.Run(() => Erase()), Task.Run(() => elsewhere.Run(Stop)));
        Assert.Equal(30, erased.Sum());
        Assert.Equal((31, null), await Verify());
    }

    [Fact]
    public async Task Whoever_adds_an_entry_meanwhile_comes_before_or_after()
    {
        await Append(3, at: Old);
        var database = OpenAgain();
        using var opened = (IDisposable)database;
        using var elsewhere = new SqlAuditTrail(database, Chain);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => i == 20 ? Erase() : (i % 2 == 0 ? Trail : elsewhere).Append(Entry(AuditedAct.Looked, Lamy))));
        Assert.Equal((3 + 39 + 1, null), await Verify());
        Assert.Equal(40, (await Here.Get<IAuditSearch>().Search(new(), 99)).Lines.Count);
    }

    [Fact]
    public async Task What_is_erased_while_it_is_verified_was_not_removed_by_anybody()
    {
        const int old = 2_500; // more than are read at once
        await Fill(old);
        await Append(1);
        var passes = new List<AuditHead>();

        var (verdict, erased) = await Chain.Verify(Here.Database, null, async (row, erased) =>
        {
            if (row.Sequence == 1)
                Assert.Equal(old, await Erase());
            if (!passes.Contains(erased))
                passes.Add(erased);
        }, Stop);

        Assert.Equal(new(await Head()), verdict);
        Assert.Equal((old + 2, old), (verdict.Head.Sequence, erased.Sequence));
        Assert.Equal([AuditHead.Nothing, erased], passes);
    }

    /// <summary>Old entries, quicker than one after the other.</summary>
    private async Task Fill(int entries)
    {
        var rows = new List<AuditRow>();
        while (rows.Count < entries)
            rows.Add(Chain.Next(rows is [.., var end] ? end.Head : AuditHead.Nothing, Entry(AuditedAct.Looked, Lamy) with { At = Old }));
        await using var connection = await Here.Database.Writes.OpenConnectionAsync(Stop);
        await using var transaction = await connection.BeginTransactionAsync(Stop);
        foreach (var row in rows)
            await AuditSql.Insert(row, connection, transaction, Stop);
        await transaction.CommitAsync(Stop);
    }

    private Task<long> Erase(TimeProvider? clock = null) =>
        new AuditErasure(Here.Database, Chain, clock ?? Here.Clock, NullLogger<AuditErasure>.Instance).Run(Stop);
}
