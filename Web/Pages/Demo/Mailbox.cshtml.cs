using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Web.Demo;

namespace MsaOrleans.Web.Pages.Demo;

/// <summary>The mails of the demonstration, for people who try the site without a mail server. Absent everywhere else.</summary>
public sealed class MailboxModel(IEnumerable<IDemoMailbox> mailboxes) : PageModel
{
    public IReadOnlyList<DemoMail> Mails { get; private set; } = [];

    public async Task<IActionResult> OnGet(CancellationToken stop)
    {
        if (mailboxes.SingleOrDefault() is not { } mailbox)
            return NotFound();
        Mails = await mailbox.Latest(stop);
        return Page();
    }
}
