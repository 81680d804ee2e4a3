namespace MsaOrleans.Load.Tests;

public sealed class RequirementTests
{
    [Theory]
    [InlineData("p50<=20ms", 20, true)]
    [InlineData("p50<20ms", 20, false)]
    [InlineData("p99<0.1s", 40, true)]
    [InlineData("p99.9>1m", 60, false)]
    [InlineData("/connexion:p95<20ms", 19, true)]
    [InlineData("POST /connexion:p95<20ms", 76, false)]
    [InlineData("errors=0", 0, true)]
    [InlineData("error-rate<0.01", 0, true)]
    [InlineData("refusals>0", 0, false)]
    [InlineData("journeys>=50", 50, true)]
    [InlineData("requests-per-second>60", 50, false)]
    [InlineData("cpu-per-journey<40ms", 42, false)]
    public void A_requirement_is_held_against_what_was_measured(string text, double measured, bool holds) =>
        Assert.Equal(new Verdict(text, measured, holds), Requirement.Parse(text).Judge(Reports.Small));

    [Theory]
    [InlineData("/nulle-part:p95<20ms")]
    [InlineData("/nulle-part:p95>0ms")]
    public void What_was_not_measured_fulfils_nothing(string text) => Assert.Equal(new Verdict(text, null, false), Requirement.Parse(text).Judge(Reports.Small));

    [Theory]
    [InlineData("p99")]
    [InlineData("p99<250")]
    [InlineData("p98<250ms")]
    [InlineData("errors=0ms")]
    [InlineData("/connexion:errors=0")]
    [InlineData("connexion:p99<1s")]
    [InlineData("p99!=1s")]
    public void What_is_no_requirement_is_refused(string text) => Assert.Throws<FormatException>(() => Requirement.Parse(text));

    [Fact]
    public void A_run_is_right_when_nothing_is_lost_and_all_requirements_hold()
    {
        Assert.True(Reports.Small.IsRight);
        Assert.False((Reports.Small with { Truth = new(50, ["somebody"]) }).IsRight);
        Assert.False((Reports.Small with { Verdicts = [new("errors=0", 0, true), new("p99<1s", 2_000, false)] }).IsRight);
    }
}
