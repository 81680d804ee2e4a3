using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.RateLimiting;
using MsaOrleans.Web.Resilience;

namespace MsaOrleans.Web.Limits;

/// <summary>
/// What a client hears who has made too many requests: 429, when to come back, and, where somebody reads it, a page that keeps what was typed. It is counted,
/// and told to the log once a minute for each rule; whose address it was is told to nobody.
/// </summary>
public sealed class Refusal
{
    public const string MeterName = "MsaOrleans.Web";

    // More text than any form of the site, and too little to be worth sending in quantities.
    private const int LongestKept = 64 * 1024;

    private static readonly TimeSpan betweenLines = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<LimitRule, Tally> tallies = new();
    private readonly Counter<long> limited;
    private readonly TimeProvider clock;
    private readonly ILogger<Refusal> log;

    public Refusal(IMeterFactory meters, TimeProvider clock, ILogger<Refusal> log)
    {
        (this.clock, this.log) = (clock, log);
        limited = meters.Create(MeterName).CreateCounter<long>("msa.requests.limited", "{request}", "Requests refused, since their client has made too many.");
    }

    public async ValueTask Answer(OnRejectedContext rejected, CancellationToken stop)
    {
        var (context, lease) = (rejected.HttpContext, (RequestLimiter.Lease)rejected.Lease);
        Note(lease.RefusedBy!);
        context.Response.Headers.RetryAfter = ((long)Math.Ceiling(lease.Wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        context.Response.Headers.CacheControl = "no-store";
        if (SomebodyReads(context.Request))
            context.Features.Set(await InterruptedRequest.From(context.Request, LongestKept));
        else if (context.Features.Get<IStatusCodePagesFeature>() is { } pages)
            pages.Enabled = false;
    }

    // Scripts, images and the like get no page. A browser says what it asks for; what does not say so may be an old one.
    private static bool SomebodyReads(HttpRequest request) =>
        !HttpMethods.IsHead(request.Method) && request.Headers["Sec-Fetch-Dest"].ToString() is ("" or "document");

    private void Note(LimitRule rule)
    {
        limited.Add(1, new KeyValuePair<string, object?>("endpoint", rule.Endpoint.Text));
        if (tallies.GetOrAdd(rule, _ => new()).Add(clock.GetTimestamp(), betweenLines.TotalSeconds * clock.TimestampFrequency) is { } count)
            log.LogWarning("{Endpoint}: {Count} requests refused, more than {Limit} in {Period} from one client", rule.Endpoint.Text, count, rule.Limit, rule.Period);
    }

    private sealed class Tally
    {
        private readonly Lock gate = new();
        private long? toldAt;
        private int count;

        /// <returns>How many there are to tell of; nothing when it is too early.</returns>
        public int? Add(long now, double pause)
        {
            lock (gate)
            {
                count++;
                if (now - toldAt < pause)
                    return null;
                (var sum, count, toldAt) = (count, 0, now);
                return sum;
            }
        }
    }
}
