using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Web.Sessions;

namespace MsaOrleans.Web.Pages.Enrolment;

/// <summary>Where further departments are asked for.</summary>
[SessionPage(FirstConnectionStep.None)]
public sealed class IndexModel : PageModel;
