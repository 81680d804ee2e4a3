using MsaOrleans.Grains.Interfaces.Documents;

namespace MsaOrleans.Grains.Tests.Domain;

public sealed class VerificationCodeTests
{
    [Theory]
    [InlineData("7K3M9QRT0B21XY4Z")]
    [InlineData("7K3M-9QRT-0B21-XY4Z")]
    [InlineData(" 7k3m 9qrt\u00a00b21\u2014xy4z ")]
    [InlineData("7K3M.9QRT.OB2L.XY4Z")]
    [InlineData("7k3m-9qrt-ob2i-xy4z")]
    [InlineData("７Ｋ３Ｍ９ＱＲＴ０Ｂ２１ＸＹ４Ｚ")]
    public void What_people_make_of_a_code_is_read_as_that_code(string typed)
    {
        Assert.True(VerificationCode.TryParse(typed, out var code));
        Assert.Equal(("7K3M9QRT0B21XY4Z", "7K3M-9QRT-0B21-XY4Z", "verification code"), (code.Value, code.Grouped, $"{code}"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("7K3M-9QRT-0B21-XY4")]
    [InlineData("7K3M-9QRT-0B21-XY4Z-A")]
    [InlineData("7K3M-9QRT-0B21-XY4U")]
    [InlineData("7K3M-9QRT-0B21-XY4É")]
    [InlineData("\ud83d\ud83d")]
    public void What_is_no_code_is_told_to_be_none(string? typed) => Assert.False(VerificationCode.TryParse(typed, out _));

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void With_blanks_it_may_have_64_characters(int length, bool read) => Assert.Equal(read, VerificationCode.TryParse("7K3M9QRT0B21XY4Z".PadLeft(length), out _));

    [Fact]
    public void A_megabyte_is_not_even_read() => Assert.False(VerificationCode.TryParse(new string(' ', 1_000_000) + "7K3M9QRT0B21XY4Z", out _));

    [Fact]
    public void Codes_use_their_whole_alphabet_and_never_what_looks_like_something_else()
    {
        var codes = Enumerable.Repeat(0, 1_000).Select(_ => VerificationCode.New().Value).ToList();
        Assert.Equal(1_000, codes.Distinct().Count());
        Assert.Equal(32, codes.SelectMany(code => code).Distinct().Count());
        Assert.DoesNotContain(codes, code => code.IndexOfAny(['I', 'L', 'O', 'U']) >= 0);
        Assert.All(codes, code => Assert.Equal(code, VerificationCode.Parse(code).Value));
    }
}
