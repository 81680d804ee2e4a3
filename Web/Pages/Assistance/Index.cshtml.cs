using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Agents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Web.Assistance;
using MsaOrleans.Web.Forms;
using MsaOrleans.Web.Hosting;

namespace MsaOrleans.Web.Pages.Assistance;

/// <summary>Where an agent's work begins: a call comes in, and its file is searched for. What was typed is posted, never part of an address.</summary>
public sealed class IndexModel(IGrainFactory grains, AgentSession session, CurrentCall current, FileHandles handles, FrenchClock clock, IConfiguration configuration) : PageModel, ICheckedForm
{
    private const int LongestName = 200;

    private SearchQuery? query;

    [BindProperty]
    public string? CallReference { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public string? Nir { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? FamilyName { get; set; }

    [BindProperty]
    public string? GivenName { get; set; }

    [BindProperty]
    public string? BirthDay { get; set; }

    [BindProperty]
    public string? BirthMonth { get; set; }

    [BindProperty]
    public string? BirthYear { get; set; }

    public AgentStatus Agent => session.Status!;

    public bool IsSupervisor => Agent.Role == AgentRole.Supervisor;

    /// <summary>For supervisors, where there are any.</summary>
    public bool ShowsDashboards => IsSupervisor && Dashboards.Exist(configuration);

    /// <summary>The call under way.</summary>
    public AgentAct? Call { get; private set; }

    /// <summary>What was found; nothing before a search.</summary>
    public SearchOutcome.Found? Found { get; private set; }

    public string HandleOf(FoundAdherent found) => handles.For(Agent.Login, found.Adherent);

    public void OnGet()
    {
        Call = current.Recall(HttpContext, Agent.Login);
        (Reason, CallReference) = (Call?.Reason, Call?.CallReference);
    }

    public void Check(ModelStateDictionary faults)
    {
        CallInput.Check(faults, nameof(Reason), Reason, nameof(CallReference), CallReference);
        query = Query(faults);
    }

    public async Task<IActionResult> OnPost()
    {
        Call = CallInput.Read(Agent.Login, Reason!, CallReference);
        current.Remember(HttpContext, Call);
        switch (await grains.GetGrain<IAdherentDirectory>(0).Find(query!, Call))
        {
            case SearchOutcome.Found found:
                Found = found;
                return Page();
            case SearchOutcome.TooMany(var until):
                return this.Refuse("", $"Vous avez fait trop de recherches. Vous pourrez chercher à nouveau {clock.From(until)}.");
            default:
                throw new InvalidOperationException("No other outcome is known.");
        }
    }

    // By the most exact of what is filled in.
    private SearchQuery? Query(ModelStateDictionary faults)
    {
        if (!string.IsNullOrWhiteSpace(Nir))
            return CallInput.ReadNir(faults, nameof(Nir), Nir) is { } nir ? new SearchQuery.ByNir(nir) : null;
        if (!string.IsNullOrWhiteSpace(Email))
            return CallInput.ReadEmail(faults, nameof(Email), Email) is { } email ? new SearchQuery.ByEmail(email) : null;
        if (new[] { FamilyName, GivenName, BirthDay, BirthMonth, BirthYear }.All(string.IsNullOrWhiteSpace))
        {
            faults.AddModelError(nameof(Nir), "Donnez de quoi chercher : un numéro, une adresse email, ou un nom avec la date de naissance.");
            return null;
        }
        faults.Require(nameof(FamilyName), FamilyName, LongestName, "Saisissez le nom de famille, de naissance ou d’usage.");
        if (GivenName?.Length > LongestName)
            faults.AddModelError(nameof(GivenName), $"Ce texte est trop long. Écrivez {LongestName} caractères au plus.");
        return CallInput.ReadBirthDate(faults, (nameof(BirthDay), BirthDay), (nameof(BirthMonth), BirthMonth), (nameof(BirthYear), BirthYear), clock.Today) is { } born
            ? new SearchQuery.ByName(FamilyName ?? "", string.IsNullOrWhiteSpace(GivenName) ? null : GivenName, born)
            : null;
    }
}
