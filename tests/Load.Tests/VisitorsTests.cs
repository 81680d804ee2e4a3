namespace MsaOrleans.Load.Tests;

public sealed class VisitorsTests
{
    [Fact]
    public void Errands_come_by_their_weights()
    {
        var (mix, random) = (Mix.Parse("sign-up=6,bot=2"), new Random(1));
        var came = Enumerable.Range(0, 8_000).CountBy(_ => mix.Next(random)).ToDictionary();
        Assert.Equal([Errand.SignUp, Errand.Bot], came.Keys.Order());
        Assert.InRange(came[Errand.SignUp], 5_850, 6_150);
    }

    [Theory]
    [InlineData("sign-up=1", false)]
    [InlineData("sign-up=1,sign-in=0", false)]
    [InlineData("sign-up=1,sign-in=1", true)]
    [InlineData("enrolment=1", true)]
    public void A_mix_knows_whether_somebody_comes_with_an_account(string mix, bool needs) => Assert.Equal(needs, Mix.Parse(mix).NeedsAccounts);

    [Theory]
    [InlineData("")]
    [InlineData("sign-up")]
    [InlineData("sign-up=-1")]
    [InlineData("sign-up=0")]
    [InlineData("sign-off=1")]
    public void What_is_no_mix_is_refused(string text) => Assert.Throws<FormatException>(() => Mix.Parse(text));

    [Fact]
    public void Half_of_them_think_less_than_the_median_and_nobody_for_ever()
    {
        var (think, random) = (ThinkTime.Parse("4s~0.9"), new Random(1));
        var times = Enumerable.Range(0, 10_000).Select(_ => think.Next(random)).ToList();
        Assert.InRange(times.Count(time => time < TimeSpan.FromSeconds(4)), 4_750, 5_250);
        Assert.InRange(times.Count(time => time > TimeSpan.FromSeconds(4 * Math.Exp(0.9))), 1_437, 1_737); // one sigma: 15.9 %
        Assert.True(times.Max() <= TimeSpan.FromSeconds(40));
    }

    [Fact]
    public void With_0_nobody_thinks() => Assert.Equal(TimeSpan.Zero, ThinkTime.Parse("0").Next(new Random(1)));

    [Theory]
    [InlineData("4")]
    [InlineData("4s~")]
    [InlineData("4s~1~2")]
    public void What_is_no_think_time_is_refused(string text) => Assert.Throws<FormatException>(() => ThinkTime.Parse(text));

    [Fact]
    public void Each_has_an_address_of_his_own_in_the_range()
    {
        var range = Forwarded.Parse("198.18.0.0/29");
        Assert.Equal(["198.18.0.1", "198.18.0.2", "198.18.0.6", "198.18.0.1"], new[] { 0, 1, 5, 6 }.Select(range.Address));
        Assert.Throws<FormatException>(() => Forwarded.Parse("somewhere"));
    }
}
