using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Web.Sessions;

namespace MsaOrleans.Web.Pages.Account;

/// <summary>What closing the account means, before it is asked again.</summary>
[SessionPage(FirstConnectionStep.None)]
public sealed class ClosingModel : PageModel;
