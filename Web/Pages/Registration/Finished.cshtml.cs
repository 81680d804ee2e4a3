using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Web.Journey;

namespace MsaOrleans.Web.Pages.Registration;

/// <summary>The end of the sign-up: a mail follows. Shown again as often as this browser asks.</summary>
[Step(RegistrationStep.Finished)]
public sealed class FinishedModel : PageModel;
