using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using MsaOrleans.Grains.Interfaces.Adherents;

namespace MsaOrleans.Web.Resilience;

/// <summary>
/// Asks an adherent again, where that does no harm (<see cref="RetriableAttribute"/>), while his silo has died and another takes over: a visitor
/// waits some seconds and sees nothing of it.
/// </summary>
public sealed class RetryFilter(ILogger<RetryFilter> log) : IOutgoingGrainCallFilter
{
    // A visitor waits longer than that for nobody; what is not over by then is not the death of one silo.
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan pause = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<MethodInfo, bool> retriable = new();

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        if (!retriable.GetOrAdd(context.InterfaceMethod, method => method.IsDefined(typeof(RetriableAttribute))))
        {
            await context.Invoke();
            return;
        }
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await context.Invoke();
                return;
            }
            catch (Exception failure) when (Unavailability.MayPassSoon(failure) && Stopwatch.GetElapsedTime(started) < patience)
            {
                log.LogWarning("{Method} got no answer ({Reason}): asking again", context.MethodName, failure.GetType().Name);
            }
            await Task.Delay(pause);
        }
    }
}
