using System.Collections.Concurrent;
using System.Diagnostics;

namespace MsaOrleans.Load;

/// <summary>After the load: can everybody sign in who was told that his registration was finished?</summary>
internal sealed class Truth(LoadOptions options, Accounts accounts, Postbox post)
{
    private const int AtOnce = 8;
    private const int Tries = 4;
    private static readonly TimeSpan betweenTries = TimeSpan.FromSeconds(1);

    public async Task<TruthReport> Check(CancellationToken stop)
    {
        var lost = new ConcurrentQueue<string>();
        var clock = Stopwatch.StartNew();
        var came = 0;
        await Parallel.ForEachAsync(accounts.Acknowledged, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop }, async (account, _) =>
        {
            if (account.Password is null && account.Uncertain is null)
            {
                var left = options.LettersWithin - clock.Elapsed;
                if (await post.Wait(account.Person.Email, Letters.ProvisionalPassword, left > TimeSpan.Zero ? left : TimeSpan.Zero, stop) is null)
                {
                    lost.Enqueue($"{account.Person.Email} was registered and got no letter");
                    return;
                }
            }
            if (await Why(account, Interlocked.Increment(ref came), stop) is { } why)
                lost.Enqueue($"{account.Person.Email} was registered and cannot sign in: {why}");
        });
        return new(accounts.Acknowledged.Count, [.. lost]);
    }

    // A server that is just starting again is given time.
    private async Task<string?> Why(Account account, int number, CancellationToken stop)
    {
        for (var tries = 1; ; tries++)
        {
            using var browser = new LoadBrowser(new(options.Site, null, options.Forwarded?.Address(-number), Assets: false));
            try
            {
                await new Visitor(browser, account, post, new(TimeSpan.Zero, 0), Random.Shared).Reach("/connexion", () => browser is { Status: 200, Path: not "/connexion" }, stop);
                return null;
            }
            catch (VisitFailedException failed) when (tries == Tries || failed.Kind == Visitor.NoPassword)
            {
                return failed.Message;
            }
            catch (VisitFailedException)
            {
                await Task.Delay(betweenTries, stop);
            }
        }
    }
}
