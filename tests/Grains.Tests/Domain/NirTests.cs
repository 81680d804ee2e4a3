using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MsaOrleans.Grains.Interfaces.Adherents;

namespace MsaOrleans.Grains.Tests.Domain;

public sealed class NirTests
{
    /// <summary>The worked examples of the references, keys included.</summary>
    public static TheoryData<string, int> Valid => new()
    {
        { "1 63 09 67 482 229", 6 },
        { "2 55 08 14 168 025", 38 },
        { "2 53 07 2A 073 004", 43 },
        { "2 53 07 2B 073 004", 70 },
        { "2 95 10 99 126 111", 93 },
        { "1 80 31 99 350 012", 25 },
        { "2 68 50 99 352 204", 33 },
        { "2 91 03 97 411 045", 89 },
        { "1 72 11 98 735 118", 11 },
        { "1 44 02 92 001 017", 48 },
        { "2 39 05 96 007 003", 17 },
        { "1 50 04 20 033 012", 96 },
        { "1 63 09 67 482 041", 97 },
        { "1 63 09 67 482 040", 1 },
        { "1 63 45 99 350 012", 15 },
    };

    [Theory]
    [MemberData(nameof(Valid))]
    public void A_valid_number_is_read_with_its_key_and_without(string grouped, int key)
    {
        Assert.Equal(NirFault.None, Nir.TryParse(grouped, out var bare));
        Assert.Equal(NirFault.None, Nir.TryParse($"{grouped} {key:00}", out var withKey));

        Assert.Equal(bare, withKey);
        Assert.Equal(grouped.Replace(" ", "", StringComparison.Ordinal), bare!.Value);
        Assert.Equal(grouped, bare.Grouped);
        Assert.Equal(key, bare.Key);
    }

    [Theory]
    [InlineData("1 63 09 67 482 229 07", NirFault.Key)]
    [InlineData("1 63 09 67 482 229 00", NirFault.Key)]
    [InlineData("1 63 09 67 482 229 98", NirFault.Key)]
    [InlineData("1 63 09 67 482 229 99", NirFault.Key)]
    [InlineData("1 63 09 67 428 229 06", NirFault.Key)]
    [InlineData("2 84 05 88 321 025 30", NirFault.Key)]
    [InlineData("2 53 07 2B 073 004 43", NirFault.Key)]
    [InlineData("1 63 13 67 482 229 70", NirFault.Impossible)]
    [InlineData("1 63 19 67 482 229", NirFault.Impossible)]
    [InlineData("1 63 00 67 482 229", NirFault.Impossible)]
    [InlineData("1 63 09 00 482 229", NirFault.Impossible)]
    [InlineData("1 63 09 67 000 229", NirFault.Impossible)]
    [InlineData("1 63 09 67 482 000", NirFault.Impossible)]
    [InlineData("0 63 09 67 482 229", NirFault.Impossible)]
    [InlineData("9 63 09 67 482 229", NirFault.Impossible)]
    [InlineData("2 53 07 2C 073 004 43", NirFault.Characters)]
    [InlineData("2 53 07 A2 073 004", NirFault.Characters)]
    [InlineData("2 53 07 1A 073 004", NirFault.Characters)]
    [InlineData("2 53 A7 20 073 004", NirFault.Characters)]
    [InlineData("1 63 09 67 482 22O", NirFault.Characters)]
    [InlineData("1 63 09 67 482 229 0A", NirFault.Characters)]
    [InlineData("1 63 09 67 482/229", NirFault.Characters)]
    [InlineData("fritz.lamy@example.fr", NirFault.Characters)]
    [InlineData("1 63 09 67 482 22", NirFault.Length)]
    [InlineData("1 63 09 67 482 229 0", NirFault.Length)]
    [InlineData("1 63 09 67 482 229 060", NirFault.Length)]
    [InlineData("2 53 07 2A 073 00", NirFault.Length)]
    [InlineData("1", NirFault.Length)]
    [InlineData("7 1 671 00000123", NirFault.Provisional)]
    [InlineData("5 1 671 00000125", NirFault.Provisional)]
    [InlineData("3 63 09 67 482 229", NirFault.Provisional)]
    [InlineData("4 63 09 67 482 229", NirFault.Provisional)]
    [InlineData("6 63 09 67 482 229 99", NirFault.Provisional)]
    [InlineData("8 63 99 00 000 000", NirFault.Provisional)]
    [InlineData(null, NirFault.Missing)]
    [InlineData("", NirFault.Missing)]
    [InlineData(" \t\r\n\u00A0\u202F", NirFault.Missing)]
    [InlineData("...---", NirFault.Missing)]
    public void An_invalid_number_is_refused_with_its_own_fault(string? typed, NirFault fault)
    {
        Assert.Equal(fault, Nir.TryParse(typed, out var nir));
        Assert.Null(nir);
    }

