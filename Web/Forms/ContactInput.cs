using Microsoft.AspNetCore.Mvc.ModelBinding;
using MsaOrleans.Grains.Interfaces.Adherents;

namespace MsaOrleans.Web.Forms;

/// <summary>Reads the ways to reach somebody, with a sentence beside each field that cannot be read.</summary>
public static class ContactInput
{
    public static EmailAddress? ReadEmail(ModelStateDictionary faults, string field, string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed))
            faults.AddModelError(field, "Saisissez votre adresse email.");
        else if (EmailAddress.TryParse(typed, out var address))
            return address;
        else
            faults.AddModelError(field, "Cette adresse email n’est pas valable. Elle s’écrit comme dans l’exemple : jeanne.martin@exemple.fr.");
        return null;
    }

    public static PhoneNumber? ReadPhone(ModelStateDictionary faults, string field, string? typed, PhoneKind kind)
    {
        var (number, fault) = FrenchPhone.Read(typed, kind);
        if (fault is not null)
            faults.AddModelError(field, fault);
        return number;
    }
}
