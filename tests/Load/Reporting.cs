using MsaOrleans.Testing;

namespace MsaOrleans.Load;

/// <summary>Makes a report of what a run has counted.</summary>
internal static class Reporting
{
    public static LoadReport Of(LoadMeter meter, LoadOptions options, double seconds)
    {
        var isClosed = options.Arrivals is null;
        var pages = meter.Pages.OrderBy(page => page.Key, StringComparer.Ordinal).Select(page => (Name: page.Key, AsSent: page.Value.FromSending, Latency: Latency(page.Key, page.Value))).ToList();
        var (all, allAsSent) = (new Latencies(), new Latencies());
        foreach (var (_, asSent, latency) in pages.Where(page => LoadMeter.IsPage(page.Name)))
        {
            all.Add(latency);
            allAsSent.Add(asSent);
        }
        return new()
        {
            Machine = Machine.Describe(),
            Site = options.Site.ToString(),
            Shape = options.Shape,
            Seconds = Math.Round(seconds, 1),
            Journeys = meter.Finished,
            JourneysPerSecond = Math.Round(meter.Finished / seconds, 2),
            Requests = meter.Requests,
            RequestsPerSecond = Math.Round(meter.Requests / seconds, 1),
            Errands = [.. meter.Errands.OrderBy(errand => errand.Key).Select(errand => new ErrandReport(Mix.NameOf(errand.Key), errand.Value.Begun, errand.Value.Busy.Summary()))],
            All = new("all pages", all.Summary(), allAsSent.Summary()),
            Pages = [.. pages.Select(page => new PageReport(page.Name, page.Latency.Summary(), page.AsSent.Summary()))],
            Errors = meter.Errors.ToDictionary(),
            Examples = meter.Examples.ToDictionary(),
            CutOff = meter.CutOff,
            Refusals = meter.Refusals.ToDictionary(),
            Waits = meter.Waits.ToDictionary(wait => wait.Key, wait => wait.Value.Summary()),
            Letters = meter.Letters.Summary(),
            Series = [.. meter.Seconds],
        };

        // In the open loop visitors come when they should, whoever waits; in the closed loop those who would have come meanwhile are put back. Nobody waits for a style sheet to ask for the next.
        Latencies Latency(string name, PageMeter page) => isClosed && LoadMeter.IsPage(name) ? page.FromIntention.Corrected(page.FromSending.Median + options.Think.Median) : page.FromIntention;
    }
}