    [Theory]
    [InlineData("1630967482229")]
    [InlineData("163096748222906")]
    [InlineData(" 1 63 09 67 482 229 \r\n")]
    [InlineData("1\u00A063\u00A009\u00A067\u00A0482\u00A0229\u00A006")]
    [InlineData("1\u202F63\u202F09\u202F67\u202F482\u202F229")]
    [InlineData("1\u200963\u200A09\u300067\u2003482\t229")]
    [InlineData("1.63.09.67.482.229")]
    [InlineData("1-63-09-67-482-229")]
    [InlineData("1\u201163\u201309\u201467\u2010482\u2012229")]
    [InlineData("1630967482229\u200B")]
    [InlineData("\uFEFF1630967482229")]
    [InlineData("\u200E1630967\u00AD482229")]
    [InlineData("\uFF11\uFF16\uFF13\uFF10\uFF19\uFF16\uFF17\uFF14\uFF18\uFF12\uFF12\uFF12\uFF19")]
    public void Blanks_dots_and_dashes_of_any_kind_are_skipped(string typed)
    {
        Assert.Equal(NirFault.None, Nir.TryParse(typed, out var nir));
        Assert.Equal("1630967482229", nir!.Value);
    }

    [Theory]
    [InlineData("253072a073004", "253072A073004")]
    [InlineData("2 53 07 2b 073 004 70", "253072B073004")]
    public void Corsica_may_be_typed_in_lower_case(string typed, string value) => Assert.Equal(value, Nir.Parse(typed).Value);

    [Theory]
    [InlineData("\uD83D\uDE00")]
    [InlineData("163096748222\uD83D\uDE00")]
    [InlineData("163096748222\uFFFE")]
    [InlineData("163096748222\u0663")]
    [InlineData("163096748222\u00BD")]
    [InlineData("163096748222\0")]
    public void Whatever_is_no_digit_is_refused_without_an_accident(string typed) => Assert.Equal(NirFault.Characters, Nir.TryParse(typed, out _));

    [Fact]
    public void Half_a_surrogate_pair_is_refused_like_any_other_character()
    {
        Assert.Equal(NirFault.Characters, Nir.TryParse("163096748222\uD83D", out _));
        Assert.Equal(NirFault.Characters, Nir.TryParse("\uDE00163096748222", out _));
    }

    [Fact]
    public void A_hundred_thousand_characters_are_refused_like_any_other_length()
    {
        Assert.Equal(NirFault.Length, Nir.TryParse(new string('1', 100_000), out _));
        Assert.Equal(NirFault.Characters, Nir.TryParse(new string('\uFFFE', 100_000), out _));
        Assert.Equal(NirFault.Missing, Nir.TryParse(new string(' ', 100_000), out _));
        Assert.Equal(NirFault.None, Nir.TryParse(new string('\u202F', 100_000) + "1630967482229", out _));
    }

    [Fact]
    public void A_number_known_to_be_good_that_is_not_is_a_bug() => Assert.Throws<FormatException>(() => Nir.Parse("163096748222907"));

