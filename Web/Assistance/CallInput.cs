using Microsoft.AspNetCore.Mvc.ModelBinding;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Agents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Web.Forms;

namespace MsaOrleans.Web.Assistance;

/// <summary>What agents type, read, with sentences for agents: the public pages' speak to the adherent of his own card and birth.</summary>
public static class CallInput
{
    public const string ReasonMissing = "Indiquez le motif de l’appel : il est enregistré, et l’adhérent le lit.";

    public static void Check(ModelStateDictionary faults, string reasonField, string? reason, string referenceField, string? reference)
    {
        faults.Require(reasonField, reason, AgentAct.MaxReasonLength, ReasonMissing);
        if (reference?.Length > AgentAct.MaxReferenceLength)
            faults.AddModelError(referenceField, $"Cette référence est trop longue. Écrivez {AgentAct.MaxReferenceLength} caractères au plus.");
    }

    public static AgentAct Read(AgentLogin login, string reason, string? reference) =>
        new(login.Value, reason.Trim(), string.IsNullOrWhiteSpace(reference) ? null : reference.Trim());

    public static Nir? ReadNir(ModelStateDictionary faults, string field, string? typed)
    {
        var fault = Nir.TryParse(typed, out var nir) switch
        {
            NirFault.None => null,
            NirFault.Missing or NirFault.Length => "Ce numéro n’a pas 13 chiffres, ou 15 avec la clé. Faites-le relire à l’appelant.",
            NirFault.Characters => "Ce numéro ne comporte que des chiffres, sauf 2A ou 2B pour une naissance en Corse.",
            NirFault.Provisional => "C’est un numéro provisoire : il ne permet pas de créer un espace privé, et n’a pas de dossier ici. Orientez l’appelant vers sa caisse.",
            NirFault.Impossible => "Ce numéro n’existe pas. Faites relire à l’appelant celui de sa carte Vitale, chiffre par chiffre.",
            NirFault.Key => "La clé (les deux derniers chiffres) ne correspond pas au numéro. Faites relire les 15 chiffres.",
        };
        if (fault is not null)
            faults.AddModelError(field, fault);
        return nir;
    }

    public static EmailAddress? ReadEmail(ModelStateDictionary faults, string field, string? typed)
    {
        if (EmailAddress.TryParse(typed, out var address))
            return address;
        faults.AddModelError(field, string.IsNullOrWhiteSpace(typed)
            ? "Saisissez l’adresse email."
            : "Cette adresse email n’est pas valable. Faites-la épeler à l’appelant.");
        return null;
    }

    public static DateOnly? ReadBirthDate(ModelStateDictionary faults, (string Name, string? Value) day, (string Name, string? Value) month, (string Name, string? Value) year, DateOnly today)
    {
        var blamed = new ModelStateDictionary();
        var date = FrenchDate.Read(blamed, day.Name, day.Value, month.Name, month.Value, year.Name, year.Value, today);
        foreach (var field in blamed.Keys)
            faults.AddModelError(field, "Avec un nom, il faut la date de naissance de l’appelant, par exemple 12 9 1963. Vérifiez le jour, le mois et l’année.");
        return date;
    }
}
