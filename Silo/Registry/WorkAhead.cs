using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace MsaOrleans.Silo.Registry;

/// <summary>Stages of work that run beside each other, for whoever takes the results one by one.</summary>
internal static class WorkAhead
{
    /// <summary>
    /// Works on so many items at once, ahead of who takes the results, which come in the order of the items. When the taking ends, early or with an error,
    /// nothing is under way any more. What fails, here or in the source, is thrown where its result would have come.
    /// </summary>
    public static async IAsyncEnumerable<TResult> SelectAhead<T, TResult>(
        this IAsyncEnumerable<T> source, int atOnce, Func<T, Task<TResult>> work, [EnumeratorCancellation] CancellationToken stop = default)
    {
        var begun = Channel.CreateBounded<Task<TResult>>(new BoundedChannelOptions(atOnce) { SingleReader = true, SingleWriter = true });
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var feeding = Task.Run(() => Feed(end.Token), CancellationToken.None);
        try
        {
            await foreach (var result in begun.Reader.ReadAllAsync(stop))
                yield return await result;
        }
        finally
        {
            await end.CancelAsync();
            await feeding;
            while (begun.Reader.TryRead(out var left))
                await left.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        async Task Feed(CancellationToken ended)
        {
            Exception? failure = null;
            try
            {
                await foreach (var item in source.WithCancellation(ended))
                {
                    // Room first: what is begun is in the channel, and awaited whatever happens.
                    if (!await begun.Writer.WaitToWriteAsync(ended) || !begun.Writer.TryWrite(Task.Run(() => work(item), CancellationToken.None)))
                        break;
                }
            }
            catch (Exception thrown)
            {
                failure = thrown;
            }
            begun.Writer.Complete(failure);
        }
    }
}