    [Property(Arbitrary = [typeof(Numbers)], MaxTest = 500)]
    public void Any_number_reads_back_from_its_grouped_form_and_with_its_key(Nir nir)
    {
        Assert.Equal(nir, Nir.Parse(nir.Grouped));
        Assert.Equal(nir, Nir.Parse($"{nir.Value}{nir.Key:00}"));
        Assert.Equal(nir, Nir.Parse($"{nir.Grouped} {nir.Key:00}".ToLowerInvariant().Replace(' ', '\u202F')));
        Assert.InRange(nir.Key, 1, 97);
    }

    /// <summary>97 is prime and divides no difference of one digit: neither 1 to 9 nor a power of ten. So every such slip is caught, always.</summary>
    [Property(Arbitrary = [typeof(Numbers)], MaxTest = 200)]
    public void With_its_key_a_number_with_one_digit_changed_is_always_refused(Nir nir)
    {
        var typed = $"{nir.Value}{nir.Key:00}";
        foreach (var altered in
            from position in Enumerable.Range(0, typed.Length)
            from digit in "0123456789"
            where digit != typed[position]
            select string.Concat(typed.AsSpan(0, position), digit.ToString(), typed.AsSpan(position + 1)))
        {
            Assert.NotEqual(NirFault.None, Nir.TryParse(altered, out _));
        }
    }

    [Property(Arbitrary = [typeof(Numbers)], MaxTest = 200)]
    public void With_its_key_a_number_with_two_neighbours_swapped_is_always_refused(Nir nir)
    {
        var typed = $"{nir.Value}{nir.Key:00}";
        for (var i = 0; i < 12; i++)
        {
            if (typed[i] != typed[i + 1])
                Assert.NotEqual(NirFault.None, Nir.TryParse($"{typed[..i]}{typed[i + 1]}{typed[i]}{typed[(i + 2)..]}", out _));
        }
    }

    [Property(Arbitrary = [typeof(Numbers)], MaxTest = 200)]
    public void It_shows_sex_and_year_and_nothing_else(Nir nir)
    {
        Assert.Equal($"{nir.Value[0]} {nir.Value[1..3]} ** ** *** ***", nir.ToString());
        Assert.DoesNotContain(nir.Value, $"{nir}{new { nir }}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1 63 09 67 482 229", "1963-09-12", false)]
    [InlineData("1 63 09 67 482 229", "1863-09-12", false)]
    [InlineData("1 63 09 67 482 229", "1964-09-12", true)]
    [InlineData("1 63 09 67 482 229", "1963-10-12", true)]
    [InlineData("2 01 12 01 053 088", "2001-12-24", false)]
    [InlineData("1 00 01 67 482 229", "2000-01-01", false)]
    [InlineData("1 80 31 99 350 012", "1980-03-31", false)]
    [InlineData("1 80 31 99 350 012", "1981-03-31", true)]
    [InlineData("2 68 50 99 352 204", "1968-12-01", false)]
    public void A_birth_date_contradicts_by_its_year_or_by_its_month_where_the_number_tells_it(string nir, string birthDate, bool contradicts) =>
        Assert.Equal(contradicts, Nir.Parse(nir).Contradicts(DateOnly.Parse(birthDate, System.Globalization.CultureInfo.InvariantCulture)));

    internal static class Numbers
    {
        public static Arbitrary<Nir> Nirs()
        {
            var two = Gen.Choose(0, 99).Select(n => $"{n:00}");
            var three = Gen.Choose(1, 999).Select(n => $"{n:000}");
            return (
                from sex in Gen.Elements('1', '2')
                from year in two
                from month in Gen.OneOf(Gen.Choose(1, 12), Gen.Choose(20, 99))
                from department in Gen.Frequency((3, Gen.Choose(1, 99).Select(n => $"{n:00}")), (1, Gen.Elements("2A", "2B")))
                from place in three
                from order in three
                select Nir.Parse($"{sex}{year}{month:00}{department}{place}{order}")).ToArbitrary();
        }
    }
}
