using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Web.Demo;

namespace MsaOrleans.Web.Pages.Demo;

/// <summary>The agents of the demonstration and the codes of their telephones, for people who try the hotline without one. Absent everywhere else.</summary>
public sealed class AgentsModel(IEnumerable<IDemoAgents> demonstration, TimeProvider clock) : PageModel
{
    public IReadOnlyList<DemoAgent> Agents { get; private set; } = [];

    public string CodeOf(DemoAgent agent) => agent.Secret.CodeAt(clock.GetUtcNow());

    public IActionResult OnGet()
    {
        if (demonstration.SingleOrDefault() is not { } made)
            return NotFound();
        Agents = made.All;
        return Page();
    }
}
