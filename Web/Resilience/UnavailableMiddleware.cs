namespace MsaOrleans.Web.Resilience;

/// <summary>
/// Answers 503, with when to come back and what was typed, where the machines behind the site are away, rather than 500 as for a fault of ours.
/// Stands below the pages for status codes, which then show it.
/// </summary>
internal sealed class UnavailableMiddleware(RequestDelegate next, IHostApplicationLifetime lifetime, ILogger<UnavailableMiddleware> log)
{
    // Seconds. A silo's death is over by then; so is the restart of a database.
    private const string RetryAfter = "10";

    public async Task Invoke(HttpContext context)
    {
        // The site answers before it has met the cluster, and cannot name an adherent until then. Asked before: it may have met it by the time of the failure.
        var hasMetCluster = lifetime.ApplicationStarted.IsCancellationRequested;
        try
        {
            await next(context);
        }
        catch (Exception failure) when ((Unavailability.Is(failure) || !hasMetCluster) && !context.Response.HasStarted && context.Features.Get<InterruptedRequest>() is null
            && !context.RequestAborted.IsCancellationRequested)
        {
            log.LogWarning("{Method} {Route} could not be served ({Reason}: {Message})", context.Request.Method, RouteOf(context), failure.GetType().Name, failure.Message);
            var interrupted = await InterruptedRequest.From(context.Request);
            context.Response.Clear(); // nothing was done, so no cookie says that it was
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = RetryAfter;
            context.Features.Set(interrupted);
        }
    }

    // Not the address, which may hold the secret of a link.
    private static string? RouteOf(HttpContext context) => (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
}
