using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Web.Visitors;

namespace MsaOrleans.Web.Pages.Public;

/// <summary>What a profile can do here, and whom it turns to. Only individuals have a space on this site: the others are told so, and their own way.</summary>
public sealed class ProfileModel : PageModel
{
    public Profile Profile { get; private set; } = null!;

    public override void OnPageHandlerExecuting(Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutingContext context) => Profile = Profile.Find((string?)RouteData.Values["profile"])!;
}
