using MsaOrleans.Silo.Registry;

namespace MsaOrleans.Silo.Tests.Registry;

public sealed class WorkAheadTests
{
    [Fact]
    public async Task Results_come_in_the_order_of_the_items_whatever_is_done_first()
    {
        var done = Enumerable.Range(0, 4).Select(_ => new TaskCompletionSource()).ToList();
        done[0].SetResult();
        var results = Numbers(4).SelectAhead(4, async number =>
        {
            await done[number].Task;
            if (number > 1)
                done[number - 1].SetResult(); // each waits for the one after it
            return number * 10;
        });
        done[3].SetResult();
        Assert.Equal([0, 10, 20, 30], await results.ToListAsync());
    }

    [Fact]
    public async Task Not_more_is_begun_than_may_wait()
    {
        var begun = 0;
        await using var results = Numbers(100).SelectAhead(3, number => Task.FromResult(Interlocked.Increment(ref begun))).GetAsyncEnumerator();
        for (var taken = 1; taken <= 100; taken++)
        {
            Assert.True(await results.MoveNextAsync());
            Assert.InRange(Volatile.Read(ref begun), taken, taken + 3 + 1);
        }
    }

    [Fact]
    public async Task A_failure_comes_where_its_result_would_have_come()
    {
        var taken = new List<int>();
        var failure = await Assert.ThrowsAsync<IOException>(() => Take(Numbers(1_000).SelectAhead(8, number => number == 5 ? throw new IOException("work") : Task.FromResult(number)), taken.Add));
        Assert.Equal(("work", 5), (failure.Message, taken.Count));
    }

    [Fact]
    public async Task A_failure_of_the_source_comes_after_what_it_had_given()
    {
        var taken = new List<int>();
        var failure = await Assert.ThrowsAsync<IOException>(() => Take(Numbers(1_000, failAt: 5).SelectAhead(8, Task.FromResult), taken.Add));
        Assert.Equal(("source", 5), (failure.Message, taken.Count));
    }

    [Fact]
    public async Task When_the_taking_ends_early_nothing_is_under_way_any_more()
    {
        var (under, ended) = (0, false);
        var results = Numbers(int.MaxValue, ended: () => ended = true).SelectAhead(4, Work).SelectAhead(4, Work);
        await Assert.ThrowsAsync<IOException>(() => Take(results, number =>
        {
            if (number == 20)
                throw new IOException();
        }));
        Assert.Equal((0, true), (under, ended));

        async Task<int> Work(int number)
        {
            Interlocked.Increment(ref under);
            await Task.Yield();
            Interlocked.Decrement(ref under);
            return number;
        }
    }

    [Fact]
    public async Task It_stops_when_it_is_told_to()
    {
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Take(Numbers(int.MaxValue).SelectAhead(2, Task.FromResult, stop.Token), number =>
        {
            if (number == 20)
                stop.Cancel();
            Assert.InRange(number, 0, 20 + 4); // what was begun
        }));
    }

    private static async Task Take(IAsyncEnumerable<int> results, Action<int> each)
    {
        await foreach (var result in results)
            each(result);
    }

    private static async IAsyncEnumerable<int> Numbers(int count, int failAt = -1, Action? ended = null)
    {
        try
        {
            for (var number = 0; number < count; number++)
            {
                await Task.Yield();
                yield return number != failAt ? number : throw new IOException("source");
            }
        }
        finally
        {
            ended?.Invoke();
        }
    }
}
