using MsaOrleans.Grains.Interfaces.Adherents;

namespace MsaOrleans.Grains.Tests.Domain;

public sealed class PhoneNumberTests
{
    [Theory]
    [InlineData("+33612345678")]
    [InlineData("+262692123456")]
    [InlineData("+3312345")]
    [InlineData("+123456789012345")]
    public void An_international_number_is_taken(string typed)
    {
        Assert.True(PhoneNumber.TryParse(typed, out var number));
        Assert.Equal(typed, number.Value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("0612345678")]
    [InlineData("33612345678")]
    [InlineData("+33 6 12 34 56 78")]
    [InlineData("+123456")]
    [InlineData("+1234567890123456")]
    [InlineData("++33612345678")]
    [InlineData("+33612345678 ")]
    [InlineData("+3361234567x")]
    [InlineData("+\u0663\u0663612345678")]
    public void Anything_else_is_not(string? typed)
    {
        Assert.False(PhoneNumber.TryParse(typed, out var number));
        Assert.Null(number);
    }

    [Fact]
    public void It_shows_its_last_two_digits_and_no_other() => Assert.Equal("+** ** ** 78", PhoneNumber.Parse("+33612345678").ToString());

    [Fact]
    public void A_number_known_to_be_good_that_is_not_is_a_bug() => Assert.Throws<FormatException>(() => PhoneNumber.Parse("0612345678"));
}
