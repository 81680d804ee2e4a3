using System.Globalization;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Credentials;
using static MsaOrleans.Grains.Tests.Samples;

namespace MsaOrleans.Grains.Tests.Domain;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("Passage-Lune7")]
    [InlineData("trois Vaches 12")]
    [InlineData("correct Horse battery staple")]
    [InlineData("ÉlÈve-çà_9")]
    [InlineData("kV8#pzQ2")]
    [InlineData("Kp7m-Rt4w-Xh9c")]
    [InlineData("12-Truites-Mouchetées")]
    [InlineData("Vent1963Doux!")]
    [InlineData("\U0001F404abcDEF1")]
    public void A_good_password_is_taken(string chosen) => Assert.Equal(PasswordFlaws.None, Flaws(chosen));

    [Theory]
    [InlineData("", PasswordFlaws.TooShort | PasswordFlaws.TooFewClasses)]
    [InlineData("kV8#pzQ", PasswordFlaws.TooShort)]
    [InlineData("kV8#pz\U0001F404", PasswordFlaws.TooShort)]
    [InlineData("kV8#pze\u0301", PasswordFlaws.TooShort)]
    [InlineData("kV8#pze\u0301n", PasswordFlaws.None)]
    public void Seven_characters_are_too_few_and_eight_enough(string chosen, PasswordFlaws flaws) => Assert.Equal(flaws, Flaws(chosen));

    [Theory]
    [InlineData(50, "x", PasswordFlaws.None)]
    [InlineData(51, "x", PasswordFlaws.TooLong)]
    [InlineData(50, "\U0001F404", PasswordFlaws.None)]
    [InlineData(51, "\U0001F404", PasswordFlaws.TooLong)]
    [InlineData(50, "e\u0301", PasswordFlaws.None)]
    [InlineData(51, "e\u0301", PasswordFlaws.TooLong)]
    public void Fifty_characters_are_taken_and_fifty_one_are_not(int length, string filling, PasswordFlaws flaws) =>
        Assert.Equal(flaws, Flaws("kV8#" + string.Concat(Enumerable.Repeat(filling, length - 4))));

    [Theory]
    [InlineData("vkqzpwmxtr", 1)]
    [InlineData("vkqzPWMXTR", 2)]
    [InlineData("vkqzp-wmxtr", 2)]
    [InlineData("8472916305", 1)]
    [InlineData("vkqz84729", 2)]
    [InlineData("VKQZ84729", 2)]
    [InlineData("VKQZ-84729", 3)]
    [InlineData("vkqzPW84729", 3)]
    [InlineData("vkqzPW-mxtr", 3)]
    [InlineData("vkqz 84729", 3)]
    [InlineData("vkqzPW-84729", 4)]
    [InlineData("éàùçÉÀÙÇ42", 3)]
    [InlineData("vkqz\U0001F40484729", 3)]
    public void Three_of_the_four_classes_are_asked(string chosen, int classes) =>
        Assert.Equal(classes < PasswordRules.MinClasses, Flaws(chosen).HasFlag(PasswordFlaws.TooFewClasses));

    [Theory]
    [InlineData("x-1630967482229")]
    [InlineData("x-163096748222906")]
    [InlineData("Ab-1 63 09 67 482 229")]
    [InlineData("Ab-1.63.09.67.482.229")]
    [InlineData("Ab-1/63/09/67/482/229!")]
    [InlineData("Ab-16309674")]
    [InlineData("Ab-67482229")]
    [InlineData("Ab:09_67_48_22")]
    [InlineData("Ab1\u00A063\u00A009\u00A067\u00A0482\u00A0229")]
    public void The_number_or_most_of_it_may_not_stand_in_it_in_any_spacing(string chosen) =>
        Assert.Equal(PasswordFlaws.ContainsNir, Flaws(chosen));

    [Fact]
    public void A_few_digits_of_the_number_are_no_harm() => Assert.Equal(PasswordFlaws.None, Flaws("Ab-1630967"));

    [Fact]
    public void A_number_of_Corsica_is_found_in_lower_case_too() =>
        Assert.True(PasswordRules.FlawsOf(new("Xy-253072a073004"), Nir.Parse("253072A073004"), [], default).HasFlag(PasswordFlaws.ContainsNir));

    [Theory]
    [InlineData("Lamy-84729", "LAMY")]
    [InlineData("84729-YMAL-lamy", "LAMY")]
    [InlineData("l.a.m.y-84729X", "LAMY")]
    [InlineData("Herbes-Leger84", "HERBÈS-LÉGER")]
    [InlineData("hérbés léger84X", "HERBÈS-LÉGER")]
    [InlineData("84-Cœur-29x", "COEUR")]
    public void A_name_may_not_stand_in_it_with_or_without_accents(string chosen, string name) =>
        Assert.Equal(PasswordFlaws.ContainsName, PasswordRules.FlawsOf(new(chosen), FritzNir, [name], new(1963, 9, 12)));

    [Fact]
    public void A_name_of_three_letters_stands_in_words_by_accident() =>
        Assert.Equal(PasswordFlaws.None, PasswordRules.FlawsOf(new("Passage-Leande7"), FritzNir, ["LÉA", ""], new(1963, 9, 12)));

    [Theory]
    [InlineData("Vent-12091963")]
    [InlineData("Vent-12/09/1963")]
    [InlineData("Vent 12.09.63")]
    [InlineData("Vent-120963")]
    [InlineData("Vent1963-09-12")]
    [InlineData("Vent-19630912")]
    [InlineData("Vent-630912")]
    [InlineData("12-Vent-09-1963 12 09 63")]
    public void The_birth_date_may_not_stand_in_it(string chosen) => Assert.Equal(PasswordFlaws.ContainsBirthDate, Flaws(chosen));

    [Theory]
    [InlineData("Azerty123!")]
    [InlineData("Azerty1234!")]
    [InlineData("Bonjour2024!")]
    [InlineData("AZERTY123!")]
    [InlineData("Motdepasse1")]
    [InlineData("P@ssw0rd")]
    [InlineData("P@ssw0rd!")]
    [InlineData("P@$$w0rd")]
    [InlineData("Password1")]
    [InlineData("Soleil67!")]
    [InlineData("Bonjour2024")]
    [InlineData("Alsace2024")]
    [InlineData("Agricole-67")]
    [InlineData("Qwerty123!")]
    [InlineData("S0leil2024")]
    public void What_everybody_uses_is_refused(string chosen) =>
        Assert.Equal(PasswordFlaws.Common, PasswordRules.FlawsOf(new(chosen), FritzNir, [], default) & PasswordFlaws.Common);

    [Fact]
    public void Every_flaw_is_told_at_once() => Assert.Equal(
        PasswordFlaws.TooLong | PasswordFlaws.TooFewClasses | PasswordFlaws.ContainsNir | PasswordFlaws.ContainsName | PasswordFlaws.ContainsBirthDate,
        Flaws("lamyfritz1630967482229" + "12091963" + new string('k', 30)));

    [Fact]
    public void It_stands_on_any_day_of_any_year()
    {
        for (var day = new DateOnly(1904, 2, 28); day < new DateOnly(2026, 1, 1); day = day.AddDays(97))
        {
            Assert.Equal(
                PasswordFlaws.ContainsBirthDate,
                PasswordRules.FlawsOf(new($"Vq-{day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture)}"), FritzNir, [], day) & PasswordFlaws.ContainsBirthDate);
        }
    }

    private static PasswordFlaws Flaws(string chosen) => PasswordRules.FlawsOf(new(chosen), FritzNir, CivilIdentity.Of(Fritz).Names, Fritz.BirthDate);
}
