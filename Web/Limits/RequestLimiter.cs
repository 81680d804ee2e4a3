using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Diagnostics;

namespace MsaOrleans.Web.Limits;

/// <summary>
/// The limiter that the framework's middleware asks about every request. A request that one rule refuses is counted under none. The pages that tell of errors
/// are not asked for by anybody, and free.
/// </summary>
public sealed class RequestLimiter(LimitSettings settings, RequestCounters counters) : PartitionedRateLimiter<HttpContext>
{
    private static readonly Lease granted = new(null, default);

    public override RateLimiterStatistics? GetStatistics(HttpContext resource) => null;

    protected override RateLimitLease AttemptAcquireCore(HttpContext resource, int permitCount) =>
        IsFree(resource) ? granted : Ask(resource, onlyLook: true) ?? Ask(resource, onlyLook: false) ?? granted;

    // Nobody waits in a queue: the middleware comes here after a refusal, to hear it again.
    protected override ValueTask<RateLimitLease> AcquireAsyncCore(HttpContext resource, int permitCount, CancellationToken cancellationToken) =>
        ValueTask.FromResult(AttemptAcquireCore(resource, permitCount));

    private bool IsFree(HttpContext context)
    {
        if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null
            || context.Connection.RemoteIpAddress.IsIn(settings.Exempt))
            return true;
        foreach (var endpoint in settings.Free)
        {
            if (endpoint.Matches(context.Request.Method, context.Request.Path.Value))
                return true;
        }
        return false;
    }

    // The refusal that lasts longest, if any.
    private Lease? Ask(HttpContext context, bool onlyLook)
    {
        var client = Client.Of(context.Connection.RemoteIpAddress);
        Lease? refusal = null;
        for (var i = 0; i < settings.Rules.Count; i++)
        {
            var rule = settings.Rules[i];
            if (rule.Endpoint.Matches(context.Request.Method, context.Request.Path.Value)
                && counters.Take(client, i, rule, onlyLook) is { } wait && !(wait <= refusal?.Wait))
                refusal = new(rule, wait);
        }
        return refusal;
    }

    /// <summary>What came of asking.</summary>
    public sealed class Lease(LimitRule? refusedBy, TimeSpan wait) : RateLimitLease
    {
        public LimitRule? RefusedBy => refusedBy;

        public TimeSpan Wait => wait;

        public override bool IsAcquired => refusedBy is null;

        public override IEnumerable<string> MetadataNames => IsAcquired ? [] : [MetadataName.RetryAfter.Name];

        public override bool TryGetMetadata(string metadataName, [NotNullWhen(true)] out object? metadata)
        {
            metadata = !IsAcquired && metadataName == MetadataName.RetryAfter.Name ? wait : null;
            return metadata is not null;
        }
    }
}
