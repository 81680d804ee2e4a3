using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MsaOrleans.Grains.Interfaces;
using MsaOrleans.Grains.Interfaces.Account;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Grains.Interfaces.Documents;
using MsaOrleans.Grains.Interfaces.Messages;
using MsaOrleans.Web.Assistance;
using MsaOrleans.Web.Forms;

namespace MsaOrleans.Web.Pages.Account;

/// <summary>All that is kept about an adherent as a ZIP: a page to read and a JSON file, which say the same, and the files that he sent.</summary>
internal static class PersonalDataArchive
{
    private static readonly JsonSerializerOptions json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // a file, not a part of a page: accents stay readable
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.CamelCase),
            new PlainText<Nir>(nir => nir.Value),
            new PlainText<EmailAddress>(email => email.Value),
            new PlainText<PhoneNumber>(phone => phone.Value),
            new PlainText<VerificationCode>(code => code.Grouped),
        },
    };

    /// <param name="data">What is kept.</param>
    /// <param name="open">Fetches a file that he sent: one at a time, since together they are large. One that is lost is left out.</param>
    public static async Task<Stream> Of(PersonalData data, Func<Attachment, Task<AttachmentContent?>> open)
    {
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "mes-donnees.html", Encoding.UTF8.GetBytes(Page(data)));
            Add(zip, "mes-donnees.json", JsonSerializer.SerializeToUtf8Bytes(data, json));
            foreach (var (attachment, entry) in Entries(data))
            {
                if (await open(attachment) is { } file)
                    Add(zip, entry, file.Content, CompressionLevel.NoCompression);
            }
        }
        bytes.Position = 0;
        return bytes;
    }

    private static void Add(ZipArchive zip, string name, byte[] content, CompressionLevel compression = CompressionLevel.Optimal)
    {
        using var entry = zip.CreateEntry(name, compression).Open();
        entry.Write(content);
    }

    // Numbered: two files may have one name.
    private static Dictionary<Attachment, string> Entries(PersonalData data) => data.Conversations.SelectMany(c => c.Messages).SelectMany(m => m.Attachments)
        .Select((attachment, i) => (attachment, $"pieces-jointes/{i + 1:00}-{attachment.Name}")).ToDictionary();

    private static string Page(PersonalData data)
    {
        var page = new StringBuilder()
            .Append("<!DOCTYPE html><html lang=\"fr\"><head><meta charset=\"utf-8\"><title>Mes données - MSA</title>")
            .Append("<style>body{font:1.1rem/1.5 sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%}")
            .Append("th,td{text-align:left;vertical-align:top;padding:.3rem .8rem .3rem 0;border-bottom:1px solid #ccc}th{width:40%}</style></head><body>")
            .Append("<h1>Ce que Mon espace privé garde de moi</h1><p>Le ").Append(Text(FrenchCalendar.Moment(data.At))).Append(".</p>");
        foreach (var (title, rows) in Sections(data, Entries(data)))
        {
            page.Append("<h2>").Append(Text(title)).Append("</h2><table>");
            foreach (var (name, value) in rows.DefaultIfEmpty(("Rien", "")))
                page.Append("<tr><th scope=\"row\">").Append(Text(name)).Append("</th><td>").Append(Text(value ?? "non renseigné")).Append("</td></tr>");
            page.Append("</table>");
        }
        return page.Append("</body></html>").ToString();
    }

    private static IEnumerable<(string Title, IEnumerable<(string Name, string? Value)> Rows)> Sections(PersonalData data, Dictionary<Attachment, string> entries)
    {
        var contact = data.Contact;
        yield return ("Identité",
        [
            ("Numéro de Sécurité Sociale", data.Nir.Grouped), ("Nom de naissance", data.BirthName), ("Nom d'usage", data.UsedName), ("Prénoms", data.GivenNames),
            ("Date de naissance", FrenchCalendar.Day(data.BirthDate)),
        ]);
        yield return ("Compte",
        [
            ("Inscription", FrenchCalendar.Moment(data.SignedUpAt)), ("Version des conditions acceptées", data.TermsVersion),
            ("Mot de passe choisi", Moment(data.PasswordChangedAt)),
        ]);
        yield return ("Coordonnées",
        [
            ("Email", contact.Card.Email.Value), ("Adresse email vérifiée", Moment(data.EmailVerifiedAt)), ("Nouvelle adresse à confirmer", contact.PendingEmail?.Value),
            ("Téléphone mobile", FrenchPhone.Format(contact.Card.MobilePhone)), ("Téléphone fixe", FrenchPhone.Format(contact.Card.LandlinePhone)),
            ("Fax", FrenchPhone.Format(contact.Card.Fax)), ("Documents", IndexModel.Of(contact.Reception.Documents)), ("Infos MSA", IndexModel.Of(contact.Reception.News)),
        ]);
        yield return ("Changements d'adresse signalés", contact.AddressChanges.Select(c => (FrenchCalendar.Moment(c.ToldAt), (string?)$"{Line(c.Address)} ({IndexModel.StateOf(c)})")));
        yield return ("Départements", data.Enrolments.Active.Select(d =>
            (EnrolmentTexts.LabelOf(d.Department), (string?)$"depuis le {FrenchCalendar.Moment(d.Since)}, {EnrolmentTexts.Of(d.Origin)}")));
        yield return ("Demandes d'inscription", data.Enrolments.Requests.Select(r =>
            (EnrolmentTexts.LabelOf(r.Department), (string?)string.Join(" ; ", EnrolmentTexts.History(r).Select(h => $"{h.What} : {h.When}")))));
        yield return ("Dernières connexions", data.Sessions.SignIns.Select(s => (FrenchCalendar.Moment(s.At), (string?)$"{s.Origin.Device}, {s.Origin.Network}, {SignInsModel.Of(s.Means)}")));
        yield return ("Vérifications d'identité", data.Verifications.Select(v =>
            (FrenchCalendar.Moment(v.At), (string?)$"{FileTexts.Proof(v.ByCard, v.ByFranceConnect)}, {(v.Matched ? "réussie" : "manquée")}")));
        yield return ("FranceConnect",
        [
            ("Compte relié", Moment(data.FranceConnect.LinkedAt)), ("Votre identifiant chez FranceConnect", data.FranceConnect.Subject),
            ("Votre identifiant de la MSA pour FranceConnect", data.FranceConnect.VouchedAs?.ToString()),
        ]);
        yield return ("Essais manqués",
        [
            ("Vérifications d'identité", Failures(data.VerificationFailures)), ("Connexions", Failures(data.SignInFailures)),
            ("Mots de passe demandés depuis une heure", string.Join(", ", data.PasswordsAskedFor.Select(FrenchCalendar.Moment))),
        ]);
        yield return ("Messages", data.Conversations.SelectMany(c => c.Messages.Select(m =>
            ($"{MessageTexts.Of(c.Topic)}, {FrenchCalendar.Moment(m.At)}", (string?)$"{(m.IsAnswer ? "La MSA" : "Vous")} : {m.Text}{string.Concat(m.Attachments.Select(a => $" [{entries[a]}, {FileSize.Of(a.Size)}]"))}"))
            .Concat(c.ClosedAt is { } closed ? [($"{MessageTexts.Of(c.Topic)}, {FrenchCalendar.Moment(closed)}", "Échange terminé par la MSA")] : Array.Empty<(string, string?)>())));
        yield return ("Attestations", data.Certificates.Select(c =>
            (FrenchCalendar.Moment(c.MadeAt), (string?)$"{CertificateTexts.Of(c.Kind)}{(c.Period is { } period ? $" {CertificateTexts.Of(period)}" : "")}, code {c.Code.Grouped}, gardée jusqu'au {FrenchCalendar.Moment(c.KeptUntil)}")));
        yield return ("Courriers papier", data.PostalCopies.Select(c => (FrenchCalendar.Moment(c.RequestedAt), (string?)$"{PostalTexts.Of(c.Kind)}, {PostalTexts.StateOf(c)}")));
        yield return ("Notes de l'Assistance Internet", data.Notes.Select(n => (FrenchCalendar.Moment(n.At), (string?)n.Text)));
        yield return ("Consultations par l'Assistance Internet", data.Assistance.Select(t =>
            (FrenchCalendar.Moment(t.At), (string?)$"Un agent de l'assistance {AssistanceTexts.Of(t)}{(t.Done ? "" : " (sans effet)")}. Motif : {t.Reason}")));
        yield return ("Mots de passe envoyés par l'assistance depuis un jour", data.PasswordsSentByAgents.Select(at => (FrenchCalendar.Moment(at), (string?)"")));
        yield return ("Courriels", data.Letters.Select(l =>
            (FrenchCalendar.Moment(l.RequestedAt), (string?)$"{LetterTexts.Of(l.Kind)}, à {l.To.Value}, {(l.SentAt is { } sent ? $"envoyé le {FrenchCalendar.Moment(sent)}" : l.GivenUpAt is null ? "en attente" : "non envoyé")}")));
        yield return ("Ce que les caisses nous ont transmis", data.Registry is not { } known ? [] :
        [
            ("Nom de naissance", known.BirthName), ("Nom d'usage", known.UsedName), ("Prénoms", string.Join(' ', known.GivenNames)),
            ("Sexe", known.Sex == "Male" ? "masculin" : "féminin"), ("Date de naissance", FrenchCalendar.Day(known.BirthDate) + (known.PresumedBirthDate is { } presumed ? $" (présumée, {presumed})" : "")),
            ("Commune de naissance (code INSEE)", known.BirthPlaceCode), ("Pays de naissance (code INSEE)", known.BirthCountryCode),
            ("Assuré santé à la MSA", known.HealthInsured ? "oui" : "non"), ("Carte Vitale", known.CardSerial), ("Départements", string.Join(", ", known.Departments)),
            ("Adresse", Line(known.Address)),
        ]);
        yield return ("Paiements", data.Payments.Select(p => (FrenchCalendar.Day(p.Date), (string?)$"{p.Kind}, {PrivateSpace.HomeModel.Euros(p.Amount)}")));
        yield return ("Comptes fermés", data.ClosedAccounts.Select(c =>
            ($"Ouvert le {FrenchCalendar.Moment(c.OpenedAt)}", (string?)$"fermé le {FrenchCalendar.Moment(c.ClosedAt)}, conditions {c.TermsVersion}")));
    }

    private static string Failures(FailureRecord failures) =>
        $"{failures.Failures} depuis la dernière suspension, {failures.Locks} suspensions{(failures.Until is { } until ? $", jusqu'au {(until == DateTimeOffset.MaxValue ? "déblocage par l'assistance" : FrenchCalendar.Moment(until))}" : "")}";

    private static string? Moment(DateTimeOffset? at) => at is { } moment ? FrenchCalendar.Moment(moment) : null;

    private static string Line(PostalAddress address) => $"{address.Line}, {address.PostalCode} {address.City}";

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    /// <summary>A value that is its text.</summary>
    private sealed class PlainText<T>(Func<T, string> text) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("This file is only written.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(text(value));
    }
}
