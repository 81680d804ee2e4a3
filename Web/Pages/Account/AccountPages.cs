using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace MsaOrleans.Web.Pages.Account;

/// <summary>What the pages of the account have in common.</summary>
internal static class AccountPages
{
    /// <summary>Back to the account, with a word about what was done.</summary>
    public static IActionResult Done(this PageModel page, string what)
    {
        page.TempData["Done"] = what;
        return page.RedirectToPage("/Account/Index");
    }

    /// <summary>Back to the account if the change was allowed; to the sign-in page if the session is over.</summary>
    public static IActionResult DoneIf(this PageModel page, bool allowed, string what) =>
        allowed ? page.Done(what) : page.RedirectToPage("/SignIn/SignIn");
}
