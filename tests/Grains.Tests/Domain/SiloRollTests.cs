using MsaOrleans.Grains.Domain;

namespace MsaOrleans.Grains.Tests.Domain;

public sealed class SiloRollTests
{
    private static readonly DateTimeOffset now = Samples.Now;

    [Fact]
    public void A_silo_that_ended_is_missing_for_an_hour_unless_one_was_started_on_its_machine()
    {
        Assert.Equal([0], Missing([("a", -500, -5)], ("a", -600), ("b", -4)));
        Assert.Empty(Missing([("a", -500, -5)], ("a", -4)));
        Assert.Empty(Missing([("a", -500, -5)], ("a", -6))); // clocks differ
        Assert.Equal([0], Missing([("a", -500, -5)], ("a", -7)));
        Assert.Equal([0], Missing([("a", -5, -5)])); // itself is nobody's replacement
        Assert.Empty(Missing([("a", -500, -60)]));
        Assert.Equal([0], Missing([("a", -500, -59)]));
    }

    [Fact]
    public void One_that_is_started_takes_the_place_of_one_that_ended() => Assert.Equal([0], Missing([("a", -500, -3), ("a", -500, -5)], ("a", -4)));

    [Fact]
    public void One_restarted_again_and_again_is_not_missing() => Assert.Empty(Missing([("a", -500, -50), ("a", -49, -30), ("a", -29, -10)], ("a", -9)));

    private static IReadOnlyList<int> Missing((string Machine, int Started, int LastSeen)[] gone, params (string Machine, int Started)[] working) => SiloRoll.Missing(
        [.. gone.Select(silo => (silo.Machine, now.AddMinutes(silo.Started), now.AddMinutes(silo.LastSeen)))],
        working.Select(silo => (silo.Machine, now.AddMinutes(silo.Started))), now);
}
