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

    [Fact]
    public void What_was_used_at_the_turn_of_the_lists_is_remembered_for_two_hours_more()
    {
        var turn = Samples.Now + PlaceUses.Memory;
        uses.Use(7, Samples.Now);
        for (var i = 0; i < 3; i++)
            uses.Use(8, turn.AddTicks(-1));
        Assert.False(uses.Use(8, turn));
        for (var i = 0; i < 3; i++)
            uses.Use(9, turn);
        Assert.False(uses.Use(9, turn + PlaceUses.Memory));
        Assert.True(uses.Use(7, turn + PlaceUses.Memory));
    }

    [Theory]
    [InlineData(1, 59, false)]
    [InlineData(3, 59, false)]
    [InlineData(4, 0, true)]
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
