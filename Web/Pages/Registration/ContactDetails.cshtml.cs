using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Registration;
using MsaOrleans.Web.Forms;
using MsaOrleans.Web.Journey;
using Details = MsaOrleans.Grains.Interfaces.Registration.ContactDetails;

namespace MsaOrleans.Web.Pages.Registration;

/// <summary>Who the visitor says he is, and how the MSA reaches him.</summary>
[Step(RegistrationStep.ContactDetails)]
public sealed class ContactDetailsModel(RegistrationJourney journey, FrenchClock clock) : PageModel, ICheckedForm
{
    private DateOnly? birthDate;
    private EmailAddress? email;
    private PhoneNumber? mobilePhone;

    [BindProperty]
    public string? FamilyName { get; set; }

    [BindProperty]
    public string? GivenName { get; set; }

    [BindProperty]
    public string? BirthDay { get; set; }

    [BindProperty]
    public string? BirthMonth { get; set; }

    [BindProperty]
    public string? BirthYear { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? MobilePhone { get; set; }

    /// <summary>Whom FranceConnect has proved: he is not asked what is known.</summary>
    public KnownPerson? Known => journey.Progress?.Known;

    public void OnGet()
    {
        if (journey.Progress?.Details is not { } known)
        {
            Email = Known?.Email?.Value;
            return;
        }
        (FamilyName, GivenName) = (known.FamilyName, known.GivenName);
        BirthDay = known.BirthDate.Day.ToString(CultureInfo.InvariantCulture);
        BirthMonth = known.BirthDate.Month.ToString(CultureInfo.InvariantCulture);
        BirthYear = known.BirthDate.Year.ToString("D4", CultureInfo.InvariantCulture);
        Email = known.Email.Value;
        MobilePhone = FrenchPhone.Format(known.MobilePhone);
    }

    public void Check(ModelStateDictionary faults)
    {
        if (Known is { } known)
        {
            (FamilyName, GivenName, birthDate) = (known.FamilyName, known.GivenNames, known.BirthDate);
        }
        else
        {
            faults.Require(nameof(FamilyName), FamilyName, Details.MaxNameLength, "Saisissez votre nom.");
            faults.Require(nameof(GivenName), GivenName, Details.MaxNameLength, "Saisissez votre prénom.");
            birthDate = FrenchDate.Read(faults, nameof(BirthDay), BirthDay, nameof(BirthMonth), BirthMonth, nameof(BirthYear), BirthYear, clock.Today);
        }
        email = ContactInput.ReadEmail(faults, nameof(Email), Email);
        mobilePhone = ContactInput.ReadPhone(faults, nameof(MobilePhone), MobilePhone, PhoneKind.Mobile);
    }

    public async Task<IActionResult> OnPost() =>
        await journey.Registration.Declare(journey.Ticket, new(FamilyName!.Trim(), GivenName!.Trim(), birthDate!.Value, email!, mobilePhone)) switch
        {
            DeclareOutcome.Accepted => await After(),
            DeclareOutcome.BirthDateContradictsNir => this.Refuse(
                nameof(BirthDay), "Cette date de naissance ne correspond pas à votre numéro de Sécurité Sociale. Vérifiez la date, ou corrigez le numéro à l’étape précédente."),
            DeclareOutcome.NoDraft => await journey.Resume(),
        };

    private async Task<IActionResult> After()
    {
        await journey.Load();
        return journey.GoTo(journey.Due is RegistrationStep.VitaleCard or RegistrationStep.Payment ? RegistrationStep.HealthInsurance : journey.Due);
    }
}
