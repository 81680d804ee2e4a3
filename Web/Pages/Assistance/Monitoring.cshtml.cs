using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Agents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Web.Assistance;
using MsaOrleans.Web.Forms;

namespace MsaOrleans.Web.Pages.Assistance;

/// <summary>How the site is doing: what is wrong, in words, then the figures. It names nobody; whose searches stand out is shown to supervisors alone.</summary>
public sealed class MonitoringModel(IGrainFactory grains, AgentSession session, FrenchClock clock) : PageModel
{
    /// <summary>The periods there are, by what stands in the address; the first is shown when nothing does.</summary>
    public static IReadOnlyList<(string Key, string Label, ActivityPeriod Period)> Periods { get; } =
        [("24h", "24 heures", ActivityPeriod.Day), ("7j", "7 jours", ActivityPeriod.Week), ("30j", "30 jours", ActivityPeriod.Month)];

    [BindProperty(SupportsGet = true)]
    public string? Periode { get; set; }

    public (string Key, string Label, ActivityPeriod Period) Chosen => Periods.FirstOrDefault(period => period.Key == Periode, Periods[0]);

    public ActivityReport Report { get; private set; } = null!;

    public bool IsForSupervisor => session.Status!.Role == AgentRole.Supervisor;

    /// <summary>What agents searched in the last hour; nothing when the record does not answer.</summary>
    public IReadOnlyList<AgentSearches>? Searches { get; private set; }

    public FrenchClock Clock => clock;

    public async Task OnGet()
    {
        var activity = grains.GetGrain<IActivityReport>(0);
        Report = await activity.Read(Chosen.Period);
        if (IsForSupervisor)
            Searches = await activity.Searches();
    }
}
