using MsaOrleans.Grains;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Messages;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Silo.Search;
using MsaOrleans.Silo.Tests.Storage;
using Orleans.Storage;

namespace MsaOrleans.Silo.Tests.Messages;

public sealed class WaitingMessagesTests : WaitingMessagesContract
{
    protected override ValueTask<StorageUnderTest> NewInstallation() => new(new Installation());
}

public sealed class PostgresWaitingMessagesTests : WaitingMessagesContract
{
    protected override async ValueTask<StorageUnderTest> NewInstallation() => await Postgres.PostgresInstallation.Create();
}

/// <summary>The queue stands beside the rows and never says anything else than they do, whatever the kind of database.</summary>
public abstract class WaitingMessagesContract : RowsContract
{
    private long Entries => Installation.Scalar<long>("SELECT count(*) FROM WaitingMessages");

    private AdherentState Waiting => Account with { Conversations = Written(new(), Now) };

    [Fact]
    public async Task Who_has_waited_longest_comes_first_page_by_page()
    {
        var keys = new List<Guid>();
        foreach (var minute in (int[])[3, 1, 2, 1])
        {
            var key = Keys.For(Nir.Parse($"163096748222{keys.Count + 1}"));
            await Write(Account with { Owner = key, Conversations = Written(Written(new(), Now.AddMinutes(minute)), Now.AddMinutes(minute - 1), "Autre chose") });
            keys.Add(key);
        }
        var all = await Find(0, 10);
        Assert.Equal([keys[1], keys[3]], all.Take(2).OrderBy(keys.IndexOf));
        Assert.Equal([keys[2], keys[0]], all.Skip(2));
        Assert.Equal(all, [.. await Find(0, 3), .. await Find(3, 3)]);
        Assert.Equal(Now.ToUnixTimeMilliseconds(), Installation.Scalar<long>("SELECT min(Since) FROM WaitingMessages"));
        Assert.Contains("IX_WaitingMessages_Since", Installation.PlanOf("SELECT GrainIdN0, GrainIdN1 FROM WaitingMessages WHERE Since > 0 ORDER BY Since, GrainIdN0, GrainIdN1 LIMIT 50", _ => { }), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_entry_comes_with_the_message_stays_with_a_second_and_goes_with_the_answer()
    {
        var row = await Write(Account);
        Assert.Equal(0, Entries);
        await Write(Waiting, row);
        Assert.Equal([Keys.For(fritz)], await Find());
        var since = Installation.Scalar<long>("SELECT Since FROM WaitingMessages");
        await Write(row.State! with { Conversations = Written(row.State!.Conversations, Now.AddHours(1), "Encore") }, row);
        Assert.Equal(since, Installation.Scalar<long>("SELECT Since FROM WaitingMessages"));

        foreach (var conversation in row.State!.Conversations.All)
            await Write(MessageActs.Answer(row.State, conversation.Id, "marie", "Voici", 1, close: false, Guid.NewGuid(), Now).Next, row);
        Assert.Equal(0, Entries);
        Assert.Equal(2, (await Read(fritz)).State!.Conversations.All.Count(c => c.Messages.Count == 2));
        Assert.Equal(2, Installation.Scalar<long>("SELECT count(*) FROM SearchIndex")); // nobody is lost from the other one
    }

    [Fact]
    public async Task What_changes_nothing_in_the_queue_does_not_touch_it()
    {
        await Write(Waiting);
        var row = await Read(fritz);
        Installation.FailInsertsInto("WaitingMessages", "touched");
        await Write(MessageActs.Take(row.State!, row.State!.Conversations.All[0].Id, "marie", Now).Next, row);
        Assert.Equal("marie", (await Read(fritz)).State!.Conversations.All[0].Hold!.Agent);
    }

    [Fact]
    public async Task Whoever_signs_up_asks_nothing_of_the_queue_and_whoever_writes_asks_nothing_of_the_search_index()
    {
        var row = await Read(fritz); // nobody yet
        await Write(new() { Owner = Keys.For(fritz), Nir = fritz }, row);
        TakeAway("WaitingMessages");
        await Write(Account, row);
        PutBack("WaitingMessages");
        TakeAway("SearchIndex");
        await Write(Waiting, row);
        Assert.Equal([Keys.For(fritz)], await Find());
    }

    [Fact]
    public async Task After_a_write_that_failed_the_next_one_brings_both_what_it_would_have_left()
    {
        await Write(Account);
        var row = await Read(fritz);
        var next = Waiting with { Contact = new() { Email = EmailAddress.Parse("neuf@exemple.fr") } };
        TakeAway("WaitingMessages");
        await Assert.ThrowsAnyAsync<Exception>(() => Write(next, row));
        PutBack("WaitingMessages");
        await Write(next, row);
        Assert.Equal([Keys.For(fritz)], await Find());
        Assert.Equal(1, Installation.Scalar<long>($"SELECT count(*) FROM SearchIndex WHERE Token = {Installation.Get<SearchTokens>().OfEmail(next.Contact.Email)}"));
    }

    [Fact]
    public async Task An_error_in_the_queue_leaves_the_row_as_it_was()
    {
        var row = await Write(Account);
        Installation.FailInsertsInto("WaitingMessages", "disk full");
        await Assert.ThrowsAnyAsync<Exception>(() => Write(Waiting, row));
        Assert.Empty((await Read(fritz)).State!.Conversations.All);
        Assert.Equal(0, Entries);
    }

    [Fact]
    public async Task A_write_that_comes_too_late_changes_neither_the_row_nor_the_queue()
    {
        await Write(Account);
        var (mine, theirs) = (await Read(fritz), await Read(fritz));
        await Write(mine.State! with { Credentials = mine.State!.Credentials with { LastSignInAt = Now } }, mine);
        await Assert.ThrowsAsync<InconsistentStateException>(() => Write(Waiting, theirs));
        Assert.Equal(0, Entries);
    }

    [Fact]
    public async Task Who_closes_his_account_or_is_erased_waits_no_more()
    {
        var row = await Write(Waiting);
        await Close(row);
        Assert.Equal(0, Entries);
        await Write(Waiting, row);
        Assert.Equal(1, Entries);
        await Storage.ClearStateAsync(AdherentGrain.StateName, IdOf(row.State!.Owner!.Value), row);
        Assert.Equal(0, Entries);
        await Write(Waiting, row);
        Assert.Equal(1, Entries);
        Installation.Execute("DELETE FROM OrleansStorage");
        Assert.Equal(0, Entries);
    }

    [Fact]
    public async Task Going_through_all_rows_brings_in_who_waits_and_takes_out_who_does_not()
    {
        var other = await LeaveAstray(Waiting);
        Assert.Equal([Keys.For(fritz)], await Find());
        await Installation.Get<SearchIndexing>().Run(stop: TestContext.Current.CancellationToken);
        Assert.Equal([other], await Find());
    }

    [Fact]
    public async Task Under_another_pseudonym_key_he_waits_as_long_as_before()
    {
        await Write(Waiting);
        var since = Installation.Scalar<long>("SELECT Since FROM WaitingMessages");
        Installation.Execute("INSERT INTO WaitingMessages (GrainIdN0, GrainIdN1, Since) VALUES (1, 2, 3)"); // of a row that is gone
        var (next, _) = await ChangePseudonymKey();
        Assert.Equal([new AdherentKeys(next.Value).For(fritz)], await Find());
        Assert.Equal(since, Installation.Scalar<long>("SELECT Since FROM WaitingMessages"));
    }

    private static Conversations Written(Conversations all, DateTimeOffset at, string text = "Bonjour") => all.Begin(Guid.NewGuid(), MessageTopic.Other, text, at).Item1;

    // A statement on a table that is not there fails, whether or not it would have changed a row.
    private void TakeAway(string table) => Installation.Execute($"ALTER TABLE {table} RENAME TO Elsewhere");

    private void PutBack(string table) => Installation.Execute($"ALTER TABLE Elsewhere RENAME TO {table}");

    private Task<IReadOnlyList<Guid>> Find(int skip = 0, int most = 10) => Installation.Get<IWaitingMessages>().Find(skip, most);
}
