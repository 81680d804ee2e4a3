using MsaOrleans.Grains.Interfaces.Enrolments;

namespace MsaOrleans.Grains.Tests.Domain;

public sealed class ConfidentialCodeTests
{
    private static readonly ConfidentialCode[] many = [.. Enumerable.Range(0, 10_000).Select(_ => ConfidentialCode.New())];

    [Fact]
    public void None_of_ten_thousand_comes_twice() => Assert.Equal(many.Length, many.Distinct().Count());

    [Fact]
    public void Each_has_ten_characters_and_none_that_looks_like_another() =>
        Assert.All(many, code => Assert.Matches(@"\A[ABCDEFGHJKMNPQRSTUVWXYZ2-9]{10}\z", code.Value));

    [Fact]
    public void Every_character_of_the_alphabet_comes_about_as_often_as_any_other()
    {
        var counts = many.SelectMany(code => code.Value).CountBy(c => c).ToDictionary();

        Assert.Equal(31, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, many.Length * 10 / 31 / 2, many.Length * 10 / 31 * 2));
    }

    [Fact]
    public void Each_reads_as_itself_as_it_is_in_small_letters_and_in_groups() => Assert.All(many, code =>
    {
        foreach (var typed in new[] { code.Value, code.Value.ToLowerInvariant(), $"{code.Value[..5]} {code.Value[5..]}", $"{code.Value[..5]}-{code.Value[5..]}" })
        {
            Assert.True(ConfidentialCode.TryParse(typed, out var read));
            Assert.Equal(code, read);
        }
    });

    [Theory]
    [InlineData("ABCDE23456")]
    [InlineData("abcde23456")]
    [InlineData("aBcDe23456")]
    [InlineData("  ABCDE23456\r\n")]
    [InlineData("ABCDE 23456")]
    [InlineData("A B C D E 2 3 4 5 6")]
    [InlineData("\tABCDE\t23456")]
    [InlineData("ABCDE\u00A023456")]
    [InlineData("\u00A0ABCDE\u202F23456\u3000")]
    [InlineData("ABCDE-23456")]
    [InlineData("--ab-cd-e2-34-56--")]
    [InlineData("ABCDE\u201023456")]
    [InlineData("ABCDE\u201123456")]
    [InlineData("ABCDE \u2013 23456")]
    [InlineData("ABCDE\u201423456")]
    [InlineData("ABCDE\u00AD23456")]
    [InlineData("\u200BABCDE\u200B23456\uFEFF")]
    [InlineData("\u202AABCDE23456\u202C")]
    [InlineData("\uFF21\uFF22\uFF23\uFF24\uFF25\uFF12\uFF13\uFF14\uFF15\uFF16")]
    [InlineData("\uFF41\uFF42\uFF43\uFF44\uFF45\uFF0D\uFF12\uFF13\uFF14\uFF15\uFF16")]
    public void Blanks_dashes_and_small_letters_are_as_good(string typed)
    {
        Assert.True(ConfidentialCode.TryParse(typed, out var code));
        Assert.Equal("ABCDE23456", code.Value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("----------")]
    [InlineData("ABCDE2345")]
    [InlineData("ABCDE234567")]
    [InlineData("ABCDE 2345")]
    [InlineData("ABCDI23456")]
    [InlineData("ABCDL23456")]
    [InlineData("ABCDO23456")]
    [InlineData("ABCDE23450")]
    [InlineData("ABCDE23451")]
    [InlineData("abcdi23456")]
    [InlineData("abcdl23456")]
    [InlineData("abcdo23456")]
    [InlineData("ABCD\u013123456")]
    [InlineData("ABCD\u00C923456")]
    [InlineData("ABCDE\u030123456")]
    [InlineData("\u0410BCDE23456")]
    [InlineData("ABCDE\u0662\u0663\u0664\u0665\u0666")]
    [InlineData("ABCDE.23456")]
    [InlineData("ABCDE_23456")]
    [InlineData("ABCDE/23456")]
    [InlineData("ABCDE'23456")]
    [InlineData("ABCDE\u000023456")]
    [InlineData("ABCD\U0001F40423456")]
    [InlineData("Kp7m-Rt4w-Xh9c")]
    public void What_no_code_could_be_is_refused(string? typed)
    {
        Assert.False(ConfidentialCode.TryParse(typed, out var code));
        Assert.Null(code);
    }

    [Fact]
    public void Long_text_is_not_even_read()
    {
        Assert.True(ConfidentialCode.TryParse("ABCDE23456".PadLeft(64), out _));
        Assert.False(ConfidentialCode.TryParse("ABCDE23456".PadLeft(65), out _));
        Assert.False(ConfidentialCode.TryParse(new string(' ', 1_000_000), out _));
    }

    // A fact and not a theory: attributes are stored in UTF-8, which would mend the broken pairs.
    [Fact]
    public void Text_that_is_not_text_is_refused_like_any_other()
    {
        foreach (var typed in new[] { "ABCD\uD83D23456", "\uDC04BCDE23456", "ABCDE23456\uFFFE", "ABCDE23456\uFFFF" })
            Assert.False(ConfidentialCode.TryParse(typed, out _));
    }

    [Fact]
    public void It_never_shows_itself() => Assert.All(many, code => Assert.Equal("confidential code", $"{code}"));
}
