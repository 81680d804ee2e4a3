using System.Data.Common;
using Hangfire;
using Microsoft.Extensions.Logging;
using MsaOrleans.Grains.Interfaces.Adherents;

namespace MsaOrleans.Silo.Storage;

/// <summary>Tells a machine that is away from a fault of ours: a database, or the queue in it, that does not answer, is read-only or full.</summary>
internal static class BackendTrouble
{
    public static bool Is(Exception failure) => failure is DbException or BackgroundJobClientException or IOException;

    /// <exception cref="BackendUnavailableException">The machine is away.</exception>
    public static async Task Translate(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception failure) when (Is(failure))
        {
            throw From(failure);
        }
    }

    // What the database said may quote what it was given: it stays in the log of this process, and the type is enough for the others.
    public static BackendUnavailableException From(Exception failure) => new($"The backend is unavailable ({failure.GetType().Name}).");
}

/// <summary>What callers are told when storage, registry or queue is away, instead of an exception of a library that they do not know.</summary>
internal sealed class BackendTroubleFilter(ILogger<BackendTroubleFilter> log) : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (Exception failure) when (BackendTrouble.Is(failure))
        {
            log.LogError(failure, "{Grain} {Method}: storage, registry or queue is away", context.TargetId, context.MethodName);
            throw BackendTrouble.From(failure);
        }
    }
}
