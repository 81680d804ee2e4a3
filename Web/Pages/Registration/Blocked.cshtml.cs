using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Web.Forms;
using MsaOrleans.Web.Journey;

namespace MsaOrleans.Web.Pages.Registration;

/// <summary>Too many failed verifications: until when, and whom to call.</summary>
[Step(RegistrationStep.Blocked)]
public sealed class BlockedModel(RegistrationJourney journey, FrenchClock clock) : PageModel
{
    /// <summary>In words, or nothing when only the hotline unlocks.</summary>
    public string? Until => journey.Progress!.Lock!.Until is { } until ? clock.From(until) : null;
}
