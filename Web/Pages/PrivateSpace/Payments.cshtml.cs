using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Space;
using MsaOrleans.Web.Sessions;

namespace MsaOrleans.Web.Pages.PrivateSpace;

/// <summary>What the MSA paid to him, all of it: by year and by kind, with sums, and as a file.</summary>
[SessionPage(FirstConnectionStep.None)]
public sealed class PaymentsModel(AdherentSession session) : PageModel
{
    /// <summary>Payments on a page.</summary>
    public const int Lines = 25;

    /// <summary>What <see cref="Format"/> asks a file with.</summary>
    public const string Csv = "csv";

    /// <summary>Four digits; nothing: every year.</summary>
    [BindProperty(SupportsGet = true, Name = "annee")]
    public string? Year { get; set; }

    /// <summary>The key of a kind; nothing: every kind.</summary>
    [BindProperty(SupportsGet = true, Name = "nature")]
    public string? Kind { get; set; }

    /// <summary>The number of the page; what is none is the first.</summary>
    [BindProperty(SupportsGet = true, Name = "feuille")]
    public string? Number { get; set; }

    [BindProperty(SupportsGet = true, Name = "format")]
    public string? Format { get; set; }

    /// <summary>Nothing when the registry does not answer.</summary>
    public PaymentsPage? Found { get; private set; }

    /// <summary>What of his choice was left out, because there is no such thing, in words.</summary>
    public IEnumerable<string> LeftOut
    {
        get
        {
            if (!string.IsNullOrWhiteSpace(Year) && Found is { Filter.Year: null })
                yield return "Vous n'avez aucun paiement pour l'année demandée : toutes les années sont affichées.";
            if (!string.IsNullOrWhiteSpace(Kind) && Found is { Filter.Kind: null })
                yield return "Vous n'avez aucun paiement de la nature demandée : toutes les natures sont affichées.";
        }
    }

    public async Task<IActionResult> OnGet()
    {
        var filter = new PaymentFilter(Whole(Year), Kind?.Trim());
        switch (Format == Csv ? await All(filter) : await Ask(filter, Whole(Number) ?? 1, Lines))
        {
            case PaymentsOutcome.Shown { Page: var found }:
                Found = found;
                return Format == Csv ? File(PaymentsCsv.Of(found.Lines), "text/csv; charset=utf-8", FileName(found.Filter)) : Page();
            case PaymentsOutcome.RegistrySilent:
                return Page();
            default:
                return RedirectToPage("/SignIn/SignIn");
        }
    }

    // In parts, all of one reading of the registry: when it was read anew between two of them, a payment might be in both, or in none.
    private async Task<PaymentsOutcome> All(PaymentFilter filter)
    {
        var lines = new List<Payment>();
        DateTimeOffset? readAt = null;
        for (var part = 1; ; part++)
        {
            var outcome = await Ask(filter, part, PaymentLimits.MostLines);
            if (outcome is not PaymentsOutcome.Shown { Page: var found })
                return outcome;
            if (part > 1 && found.ReadAt != readAt)
            {
                lines.Clear();
                part = 0;
                continue;
            }
            readAt = found.ReadAt;
            lines.AddRange(found.Lines);
            if (found.Page == found.Pages)
                return new PaymentsOutcome.Shown(found with { Lines = lines });
        }
    }

    private Task<PaymentsOutcome> Ask(PaymentFilter filter, int page, int lines) => session.Adherent<IAdherentSpace>().Payments(session.Token, filter, page, lines);

    private static string FileName(PaymentFilter filter) => filter.Year is { } year ? $"mes-paiements-msa-{year}.csv" : "mes-paiements-msa.csv";

    private static int? Whole(string? typed) => int.TryParse(typed, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) ? number : null;
}
