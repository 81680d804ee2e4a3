using MsaOrleans.Grains.Interfaces.FranceConnect;

namespace MsaOrleans.Grains.Tests.Domain;

/// <summary>Birth dates as INSEE keeps them, day or month unknown for some who were born abroad long ago.</summary>
public sealed class CivilDateTests
{
    [Theory]
    [InlineData("1963-09-12", "1963-09-12")]
    [InlineData("1963-12-31", "1963-12-31")]
    [InlineData("1963-02-28", "1963-02-28")]
    [InlineData("1964-02-29", "1964-02-29")]
    [InlineData("0001-01-01", "0001-01-01")]
    [InlineData("1963-09-00", "1963-09-01")]
    [InlineData("1963-12-00", "1963-12-01")]
    [InlineData("1963-00-00", "1963-01-01")]
    public void A_date_is_written_as_it_was_read_and_stands_for_the_first_day_that_it_may_have_been(string text, string first)
    {
        Assert.True(CivilDate.TryParse(text, out var date));
        Assert.Equal(text, date.ToString());
        Assert.Equal(first, $"{date.FirstDay:yyyy-MM-dd}");
    }

    [Theory]
    [InlineData("1963-09-12", true)]
    [InlineData("1963-09-00", false)]
    [InlineData("1963-00-00", false)]
    public void It_is_complete_when_its_day_is_known(string text, bool complete)
    {
        Assert.True(CivilDate.TryParse(text, out var date));
        Assert.Equal(complete, date.IsComplete);
    }

    [Theory]
    [InlineData("1963-00-12")] // a day of no month
    [InlineData("1963-02-29")]
    [InlineData("1900-02-29")]
    [InlineData("1963-09-31")]
    [InlineData("1963-13-01")]
    [InlineData("1963-13-00")]
    [InlineData("0000-09-12")]
    [InlineData("0000-00-00")]
    public void A_day_that_never_was_is_none(string text) => Refused(text);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1963-9-12")]
    [InlineData("1963-09-12 ")]
    [InlineData("1963-09-120")]
    [InlineData("1963/09/12")]
    [InlineData("1963/09-12")]
    [InlineData("1963-09/12")]
    [InlineData("12-09-1963")]
    [InlineData("+963-09-12")]
    [InlineData("1963-+9-12")]
    [InlineData("1963-09- 1")]
    [InlineData("196x-09-12")]
    [InlineData("1963-0x-12")]
    [InlineData("1963-09-1x")]
    public void What_is_written_otherwise_is_none(string? text) => Refused(text);

    private static void Refused(string? text)
    {
        Assert.False(CivilDate.TryParse(text, out var date));
        Assert.Equal(default, date);
    }
}
