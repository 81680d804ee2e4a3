using System.Diagnostics;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.Tests.Storage;

public sealed class OverdueAdherentsTests : OverdueAdherentsContract
{
    protected override ValueTask<StorageUnderTest> NewInstallation() => new(new Installation());

    protected override string SignOf(string index) => $"SEARCH OrleansStorage USING INDEX {index}";
}

/// <summary>Whom the searches find, whatever the kind of database.</summary>
public abstract class OverdueAdherentsContract : IAsyncLifetime
{
    private static readonly DateTimeOffset now = new(2026, 6, 15, 10, 0, 0, TimeSpan.Zero);

    private StorageUnderTest installation = null!;

    public async ValueTask InitializeAsync() => installation = await NewInstallation();

    public async ValueTask DisposeAsync()
    {
        await installation.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Those_due_are_found_the_most_overdue_first()
    {
        var (late, due, later, never, cleared) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        Store(new(due, now), new(later, now.AddSeconds(1)), new(late, now.AddDays(-300)), new(never, null));
        StoreOf("somebody-else", new HeaderRow(Guid.NewGuid(), now.AddDays(-1)));
        StoreCleared(new(cleared, now.AddDays(-1)));

        Assert.Equal([late, due], await FindDue());
    }

    [Fact]
    public async Task Pages_of_equal_times_lose_nobody_and_tell_of_nobody_twice()
    {
        var all = Enumerable.Range(0, 1_234).Select(_ => Guid.NewGuid()).ToList();
        Store([.. all.Select(key => new HeaderRow(key, now))]);
        Assert.Equal(all.Order(), (await FindDue()).Order());
    }

    [Fact]
    public async Task A_hundred_among_a_hundred_thousand_are_found_in_no_time()
    {
        Store([.. Enumerable.Range(0, 100_000).Select(i => new HeaderRow(Guid.NewGuid(), i % 1_000 == 0 ? now : null))]);
        var started = Stopwatch.GetTimestamp();
        Assert.Equal(100, (await FindDue()).Count);
        var took = Stopwatch.GetElapsedTime(started);
        Assert.True(took < TimeSpan.FromSeconds(1), $"It took {took}."); // a few milliseconds; a scan of sealed rows would take far longer
    }

    [Fact]
    public async Task Those_who_are_owed_a_letter_are_found_whatever_its_day_and_nobody_else()
    {
        var (late, today, inDays) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        Store(
            new(late, now.AddDays(-300), Owes: true), new(today, now, Owes: true), new(inDays, now.AddDays(300), Owes: true),
            new(Guid.NewGuid(), now.AddDays(-1)), new(Guid.NewGuid(), now.AddDays(1)), new(Guid.NewGuid(), null));
        StoreOf("somebody-else", new HeaderRow(Guid.NewGuid(), now, Owes: true));
        StoreCleared(new(Guid.NewGuid(), now, Owes: true));

        Assert.Equal(new[] { late, today, inDays }.Order(), (await FindOwed()).Order());
    }

    [Fact]
    public async Task A_row_of_form_1_may_owe_a_letter_when_anything_is_due_for_it()
    {
        var (overdue, inDays) = (Guid.NewGuid(), Guid.NewGuid());
        Store(new(overdue, now.AddDays(-1), Form: 1), new(inDays, now.AddDays(300), Form: 1), new(Guid.NewGuid(), null, Form: 1));

        Assert.Equal(new[] { overdue, inDays }.Order(), (await FindOwed()).Order());
    }

    [Theory]
    [InlineData(499)]
    [InlineData(500)]
    [InlineData(1_000)]
    [InlineData(1_234)]
    public async Task Pages_of_letters_owed_lose_nobody_and_tell_of_nobody_twice(int count)
    {
        var all = Enumerable.Range(0, count).Select(_ => Guid.NewGuid()).ToList();
        Store([.. all.Select(key => new HeaderRow(key, now, Owes: true))]);
        Assert.Equal(all.Order(), (await FindOwed()).Order());
    }

    [Fact]
    public async Task Those_whose_letters_leave_meanwhile_make_nobody_miss_his_turn()
    {
        var all = Enumerable.Range(0, 1_234).Select(_ => Guid.NewGuid()).ToList();
        Store([.. all.Select(key => new HeaderRow(key, now, Owes: true))]);
        var found = new List<Guid>();
        await foreach (var adherent in installation.Get<OverdueAdherents>().FindOwedLetters(TestContext.Current.CancellationToken))
        {
            found.Add(adherent);
            if (found.Count == 300)
                installation.Execute("UPDATE OrleansStorage SET PayloadBinary = NULL WHERE GrainIdN0 IN (SELECT GrainIdN0 FROM OrleansStorage ORDER BY GrainIdN0, GrainIdN1 LIMIT 300)");
        }
        Assert.Equal(all.Order(), found.Order());
    }

    [Fact]
    public async Task A_hundred_who_are_owed_a_letter_are_found_among_a_hundred_thousand_in_no_time()
    {
        var owed = Enumerable.Range(0, 100).Select(_ => Guid.NewGuid()).ToList();
        Store([
            .. owed.Select(key => new HeaderRow(key, now.AddDays(3), Owes: true)),
            .. Enumerable.Range(0, 99_900).Select(i => new HeaderRow(Guid.NewGuid(), i % 3 == 0 ? now.AddDays(3) : null))]);
        var started = Stopwatch.GetTimestamp();
        var found = await FindOwed();
        var took = Stopwatch.GetElapsedTime(started);
        Assert.Equal(owed.Order(), found.Order());
        Assert.True(took < TimeSpan.FromSeconds(1), $"It took {took}."); // as above
    }

    [Fact]
    public void Each_search_uses_its_index()
    {
        Store([.. Enumerable.Range(0, 5_000).Select(i => new HeaderRow(Guid.NewGuid(), i % 100 == 0 ? now : null, Owes: i % 100 == 0))]);
        installation.Execute("ANALYZE");
        AssertUses("IX_OrleansStorage_Due", installation.Database.DuePageQuery);
        AssertUses("IX_OrleansStorage_Owed", installation.Database.OwedPageQuery);

        void AssertUses(string index, string query) =>
            Assert.Contains(SignOf(index), installation.PlanOf(query, command => OverdueAdherents.AddParameters(command, now)), StringComparison.OrdinalIgnoreCase);
    }

    protected abstract ValueTask<StorageUnderTest> NewInstallation();

    /// <summary>What a plan says that searches by this index.</summary>
    protected abstract string SignOf(string index);

    private async Task<List<Guid>> FindDue() =>
        await installation.Get<OverdueAdherents>().Find(now, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

    private async Task<List<Guid>> FindOwed() =>
        await installation.Get<OverdueAdherents>().FindOwedLetters(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

    private void Store(params IReadOnlyList<HeaderRow> rows) => installation.Store(rows);

    private void StoreOf(string state, params IReadOnlyList<HeaderRow> rows) => installation.StoreOf(state, rows);

    private void StoreCleared(HeaderRow row)
    {
        Store(row);
        installation.Execute($"UPDATE OrleansStorage SET PayloadBinary = NULL WHERE GrainIdN0 = {BitConverter.ToInt64(row.Adherent.ToByteArray(), 0)}");
    }
}
