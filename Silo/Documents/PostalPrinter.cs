using Microsoft.Extensions.Options;
using MsaOrleans.Grains.Interfaces;
using MsaOrleans.Grains.Interfaces.Caisses;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Silo.Mail;
using PdfSharp.Drawing;
using PdfSharp.UniversalAccessibility;

namespace MsaOrleans.Silo.Documents;

/// <summary>Letters as PDF, for window envelopes, and many of them in one file.</summary>
internal sealed class PostalPrinter(IOptions<SiteOptions> site, Press press) : IPostalPrinter
{
    private const double Left = TaggedPaper.Margin, Width = TaggedPaper.Width - 2 * TaggedPaper.Margin;
    private const string Title = "Accusé de réception";

    // As in the mails: Silo/Mail/Letters/Layout.txt.liquid.
    private const string Hotline = "09\u00a069\u00a036\u00a037\u00a003";

    public Task<byte[]> Print(AcknowledgementPaper paper) => press.Run(() => Draw(paper));

    public Task<byte[]> Bind(IReadOnlyList<byte[]> letters) => press.Run(() => BoundPapers.Of(letters, "Courriers à imprimer"));

    private byte[] Draw(AcknowledgementPaper paper)
    {
        var from = Letterhead.NameOf(paper.Person.Caisse);
        using var document = new TaggedPaper(Title, from, paper.RequestedAt.UtcDateTime);
        document.NewPage();
        var (body, strong) = (TaggedPaper.Font(12), TaggedPaper.Font(12, bold: true));
        var y = Math.Max(232, Letterhead.Draw(document, paper.Person) + 20);
        y = document.Text(PdfBlockLevelElementTag.Heading1, Title, TaggedPaper.Font(21, bold: true), Letterhead.Green, new(Left, y, Width, 0), 28);
        y = document.Text(PdfBlockLevelElementTag.Paragraph, $"Le {Day(paper.RequestedAt)}", body, Letterhead.Grey, new(Left, y + 2, Width, 0), 16) + 10;
        Say("Madame, Monsieur,", body);
        Say($"Votre demande d’inscription dans le département {DepartmentOf(paper)} est enregistrée. Nous l’avons reçue le {FrenchCalendar.Moment(paper.RequestedAt).Replace(' ', '\u00a0')}.", body);
        Say($"Un code confidentiel part le {Day(paper.CodeDueAt)}, à votre adresse email. Par sécurité, ce code n’est jamais envoyé par la poste. Vous n’avez rien à faire d’ici là.", strong);
        Say($"Quand le code sera arrivé, connectez-vous à votre espace privé, sur {site.Value.Base}, et saisissez-le pour ouvrir ce département. Vous pouvez y suivre votre demande, et l’annuler.", body);
        Say($"Vous n’avez pas fait cette demande ? Appelez l’Assistance Internet de la MSA au {Hotline}, du lundi au vendredi.".Replace(" ?", "\u00a0?", StringComparison.Ordinal), body);
        Say($"La {from}", strong);
        document.Text(
            PdfBlockLevelElementTag.Paragraph,
            "Ce courrier est imprimé parce que vous avez choisi de recevoir vos documents sur papier. Vous pouvez changer ce choix dans votre espace privé : Mon compte, Mode de réception.".Replace(" :", "\u00a0:", StringComparison.Ordinal),
            TaggedPaper.Font(9.5), Letterhead.Grey, new(Left, 760, Width, 0), 13);
        return document.Save();

        void Say(string text, XFont font) => y = document.Text(PdfBlockLevelElementTag.Paragraph, text, font, Letterhead.Ink, new(Left, y, Width, 0), 19) + 12;
    }

    private static string DepartmentOf(AcknowledgementPaper paper) =>
        $"{CaisseDirectory.Department(paper.Department)?.InWords ?? paper.Department}{(CaisseDirectory.CaisseOf(paper.Department) is { } caisse ? $", auprès de la {caisse.FullName}," : "")}";

    // Not to be broken at the end of a line.
    private static string Day(DateTimeOffset at) => FrenchCalendar.Day(FrenchCalendar.DayOf(at)).Replace(' ', '\u00a0');
}
