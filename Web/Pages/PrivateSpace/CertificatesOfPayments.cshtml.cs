using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Documents;
using MsaOrleans.Web.Forms;
using MsaOrleans.Web.Sessions;

namespace MsaOrleans.Web.Pages.PrivateSpace;

/// <summary>The period over which a certificate is to tell of payments.</summary>
[SessionPage(FirstConnectionStep.None)]
public sealed class CertificatesOfPaymentsModel(AdherentSession session, FrenchClock clock) : PageModel, ICheckedForm
{
    private static readonly DateWords first = Words("le début", "du début");
    private static readonly DateWords last = Words("la fin", "de la fin");

    private PaymentPeriod? period;

    [BindProperty]
    public string? FromDay { get; set; }

    [BindProperty]
    public string? FromMonth { get; set; }

    [BindProperty]
    public string? FromYear { get; set; }

    [BindProperty]
    public string? ToDay { get; set; }

    [BindProperty]
    public string? ToMonth { get; set; }

    [BindProperty]
    public string? ToYear { get; set; }

    /// <summary>This year so far.</summary>
    public void OnGet()
    {
        var today = clock.Today;
        (FromDay, FromMonth, FromYear) = ("1", "1", Text(today.Year));
        (ToDay, ToMonth, ToYear) = (Text(today.Day), Text(today.Month), Text(today.Year));
    }

    public void Check(ModelStateDictionary faults)
    {
        var from = FrenchDate.Read(faults, nameof(FromDay), FromDay, nameof(FromMonth), FromMonth, nameof(FromYear), FromYear, first);
        var to = FrenchDate.Read(faults, nameof(ToDay), ToDay, nameof(ToMonth), ToMonth, nameof(ToYear), ToYear, last);
        if (from is null || to is null)
            return;
        period = new(from.Value, to.Value);
        var today = clock.Today;
        if (period.FaultOn(today) is var fault and not PeriodFault.None)
            faults.AddModelError(fault is PeriodFault.TooOld or PeriodFault.BeginsInFuture ? nameof(FromDay) : nameof(ToDay), CertificateTexts.SentenceOf(fault, today));
    }

    public async Task<IActionResult> OnPost()
    {
        var outcome = await session.Adherent<IAdherentDocuments>().Certify(session.Token, new(period, Deliver: true));
        if (CertificateTexts.RefusalOf(outcome) is { } refusal)
            return this.Refuse(outcome is CertificateOutcome.TooMany ? "" : nameof(FromDay), refusal);
        if (outcome is not CertificateOutcome.Made)
            return RedirectToPage("/SignIn/SignIn");
        TempData["Done"] = CertificatesModel.Made;
        return RedirectToPage("/PrivateSpace/Certificates");
    }

    private static DateWords Words(string the, string ofThe) => new(
        $"Saisissez {the} de la période, par exemple 1 9 2026.",
        $"Saisissez le jour {ofThe}, de 1 à 31.",
        $"Saisissez le mois {ofThe}, de 1 à 12.",
        $"Saisissez l’année {ofThe} avec quatre chiffres, par exemple 2026.",
        $"Cette date n’existe pas. Vérifiez le jour et le mois {ofThe}.");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
