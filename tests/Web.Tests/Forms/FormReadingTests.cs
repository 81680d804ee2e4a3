using Microsoft.AspNetCore.Mvc.ModelBinding;
using MsaOrleans.Web.Forms;

namespace MsaOrleans.Web.Tests.Forms;

/// <summary>What people type, read as they mean it or refused with a sentence.</summary>
public sealed class FormReadingTests
{
    [Theory]
    [InlineData("67", "67")]
    [InlineData(" 1 ", "01")]
    [InlineData("01-Ain", "01")]
    [InlineData("2A", "2A")]
    [InlineData("2a", "2A")]
    [InlineData("2b-Haute-Corse", "2B")]
    [InlineData("６７", "67")]
    [InlineData("67320", "67")]
    [InlineData("20090", "2A")]
    [InlineData("20200", "2B")]
    [InlineData("bas rhin", "67")]
    [InlineData("Côtes d'Armor", "22")]
    [InlineData("ardeche", "07")]
    public void A_department_is_read_as_people_name_it(string typed, string code)
    {
        var (department, fault) = DepartmentInput.Read(typed, "Manque.");
        Assert.Null(fault);
        Assert.Equal(code, department?.Code);
    }

    [Theory]
    [InlineData(null, "Manque.")]
    [InlineData("  ", "Manque.")]
    [InlineData("20", "2A pour la Corse-du-Sud")]
    [InlineData("971", "Outre-mer")]
    [InlineData("98800", "Outre-mer")]
    [InlineData("96", "n’existe pas")]
    [InlineData("00", "n’existe pas")]
    [InlineData("2C", "n’existe pas")]
    [InlineData("123", "n’existe pas")]
    [InlineData("00100", "n’existe pas")]
    [InlineData("-67", "n’existe pas")]
    [InlineData("<script>", "n’existe pas")]
    public void What_is_no_department_gets_a_sentence(string? typed, string sentence)
    {
        var (department, fault) = DepartmentInput.Read(typed, "Manque.");
        Assert.Null(department);
        Assert.Contains(sentence, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_without_end_is_no_department() => Assert.Contains("n’existe pas", DepartmentInput.Read(new string('6', 1_000_000), "Manque.").Fault, StringComparison.Ordinal);

    private static readonly DateOnly today = new(2026, 11, 23);

    [Theory]
    [InlineData("22,50", 22.50)]
    [InlineData("22.50", 22.50)]
    [InlineData(" 1 234,56 € ", 1234.56)]
    [InlineData("1\u202f234,56\u00a0€", 1234.56)]
    [InlineData("1.234,56", 1234.56)]
    [InlineData("1.234.567,89", null)]
    [InlineData("0,01", 0.01)]
    [InlineData("999999,99", 999999.99)]
    [InlineData("1000000,00", null)]
    [InlineData("0,00", null)]
    [InlineData("22", null)]
    [InlineData("22,", null)]
    [InlineData("22,5", null)]
    [InlineData("1.234", null)]
    [InlineData("22,505", null)]
    [InlineData("-22,50", null)]
    [InlineData("−22,50", null)]
    [InlineData("22,50 $", null)]
    [InlineData("vingt-deux", null)]
    [InlineData("٢٢,٥٠", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void An_amount_has_its_cents(string? typed, double? expected)
    {
        var (amount, fault) = FrenchAmount.Read(typed);
        Assert.Equal(expected is null, fault is not null);
        if (expected is not null)
            Assert.Equal((decimal)expected, amount);
    }

    [Theory]
    [InlineData("12", "9", "1963", "1963-09-12")]
    [InlineData(" 12 ", "09", "1963", "1963-09-12")]
    [InlineData("1", "septembre", "1963", "1963-09-01")]
    [InlineData("1", "Fevrier", "1963", "1963-02-01")]
    [InlineData("1", "déc.", "1963", "1963-12-01")]
    [InlineData("29", "2", "2024", "2024-02-29")]
    [InlineData("23", "11", "2026", "2026-11-23")]
    public void A_birth_date_is_read(string day, string month, string year, string expected)
    {
        var faults = new ModelStateDictionary();
        Assert.Equal(DateOnly.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), Read(faults, day, month, year));
        Assert.True(faults.IsValid);
    }

    [Theory]
    [InlineData("", "", "", "Day")]
    [InlineData("31", "2", "1963", "Day")]
    [InlineData("29", "2", "2023", "Day")]
    [InlineData("0", "9", "1963", "Day")]
    [InlineData("douze", "9", "1963", "Day")]
    [InlineData("12", "13", "1963", "Month")]
    [InlineData("12", "ju", "1963", "Month")]
    [InlineData("12", "jui", "1963", "Month")]
    [InlineData("12", "9", "63", "Year")]
    [InlineData("12", "9", "0000", "Day")]
    [InlineData("12", "9", "-963", "Year")]
    [InlineData("24", "11", "2026", "Year")]
    [InlineData("12", "9", "1876", "Year")]
    public void A_birth_date_that_cannot_be_is_refused_where_it_is_wrong(string day, string month, string year, string field)
    {
        var faults = new ModelStateDictionary();
        Assert.Null(Read(faults, day, month, year));
        Assert.Equal([field], faults.Where(f => f.Value!.Errors.Count > 0).Select(f => f.Key));
    }

    [Theory]
    [InlineData("06 12 34 56 78", "+33612345678")]
    [InlineData("0612345678", "+33612345678")]
    [InlineData("06.12.34.56.78", "+33612345678")]
    [InlineData("06-12-34-56-78", "+33612345678")]
    [InlineData("+33 6 12 34 56 78", "+33612345678")]
    [InlineData("+33 (0)6 12 34 56 78", "+33612345678")]
    [InlineData("0033 6 12 34 56 78", "+33612345678")]
    [InlineData("07 56 78 90 12", "+33756789012")]
    [InlineData("0692 12 34 56", "+262692123456")]
    [InlineData("+262 692 12 34 56", "+262692123456")]
    [InlineData("0690 00 12 34", "+590690001234")]
    [InlineData("+49 1512 3456789", "+4915123456789")]
    public void A_mobile_number_is_read_in_every_usual_form(string typed, string expected)
    {
        var (number, fault) = FrenchPhone.Read(typed, PhoneKind.Mobile);
        Assert.Null(fault);
        Assert.Equal(expected, number!.Value);
    }

    [Theory]
    [InlineData("03 88 12 34 56")]
    [InlineData("06 12 34 56")]
    [InlineData("06 12 34 56 78 90")]
    [InlineData("0A12345678")]
    [InlineData("12")]
    [InlineData("+")]
    [InlineData("٠٦١٢٣٤٥٦٧٨x")]
    public void What_is_no_mobile_number_is_refused(string typed)
    {
        var (number, fault) = FrenchPhone.Read(typed, PhoneKind.Mobile);
        Assert.Null(number);
        Assert.Contains("06 12 34 56 78", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("03 88 12 34 56", "+33388123456", "03 88 12 34 56")]
    [InlineData("09 70 12 34 56", "+33970123456", "09 70 12 34 56")]
    [InlineData("06 12 34 56 78", "+33612345678", "06 12 34 56 78")]
    public void A_landline_may_be_any_ordinary_number_and_is_shown_as_people_write_it(string typed, string expected, string shown)
    {
        var (number, _) = FrenchPhone.Read(typed, PhoneKind.Landline);
        Assert.Equal(expected, number!.Value);
        Assert.Equal(shown, FrenchPhone.Format(number));
    }

    // Germany has numbers of 17 digits with its code; E.164 has 15 at most.
    [Fact]
    public void A_number_longer_than_any_that_can_be_kept_is_refused() =>
        Assert.Contains("03 88 12 34 56", FrenchPhone.Read("+49 30 1234567890123", PhoneKind.Landline).Fault, StringComparison.Ordinal);

    [Theory]
    [InlineData("1234567890", "1234567890")]
    [InlineData("12345 67890", "1234567890")]
    [InlineData("12345678901", "12345678901")]
    [InlineData("8025000032 1234567890", "1234567890")]
    [InlineData("80250000321234567890 1", "12345678901")]
    [InlineData("123456789", null)]
    [InlineData("123456789012", null)]
    [InlineData("80250000321", null)]
    [InlineData("12345O7890", null)]
    [InlineData("", null)]
    public void A_serial_is_ten_digits_or_eleven(string typed, string? expected)
    {
        var (serial, fault) = VitaleSerial.Read(typed, "8025000032");
        Assert.Equal(expected is null, fault is not null);
        Assert.Equal(expected ?? "", serial);
    }

    [Fact]
    public void A_lock_that_ends_today_is_told_by_the_hour_and_another_day_by_its_date()
    {
        var clock = new FrenchClock(new At(new(2026, 11, 23, 13, 5, 0, TimeSpan.Zero)));
        Assert.Equal("à partir de 15\u00a0h\u00a005", clock.From(new(2026, 11, 23, 14, 5, 0, TimeSpan.Zero)));
        Assert.Equal("à partir de 15\u00a0h\u00a006", clock.From(new(2026, 11, 23, 14, 5, 30, TimeSpan.Zero)));
        Assert.Equal("à partir du 1er décembre 2026 à 9\u00a0h\u00a000", clock.From(new(2026, 12, 1, 8, 0, 0, TimeSpan.Zero)));
    }

    private static DateOnly? Read(ModelStateDictionary faults, string day, string month, string year) =>
        FrenchDate.Read(faults, "Day", day, "Month", month, "Year", year, today);

    private sealed class At(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
