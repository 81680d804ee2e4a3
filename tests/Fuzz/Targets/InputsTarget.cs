using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Agents;
using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Grains.Interfaces.Documents;
using MsaOrleans.Grains.Interfaces.Enrolments;
using MsaOrleans.Grains.Interfaces.FranceConnect;
using MsaOrleans.Grains.Interfaces.Messages;
using MsaOrleans.Silo.Search;
using MsaOrleans.Silo.Storage;
using MsaOrleans.Web.Forms;
using MsaOrleans.Web.FranceConnect;
using MsaOrleans.Web.Sessions;

namespace MsaOrleans.Fuzz.Targets;

/// <summary>
/// Everything that reads one field, or the few that make one value. The first byte says which, the others are what was typed: in UTF-8, with halves of
/// characters when its highest bit is set.
/// </summary>
internal sealed class InputsTarget : FuzzTarget
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz"; // so that what was found can be read: the first reader is "a"

    private static readonly DateOnly today = new(2026, 11, 23);
    private static readonly CultureInfo french = CultureInfo.GetCultureInfo("fr-FR");

    private readonly SearchTokens tokens = new(new PseudonymSecret(new byte[AdherentKeys.SecretLength]));
    private readonly AdherentKeys keys = new(new byte[AdherentKeys.SecretLength]);
    private readonly Action<string>[] readers;

    public InputsTarget() => readers =
    [
        Number, Mail, text => Phone(text, PhoneKind.Mobile), text => Phone(text, PhoneKind.Landline), Amount, BirthDate, Department, Serial, Verification, Confidential,
        NewPassword, Name, FileName, Message, CivilDay, Link, Login, Totp, Claims, UserAgent,
    ];

    public override void Try(byte[] input)
    {
        if (input.Length == 0)
            return;
        var which = (input[0] & 0x7F) - Letters[0];
        if (which < 0 || which >= readers.Length)
            return;
        readers[which]((input[0] & 0x80) == 0 ? Encoding.UTF8.GetString(input, 1, input.Length - 1) : new([.. Halves(input)]));
    }

    // Encoding.Unicode would mend them.
    private static IEnumerable<char> Halves(byte[] input)
    {
        for (var at = 1; at + 1 < input.Length; at += 2)
            yield return (char)(input[at] | (input[at + 1] << 8));
    }

    private void Number(string text)
    {
        var (nir, fault) = NirInput.Read(text);
        Holds(nir is null == fault is not null, "a number, or a sentence");
        if (nir is null)
            return;
        Holds(nir.Value.Length == 13 && nir.Key is >= 1 and <= 97, "13 characters and a key");
        Holds(Nir.Parse(nir.Value) == nir && Nir.Parse(nir.Grouped) == nir && Nir.Parse($"{nir.Grouped} {nir.Key:00}") == nir, "read as it is shown");
        Holds(keys.For(nir) != Guid.Empty && !nir.ToString().Contains(nir.Value[7..], StringComparison.Ordinal), "masked");
    }

    private void Mail(string text)
    {
        if (!EmailAddress.TryParse(text, out var address))
            return;
        Holds(address.Value == text.Trim() && address.Value.Length <= EmailAddress.MaxLength && !address.Value.Any(char.IsControl), "as it was typed");
        Holds(EmailAddress.Parse(address.Value) == address, "read as it is shown");
        Holds(MimeKit.MailboxAddress.TryParse(address.Value, out var mailbox) && mailbox.Address == address.Value, "a letter can be sent to it");
        Holds(keys.For(address) == keys.For(EmailAddress.Parse(address.Value)) && tokens.OfEmail(address) == tokens.OfEmail(EmailAddress.Parse(address.Value)), "known again");
    }

    private static void Phone(string text, PhoneKind kind)
    {
        var (number, fault) = FrenchPhone.Read(text, kind);
        Holds(number is null || fault is null, "a number, or a sentence");
        Holds(number is not null || fault is not null == !string.IsNullOrWhiteSpace(text), "a sentence where there is something");
        if (number is not null)
            Holds(FrenchPhone.Read(FrenchPhone.Format(number), kind).Number == number, $"read as it is shown: {FrenchPhone.Format(number)}");
    }

    private static void Amount(string text)
    {
        var (amount, fault) = FrenchAmount.Read(text);
        Holds(amount > 0 == fault is null, "an amount, or a sentence");
        if (fault is null)
            Holds(amount <= 999_999.99m && FrenchAmount.Read(amount.ToString("N2", french)) == (amount, null), "read as it is shown");
    }

    private static void BirthDate(string text)
    {
        var fields = text.Split('\n');
        var faults = new ModelStateDictionary();
        var date = FrenchDate.Read(faults, "Day", fields[0], "Month", fields.ElementAtOrDefault(1), "Year", fields.ElementAtOrDefault(2), today);
        Holds(date is null == !faults.IsValid && faults.ErrorCount <= 1, "a date, or one sentence");
        if (date is { } day)
            Holds(FrenchDate.Read(faults, "Day", $"{day.Day}", "Month", french.DateTimeFormat.GetMonthName(day.Month), "Year", $"{day.Year:0000}", today) == day, "read as it is shown");
    }

    private static void Department(string text)
    {
        var (department, fault) = DepartmentInput.Read(text, "missing");
        Holds(department is null == fault is not null, "a department, or a sentence");
        if (department is not null)
            Holds(new[] { department.Code, department.Label, department.Name }.All(shown => DepartmentInput.Read(shown, "missing").Department == department), "read as it is shown");
    }

    private static void Serial(string text)
    {
        const string Prefix = "8025000032";
        var (serial, fault) = VitaleSerial.Read(text, Prefix);
        Holds(serial.Length > 0 == fault is null, "a serial, or a sentence");
        if (fault is null)
            Holds(serial.Length is 10 or 11 && serial.All(char.IsAsciiDigit) && VitaleSerial.Read(Prefix + serial, Prefix).Serial == serial, "read after its prefix");
    }

    private static void Verification(string text)
    {
        if (VerificationCode.TryParse(text, out var code))
            Holds(code.Value.Length == VerificationCode.Length && VerificationCode.Parse(code.Grouped) == code, "read as it is shown");
    }

    private static void Confidential(string text)
    {
        if (ConfidentialCode.TryParse(text, out var code))
            Holds(code.Value.Length == ConfidentialCode.Length && ConfidentialCode.TryParse(code.Value, out var again) && again == code, "read as it is shown");
    }

    private static void NewPassword(string text)
    {
        var fields = text.Split('\n', 2);
        var faults = new ModelStateDictionary();
        NewPasswordInput.Check(faults, "New", fields[0], "Again", fields.ElementAtOrDefault(1));
        NewPasswordInput.CheckCurrent(faults, "Current", text);
        var password = new Password(text);
        Holds(new Password(password.Value) == password && password.Length <= password.Value.Length, "normal once and for all");
    }

    private void Name(string text) => Holds(tokens.OfName(text, today) == tokens.OfName(text.ToUpperInvariant(), today), "found in capitals");

    private static void FileName(string text)
    {
        var name = AttachmentName.Of(text, AttachmentType.Pdf);
        Holds(name.Length is > 4 and <= AttachmentName.MaxLength + 4 && name.EndsWith(".pdf", StringComparison.Ordinal), "a name with its ending");
        Holds(!name.Any(c => char.IsControl(c) || c is '/' or '\\' or '"' or '<' or '>' or ':'), "fit for any disk");
        Holds(AttachmentName.Of(name, AttachmentType.Pdf) == name, "clean once and for all");
        Holds(!AttachmentName.Shown(text).Any(char.IsControl), "fit for any page");
    }

    private static void Message(string text)
    {
        var kept = Typed.Text(text);
        Holds(Typed.Text(kept) == kept && !kept.Contains('\r', StringComparison.Ordinal) && kept.IsNormalized(), "normal once and for all");
        var faults = new ModelStateDictionary();
        MessageInput.Check(faults, "Text", text, "missing");
        Holds(faults.IsValid == kept.Length is > 0 and <= MessageLimits.MaxLength, "measured as it is kept");
    }

    private static void CivilDay(string text)
    {
        if (CivilDate.TryParse(text, out var date))
            Holds(date.ToString() == text && date.FirstDay.Year == date.Year, "read as it is written");
    }

    private static void Link(string text)
    {
        if (EmailLink.TryParse(text, out var adherent, out var secret))
            Holds(EmailLink.TryParse(EmailLink.Compose(adherent, secret), out var again, out var same) && (again, same) == (adherent, secret), "read as it is written");
    }

    private static void Login(string text)
    {
        Holds(AgentLogin.KeyFor(text) != Guid.Empty, "somebody's, or nobody's");
        if (AgentLogin.TryParse(text, out var login))
            Holds(AgentLogin.Parse(login.Value) == login && login.Key == AgentLogin.KeyFor(text) && login.Parts.All(part => part.Length > 0), "read as it is shown");
    }

    private static void Totp(string text)
    {
        var (secret, now) = (TotpSecret.Parse("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"), DateTimeOffset.UnixEpoch + TotpSecret.Step);
        var isGood = string.Concat(text.Where(c => !char.IsWhiteSpace(c))) is var code && (code == secret.CodeOf(1) || code == secret.CodeOf(2));
        Holds(secret.StepOf(text, now, lastAccepted: 0) is not null == isGood, "a code of the moment that was not used, and no other");
    }

    private static void Claims(string text)
    {
        JsonDocument told;
        try
        {
            told = JsonDocument.Parse(Encoding.UTF8.GetBytes(text)); // as it comes
        }
        catch (JsonException)
        {
            return;
        }
        using (told)
        {
            if (told.RootElement.ValueKind is not JsonValueKind.Object)
                return;
            var user = PivotClaims.Read(told.RootElement, out var faults);
            Holds(user is null == faults.Count > 0, "somebody, or what is wrong");
            if (user is null)
                return;
            var written = JsonSerializer.SerializeToElement(PivotClaims.Of(user.Subject, user.Identity, PivotClaims.ScopesOfAll));
            Holds(PivotClaims.Read(written, out _) == user, "read as it is told");
        }
    }

    private static void UserAgent(string text) => Holds(Origins.Device(text) is { Length: > 0 and < 40 } device && !device.Any(char.IsControl), "a kind of device");
}
