using MsaOrleans.Grains.Interfaces;
using MsaOrleans.Grains.Interfaces.Caisses;
using MsaOrleans.Grains.Interfaces.Postal;

namespace MsaOrleans.Web.Forms;

/// <summary>Letters on paper, in words for adherents and agents.</summary>
public static class PostalTexts
{
    public static string Of(PostalCopyKind kind) => kind switch
    {
        PostalCopyKind.Certificate => "Attestation",
        PostalCopyKind.Acknowledgement => "Accusé de réception d'une demande d'inscription",
    };

    /// <summary><c>à imprimer</c>, <c>postée le 27 novembre 2026</c>: a copy.</summary>
    public static string StateOf(PostalCopySummary copy) => copy.PostedAt is { } at ? $"postée le {FrenchCalendar.Day(FrenchCalendar.DayOf(at))}" : "à imprimer";

    /// <summary>A sentence to add to what is said of the document; nothing when there is no copy.</summary>
    public static string? NoteOf(PostalCopySummary? copy) => copy is null ? null : $" Copie papier\u00a0: {StateOf(copy)}.";

    public static string CountOf(int letters) => letters == 1 ? "un courrier" : $"{letters}\u00a0courriers";

    /// <summary>A caisse of the queue by its slug; nothing when there is none.</summary>
    public static string? NameOf(string? slug) => slug is null ? null : slug == IPostalQueue.NoCaisse ? "Sans caisse connue" : CaisseDirectory.Caisse(slug) is { } caisse ? $"MSA {caisse.Name}" : null;
}
