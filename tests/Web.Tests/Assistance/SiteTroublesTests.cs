using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Web.Assistance;
using MsaOrleans.Web.Forms;

namespace MsaOrleans.Web.Tests.Assistance;

public sealed class SiteTroublesTests
{
    private static readonly DateTimeOffset now = new(2026, 11, 25, 13, 10, 0, TimeSpan.Zero);
    private static readonly SiloStanding working = new("10.0.0.1:11111", SiloCondition.Working, now.AddHours(-5), 12);

    [Fact]
    public void All_is_well_where_nothing_happens() => Assert.Empty(Of(Figures()));

    [Theory]
    [InlineData(9, false)]
    [InlineData(10, true)]
    public void Mail_is_late_ten_minutes_after_it_was_due(int minutes, bool told) =>
        Assert.Equal(
            told ? ["Du courrier est en retard depuis 10 min : 3 adhérents attendent un courriel qui aurait dû partir."] : [],
            Of(Figures() with { Letters = new(5, 0, 3, now.AddMinutes(-minutes)) }));

    [Fact]
    public void Silos_that_are_gone_or_silent_are_named_and_one_that_starts_is_not() =>
        Assert.Equal(
            ["Le serveur 10.0.0.2:11111 ne répond pas.", "Le serveur 10.0.0.3:11111 s’est arrêté il y a 12 min et n’a pas été remplacé."],
            Of(
                Figures(), working, working with { Name = "10.0.0.2:11111", Condition = SiloCondition.Silent },
                working with { Name = "10.0.0.3:11111", Condition = SiloCondition.Missing, Since = now.AddMinutes(-12) }, working with { Condition = SiloCondition.Changing }));

    [Fact]
    public void A_database_that_does_not_answer_is_told_of() => Assert.Equal(["La base de données ne répond pas : les chiffres ne peuvent pas être lus."], Of(null, working));

    [Theory]
    [InlineData(19, 0, false)] // chance
    [InlineData(20, 20, false)]
    [InlineData(20, 19, true)]
    public void Mail_that_does_not_leave_is_told_of(long failed, long sent, bool told) =>
        Assert.Equal(told, Of(Figures((23, "msa.dispatches kind=ProvisionalPassword outcome=deferred", failed), (22, "msa.dispatches kind=DepartmentCode outcome=sent", sent))).Any(trouble => trouble.StartsWith("Les courriels ne partent plus", StringComparison.Ordinal)));

    [Theory]
    [InlineData(19, 0, false)]
    [InlineData(20, 0, true)]
    [InlineData(60, 220, false)] // ten an hour before, thirty now
    [InlineData(61, 220, true)]
    public void Failures_that_rise_are_told_of_and_those_of_every_day_are_not(long lately, long before, bool told)
    {
        foreach (var (counter, beginning) in ((string, string)[])[("msa.verifications outcome=not_matched", "Les vérifications"), ("msa.sign_ins outcome=refused", "Les connexions refusées")])
            Assert.Equal(told, Of(Figures((23, counter, lately), (3, counter, before))).Any(trouble => trouble.StartsWith(beginning, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(0, "0 adhérent")]
    [InlineData(1, "1 adhérent")]
    [InlineData(2, "2 adhérents")]
    [InlineData(10_001, "plus de 10 000 adhérents")]
    public void Counts_say_where_they_end(int count, string said) => Assert.Equal(said, Plain(SiteTroubles.Several(count, "adhérent", "adhérents")));

    private static List<string> Of(ActivityFigures? figures, params SiloStanding[] silos) =>
        [.. SiteTroubles.Of(new(now, figures, silos), new FrenchClock(new Stopped())).Select(Plain)];

    private static ActivityFigures Figures(params (int Hour, string Counter, long Count)[] counts)
    {
        ActivitySlice[] hours = [.. Enumerable.Range(0, 24).Select(hour => new ActivitySlice(
            now.AddMinutes(-10).AddHours(hour - 23), counts.Where(count => count.Hour == hour).ToDictionary(count => count.Counter, count => count.Count)))];
        return new(hours, hours, new(0, 0, 0, null));
    }

    private static string Plain(string text) => text.Replace('\u00a0', ' ').Replace('\u202f', ' ');

    private sealed class Stopped : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
