using System.Globalization;
using FsCheck.Xunit;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using MsaOrleans.Grains.Interfaces;
using MsaOrleans.Testing;
using MsaOrleans.Web.Forms;

namespace MsaOrleans.Web.Tests.Forms;

/// <summary>Whatever is typed into a field is read or refused with a sentence, never both, never neither; what the site itself writes, it reads back.</summary>
public sealed class FormReadingPropertyTests
{
    private const string Prefix = "8025000032";

    private static readonly CultureInfo french = CultureInfo.GetCultureInfo("fr-FR");
    private static readonly DateOnly today = new(2026, 3, 10);

    [Property(MaxTest = 1000)]
    public void An_amount_is_read_or_refused(byte[] choices)
    {
        var (amount, fault) = FrenchAmount.Read(AwkwardText.Of(choices, "22", ",", "50", ".", " ", "€"));

        Assert.Equal(fault is null, amount > 0);
        Assert.InRange(amount, 0, 999_999.99m);
        AssertIsSentence(fault);
    }

    [Property(MaxTest = 1000)]
    public void An_amount_reads_back_however_the_French_write_it(uint cents)
    {
        var amount = (1 + (cents % 99_999_999)) / 100m;

        foreach (var written in (string[])
        [
            amount.ToString("N2", french) + "\u00a0€", amount.ToString("0.00", french), amount.ToString("0.00", CultureInfo.InvariantCulture),
            amount.ToString("N2", CultureInfo.GetCultureInfo("de-DE")), $"  {amount.ToString("C2", french)}",
        ])
            Assert.Equal((amount, null), FrenchAmount.Read(written));
    }

    [Property(MaxTest = 1000)]
    public void A_date_is_read_or_refused_with_one_sentence(byte[] day, byte[] month, byte[] year)
    {
        var faults = new ModelStateDictionary();
        var read = FrenchDate.Read(
            faults, "Day", AwkwardText.Of(day, "12", "1"), "Month", AwkwardText.Of(month, "9", "sept", "Août", "jui"), "Year", AwkwardText.Of(year, "19", "63", "2026"), today);

        Assert.Equal(read is null, faults.ErrorCount == 1);
        foreach (var fault in faults.Values.SelectMany(entry => entry.Errors))
            AssertIsSentence(fault.ErrorMessage);
        Assert.True(read is null || (read <= today && read >= today.AddYears(-130)));
    }

    [Property(MaxTest = 1000)]
    public void A_date_reads_back_however_its_month_is_written(ushort daysAgo)
    {
        var date = today.AddDays(-(daysAgo % 40_000));
        var words = FrenchCalendar.Day(date).Split(' ');
        Assert.Equal((date.Day == 1 ? "1er" : $"{date.Day}", $"{date.Year}"), (words[0], words[2]));

        foreach (var month in (string[])[$"{date.Month}", $"{date.Month:00}", words[1], words[1].ToUpperInvariant(), $" {words[1][..Math.Min(4, words[1].Length)]}. "])
        {
            var faults = new ModelStateDictionary();
            Assert.Equal(date, FrenchDate.Read(faults, "Day", $" {date.Day:00} ", "Month", month, "Year", $"{date.Year}", today));
            Assert.True(faults.IsValid);
        }
    }

    [Property(MaxTest = 1000)]
    public void A_telephone_number_is_read_or_refused_and_reads_back_as_it_is_shown(byte[] choices, bool isMobile)
    {
        var kind = isMobile ? PhoneKind.Mobile : PhoneKind.Landline;
        var typed = AwkwardText.Of(choices, "06", "12", "34", "56", "78", "+33", "03", "88", "+590", " ");
        var (number, fault) = FrenchPhone.Read(typed, kind);

        Assert.Equal(number is null && !string.IsNullOrWhiteSpace(typed), fault is not null);
        AssertIsSentence(fault);
        if (number is not null)
            Assert.Equal((number, null), FrenchPhone.Read(FrenchPhone.Format(number), kind));
    }

    [Property(MaxTest = 1000)]
    public void Every_French_mobile_number_reads_back_as_it_is_shown(uint digits)
    {
        var typed = $"06{digits % 100_000_000:00000000}";
        var (number, fault) = FrenchPhone.Read(typed, PhoneKind.Mobile);

        if (number is null)
            AssertIsSentence(fault);
        else
            Assert.Equal((number, null), FrenchPhone.Read(FrenchPhone.Format(number), PhoneKind.Mobile));
        Assert.True(number is not null || fault is not null);
    }

    [Property(MaxTest = 1000)]
    public void A_serial_is_read_or_refused_and_the_part_that_is_printed_may_be_typed_or_not(byte[] choices, uint serial)
    {
        var (read, fault) = VitaleSerial.Read(AwkwardText.Of(choices, "12345", "67890", Prefix), Prefix);
        Assert.Equal(fault is null, read.Length is 10 or 11 && read.All(char.IsAsciiDigit));
        Assert.True(fault is null || read.Length == 0);
        AssertIsSentence(fault);

        var digits = $"{serial:0000000000}";
        foreach (var written in (string[])[digits, $"{Prefix}{digits}", $"{Prefix} {digits[..5]} {digits[5..]}", $"{digits[..3]}.{digits[3..6]}-{digits[6..]}\u00a0"])
            Assert.Equal((digits, null), VitaleSerial.Read(written, Prefix));
    }

    [Property(MaxTest = 1000)]
    public void A_number_is_read_or_refused(byte[] choices)
    {
        var (nir, fault) = NirInput.Read(AwkwardText.Of(choices, "1", "63", "09", "67", "2A", "482", "229"));

        Assert.Equal(fault is null, nir is not null);
        AssertIsSentence(fault);
    }

    [Property(MaxTest = 1000)]
    public void A_department_is_read_or_refused(byte[] choices)
    {
        var (department, fault) = DepartmentInput.Read(AwkwardText.Of(choices, "67", "2A", "000", "Bas-Rhin", "Corse", "97"), "Choisissez un département.");

        Assert.Equal(fault is null, department is not null);
        AssertIsSentence(fault);
        if (department is not null)
        {
            foreach (var written in (string[])[department.Code, department.Label, department.Name.ToUpperInvariant(), department.Code.ToLowerInvariant()])
                Assert.Equal((department, null), DepartmentInput.Read(written, ""));
        }
    }

    private static void AssertIsSentence(string? fault)
    {
        if (fault is not null)
            Assert.Matches(@"\A\p{Lu}.*\.\z", fault);
    }
}
