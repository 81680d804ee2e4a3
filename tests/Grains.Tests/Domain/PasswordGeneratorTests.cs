using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Credentials;
using static MsaOrleans.Grains.Tests.Samples;

namespace MsaOrleans.Grains.Tests.Domain;

public sealed class PasswordGeneratorTests
{
    private readonly Password[] many = [.. Enumerable.Range(0, 10_000).Select(_ => PasswordGenerator.New())];

    [Fact]
    public void None_of_ten_thousand_comes_twice() => Assert.Equal(many.Length, many.Distinct().Count());

    [Fact]
    public void Each_has_the_shape_of_three_groups_of_four_and_no_character_that_looks_like_another() =>
        Assert.All(many, p => Assert.Matches("^[abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ2-9]{4}(-[abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ2-9]{4}){2}$", p.Value));

    [Fact]
    public void Each_obeys_the_rule_for_passwords_itself() => Assert.All(many, p =>
    {
        Assert.Equal(PasswordFlaws.None, PasswordRules.FlawsOf(p, FritzNir, [], Fritz.BirthDate));
        Assert.Contains(p.Value, char.IsAsciiLetterLower);
        Assert.Contains(p.Value, char.IsAsciiLetterUpper);
        Assert.Contains(p.Value, char.IsAsciiDigit);
    });

    [Fact]
    public void Each_is_recognised_as_possibly_one() => Assert.All(many, p => Assert.True(PasswordGenerator.MayBe(p)));

    [Fact]
    public void Every_character_of_the_alphabet_comes_about_as_often_as_any_other()
    {
        var counts = many.SelectMany(p => p.Value).Where(c => c != '-').CountBy(c => c).ToDictionary();

        Assert.Equal(56, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, many.Length * 12 / 56 / 2, many.Length * 12 / 56 * 2));
    }

    [Theory]
    [InlineData(" Kp7m-Rt4w-Xh9c")]
    [InlineData("Kp7m-Rt4w-Xh9c ")]
    [InlineData("\tKp7m-Rt4w-Xh9c\r\n")]
    [InlineData("\u00A0Kp7m-Rt4w-Xh9c\u202F")]
    public void Blanks_that_came_along_from_the_mail_are_dropped(string typed) =>
        Assert.Equal("Kp7m-Rt4w-Xh9c", PasswordGenerator.Cleaned(new(typed)).Value);

    [Theory]
    [InlineData("Kp7m-Rt4w-Xh9c")]
    [InlineData(" Soleil-Vert-7 ")]
    [InlineData(" Kp7m Rt4w Xh9c ")]
    [InlineData(" Kp7m-Rt4w-Xh9c. ")]
    [InlineData("  ")]
    [InlineData("")]
    public void Anything_else_stays_as_it_is(string typed) => Assert.Equal(new Password(typed), PasswordGenerator.Cleaned(new(typed)));
}
