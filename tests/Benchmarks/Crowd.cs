using System.Collections.Concurrent;
using System.Diagnostics;

namespace MsaOrleans.Benchmarks;

/// <summary>Visitors at once, who each keep to one of the sites.</summary>
/// <param name="sites">Their addresses, taken in turn.</param>
/// <param name="progress">Is told of journeys that fail.</param>
/// <param name="stop">They all go home.</param>
internal sealed class Crowd(IReadOnlyList<string> sites, TextWriter progress, CancellationToken stop)
{
    private int failures;
    private int came;

    /// <summary>Journeys that have not reached their end so far.</summary>
    public int Failures => failures;

    /// <summary>One journey for each item.</summary>
    /// <returns>How long each took that reached its end, shortest first.</returns>
    public async Task<IReadOnlyList<TimeSpan>> Send<T>(IEnumerable<T> items, int atOnce, Func<LightVisitor, T, Task> journey)
    {
        var took = new ConcurrentBag<TimeSpan>();
        await Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = stop }, async (item, _) =>
        {
            using var visitor = new LightVisitor(sites[(int)((uint)Interlocked.Increment(ref came) % sites.Count)]);
            try
            {
                var started = Stopwatch.GetTimestamp();
                await journey(visitor, item);
                took.Add(Stopwatch.GetElapsedTime(started));
            }
            catch (Exception e) when (e is InvalidOperationException or HttpRequestException)
            {
                Interlocked.Increment(ref failures);
                await progress.WriteLineAsync(e.Message);
            }
        });
        return [.. took.Order()];
    }
}
