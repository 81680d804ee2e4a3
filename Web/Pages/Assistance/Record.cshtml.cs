using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Agents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Web.Assistance;
using MsaOrleans.Web.Forms;

namespace MsaOrleans.Web.Pages.Assistance;

/// <summary>What agents looked at and did. Who reads or exports it says why, and is on the record himself, once for each time.</summary>
[RecordForSupervisors]
public sealed class RecordModel(IGrainFactory grains, AdherentKeys keys, AgentSession session) : PageModel, ICheckedForm
{
    // Where a browser has no calendar for dates, people write them.
    private static readonly string[] dateFormats = ["yyyy-MM-dd", "d/M/yyyy"];

    private AuditQuery query = new();

    /// <summary>A login; what the command line writes in its place counts too.</summary>
    [BindProperty]
    public string? Agent { get; set; }

    [BindProperty]
    public string? Act { get; set; }

    [BindProperty]
    public string? Nir { get; set; }

    [BindProperty]
    public string? From { get; set; }

    [BindProperty]
    public string? To { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>Where the page begins (<see cref="AuditQuery.Before"/>); the first has none.</summary>
    [BindProperty]
    public string? Before { get; set; }

    /// <summary>Not empty: as a file.</summary>
    [BindProperty]
    public string? Export { get; set; }

    /// <summary>What was found; nothing before anything was asked.</summary>
    public AuditPage? Found { get; private set; }

    public void Check(ModelStateDictionary faults)
    {
        query = new(
            ReadAgent(faults),
            ReadAdherent(faults),
            Enum.TryParse<AuditedAct>(Act, out var act) && Enum.IsDefined(act) ? act : null,
            ReadDay(faults, nameof(From), From) is { } first ? FrenchCalendar.StartOf(first) : null,
            ReadDay(faults, nameof(To), To) is { } last ? FrenchCalendar.StartOf(last.AddDays(1)) : null,
            long.TryParse(Before, CultureInfo.InvariantCulture, out var before) ? before : null);
        if (query.From >= query.Until)
            faults.AddModelError(nameof(To), "Le dernier jour est avant le premier. Vérifiez les deux dates.");
        faults.Require(nameof(Reason), Reason, AgentAct.MaxReasonLength, "Dites pourquoi vous lisez le journal : votre motif y est inscrit.");
    }

    public async Task<IActionResult> OnPost()
    {
        var by = new AgentAct(session.Status!.Login.Value, Reason!.Trim());
        var log = grains.GetGrain<IAuditLog>(0);
        if (!string.IsNullOrEmpty(Export))
            return File(RecordCsv.Of(await log.Export(query with { Before = null }, by)), "text/csv; charset=utf-8", "journal-assistance.csv");
        Found = await log.Search(query, by);
        return Page();
    }

    private string? ReadAgent(ModelStateDictionary faults)
    {
        if (Agent?.Trim() is not { Length: > 0 } typed)
            return null;
        if (typed.Length > 100 || !typed.All(c => c is >= ' ' and <= '~'))
            faults.AddModelError(nameof(Agent), "Ce n’est pas un identifiant d’agent. Écrivez-le comme marie.durand.");
        return typed != AgentAct.Silo && AgentLogin.TryParse(typed, out var login) ? login.Value : typed;
    }

    private Guid? ReadAdherent(ModelStateDictionary faults)
    {
        if (string.IsNullOrWhiteSpace(Nir))
            return null;
        var (nir, fault) = NirInput.Read(Nir);
        if (fault is not null)
            faults.AddModelError(nameof(Nir), fault);
        return nir is null ? null : keys.For(nir);
    }

    private static DateOnly? ReadDay(ModelStateDictionary faults, string field, string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed))
            return null;
        if (DateOnly.TryParseExact(typed.Trim(), dateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and < 2100)
            return day;
        faults.AddModelError(field, "Cette date n’a pas pu être lue. Écrivez-la comme 25/11/2026.");
        return null;
    }
}
