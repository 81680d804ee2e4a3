using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Web.Sessions;

namespace MsaOrleans.Web.Pages.FirstConnection;

/// <summary>The password is his own now.</summary>
[SessionPage(FirstConnectionStep.ContactDetails)]
public sealed class PasswordChangedModel : PageModel;
