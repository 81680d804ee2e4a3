using MsaOrleans.Grains;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Postal;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Silo.Search;
using MsaOrleans.Silo.Tests.Storage;

namespace MsaOrleans.Silo.Tests.Postal;

public sealed class WaitingCopiesTests : WaitingCopiesContract
{
    protected override ValueTask<StorageUnderTest> NewInstallation() => new(new Installation());
}

public sealed class PostgresWaitingCopiesTests : WaitingCopiesContract
{
    protected override async ValueTask<StorageUnderTest> NewInstallation() => await Postgres.PostgresInstallation.Create();
}

/// <summary>The queue of the post stands beside the rows and never says anything else than they do, whatever the kind of database.</summary>
public abstract class WaitingCopiesContract : RowsContract
{
    private static readonly PostalBatch batch = PostalBatch.Parse("7K3M-9QRT");

    private long Entries => Installation.Scalar<long>("SELECT count(*) FROM WaitingCopies");

    private IWaitingCopies Queue => Installation.Get<IWaitingCopies>();

    private AdherentState Waiting => Account with { PostalCopies = Added(new()) };

    [Fact]
    public async Task Each_caisse_has_its_own_queue_the_longest_waiting_first()
    {
        var keys = new List<Guid>();
        foreach (var (minute, caisse) in ((int, string?)[])[(3, "alsace"), (1, "alsace"), (2, "ain-rhone"), (2, "alsace"), (4, null)])
        {
            var key = Keys.For(Nir.Parse($"163096748222{keys.Count + 1}"));
            await Write(Account with { Owner = key, PostalCopies = Added(Added(new(), minute, caisse), minute + 10, caisse) });
            keys.Add(key);
        }
        Assert.Equal([keys[1], keys[3], keys[0]], await Queue.Find("alsace", 0, 10));
        Assert.Equal([keys[3]], await Queue.Find("alsace", 1, 1));
        Assert.Equal([keys[4]], await Queue.Find(IPostalQueue.NoCaisse, 0, 10));
        Assert.Empty(await Queue.Find("bourgogne", 0, 10));
        Assert.Equal(
            [new CaisseMail("alsace", 6, 0, Now.AddMinutes(1)), new("ain-rhone", 2, 0, Now.AddMinutes(2)), new(IPostalQueue.NoCaisse, 2, 0, Now.AddMinutes(4))],
            await Queue.Caisses());
        Assert.Contains("IX_WaitingCopies_Caisse", Installation.PlanOf("SELECT GrainIdN0, GrainIdN1 FROM WaitingCopies WHERE Caisse = 1 AND Batch = '' ORDER BY Since, GrainIdN0, GrainIdN1 LIMIT 50", _ => { }), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_letter_is_in_the_queue_then_in_a_batch_then_nowhere()
    {
        var row = await Write(Waiting);
        Assert.Equal(1, Entries);
        var copies = Added(row.State!.PostalCopies, 1).Prepare(batch, "marie", 1, Now.AddHours(1)).Item1;
        await Write(row.State with { PostalCopies = copies }, row);
        Assert.Equal([Keys.For(fritz)], await Queue.Find("alsace", 0, 10)); // the second letter
        Assert.Equal([batch], await Queue.Batches("alsace", 10));
        Assert.Empty(await Queue.Batches("ain-rhone", 10));
        var entries = (await Queue.In(batch))!;
        Assert.Equal(("alsace", 1, Keys.For(fritz)), (entries.Caisse, entries.Letters, Assert.Single(entries.Adherents)));
        Assert.Equal(("alsace", 1, 1), (await Queue.Caisses()).Select(mail => (mail.Caisse, mail.Letters, mail.Prepared)).Single());

        await Write(row.State with { PostalCopies = copies.Printed(batch, Now).Post(batch, Now).Item1 }, row);
        Assert.Null(await Queue.In(batch));
        Assert.Empty(await Queue.Batches("alsace", 10));
        Assert.Equal(1, Entries);
        Assert.Equal(2, Installation.Scalar<long>("SELECT count(*) FROM SearchIndex")); // nobody is lost from the other one
    }

    [Fact]
    public async Task What_changes_nothing_in_the_queue_does_not_touch_it_and_an_error_in_it_leaves_the_row_as_it_was()
    {
        var row = await Write(Account);
        Installation.FailInsertsInto("WaitingCopies", "touched");
        await Write(Account with { Credentials = Account.Credentials with { LastSignInAt = Now } }, row);
        await Assert.ThrowsAnyAsync<Exception>(() => Write(Waiting, row));
        Assert.Empty((await Read(fritz)).State!.PostalCopies.All);
        Assert.Equal(0, Entries);
    }

    [Fact]
    public async Task Who_closes_his_account_or_is_erased_gets_no_letter()
    {
        var row = await Write(Waiting);
        await Close(row);
        Assert.Equal(0, Entries);
        await Write(Waiting, row);
        Assert.Equal(1, Entries);
        Installation.Execute("DELETE FROM OrleansStorage");
        Assert.Equal(0, Entries);
    }

    [Fact]
    public async Task Going_through_all_rows_brings_in_what_waits_and_takes_out_what_does_not()
    {
        var other = await LeaveAstray(Waiting);
        Assert.Equal([Keys.For(fritz)], await Queue.Find("alsace", 0, 10));
        await Installation.Get<SearchIndexing>().Run(stop: TestContext.Current.CancellationToken);
        Assert.Equal([other], await Queue.Find("alsace", 0, 10));
    }

    [Fact]
    public async Task Under_another_pseudonym_key_it_waits_for_the_same_caisse()
    {
        await Write(Waiting);
        var token = Installation.Scalar<long>("SELECT Caisse FROM WaitingCopies");
        Installation.Execute("INSERT INTO WaitingCopies (GrainIdN0, GrainIdN1, Batch, Caisse, Since, Letters) VALUES (1, 2, '', 3, 4, 5)"); // of a row that is gone
        var (next, _) = await ChangePseudonymKey();
        Assert.Equal(1, Entries);
        Assert.Equal(new SearchTokens(next).OfCaisse("alsace"), Installation.Scalar<long>("SELECT Caisse FROM WaitingCopies"));
        Assert.NotEqual(token, Installation.Scalar<long>("SELECT Caisse FROM WaitingCopies"));
    }

    private PostalCopies Added(PostalCopies copies, int minute = 0, string? caisse = "alsace") => copies.Add(Guid.NewGuid(), PostalCopyKind.Acknowledgement, caisse, Now.AddMinutes(minute));
}
