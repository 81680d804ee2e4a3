using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Agents;
using MsaOrleans.Web.Assistance;
using MsaOrleans.Web.Hosting;

namespace MsaOrleans.Web.Pages.Assistance;

/// <summary>Where an agent's work begins.</summary>
public sealed class IndexModel(AgentSession session, IConfiguration configuration) : PageModel
{
    public AgentStatus Agent => session.Status!;

    /// <summary>For supervisors, where there are any.</summary>
    public bool ShowsDashboards => Agent.Role == AgentRole.Supervisor && Dashboards.Exist(configuration);
}
