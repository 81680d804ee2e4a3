using MsaOrleans.Grains.Interfaces;
using MsaOrleans.Web.Forms;

namespace MsaOrleans.Web.Tests.Assistance;

public sealed class FrenchClockTests
{
    private static readonly DateTimeOffset now = new(2026, 6, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly FrenchClock clock = new(new Stopped());

    [Theory]
    [InlineData(0, "à l'instant")]
    [InlineData(59, "à l'instant")]
    [InlineData(60, "il y a 1 min")]
    [InlineData(3_599, "il y a 59 min")]
    [InlineData(3_600, "il y a 1 h")]
    [InlineData(86_399, "il y a 23 h")]
    [InlineData(86_400, "il y a un jour")]
    [InlineData(172_800, "il y a 2 jours")]
    [InlineData(5_184_000, "il y a 2 mois")]
    [InlineData(63_072_000, "il y a 2 ans")]
    [InlineData(-720, "dans 12 min")]
    public void A_moment_is_counted_back_to(int secondsAgo, string said) => Assert.Equal(said, Plain(clock.Ago(now.AddSeconds(-secondsAgo))));

    [Fact]
    public void Today_is_called_so()
    {
        Assert.Equal("aujourd'hui à 0 h 00", Plain(clock.Moment(FrenchCalendar.StartOf(new(2026, 6, 10)))));
        Assert.Equal("9 juin 2026 à 23 h 59", Plain(clock.Moment(FrenchCalendar.StartOf(new(2026, 6, 10)).AddMinutes(-1))));
        Assert.Equal("jusqu'à 14 h 31", Plain(clock.Until(now.AddMinutes(30).AddSeconds(1))));
        Assert.Equal("jusqu'au 11 juin 2026 à 14 h 00", Plain(clock.Until(now.AddDays(1))));
        Assert.Equal("depuis 12 min", Plain(clock.Since(now.AddMinutes(-12.5))));
        Assert.Equal("depuis moins d'une minute", clock.Since(now.AddSeconds(-5)));
    }

    private static string Plain(string text) => text.Replace('\u00a0', ' ');

    private sealed class Stopped : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
