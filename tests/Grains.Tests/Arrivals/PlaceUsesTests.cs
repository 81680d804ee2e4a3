using MsaOrleans.Grains.Domain.Arrivals;

namespace MsaOrleans.Grains.Tests.Arrivals;

public sealed class PlaceUsesTests
{
    private readonly PlaceUses uses = new();

    [Fact]
    public void A_place_is_worth_three_sign_ups()
    {
        Assert.Equal([true, true, true, false, false], Enumerable.Range(0, 5).Select(_ => uses.Use(7, Samples.Now)));
        Assert.True(uses.Use(8, Samples.Now));
    }

    [Theory]
    [InlineData(1, 59, false)]
    [InlineData(3, 59, false)]
    [InlineData(4, 1, true)]
    [InlineData(48, 0, true)]
    public void It_is_remembered_for_two_hours_at_least_and_forgotten_after_four(int hours, int minutes, bool again)
    {
        var later = Samples.Now.AddHours(hours).AddMinutes(minutes);
        for (var i = 0; i < 3; i++)
            uses.Use(7, Samples.Now);
        Assert.Equal(again, uses.Use(7, later));
    }
}
