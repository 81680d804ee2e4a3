using MsaOrleans.Grains.Domain.Agents;
using MsaOrleans.Grains.Interfaces.Agents;
using MsaOrleans.Grains.Ports;
using static MsaOrleans.Grains.Tests.Samples;

namespace MsaOrleans.Grains.Tests.Domain;

public sealed class AgentRulesTests
{
    private static readonly PasswordHash hash = new("cheap", 0, 1, "salt", "hash");

    [Fact]
    public void A_password_that_was_made_for_him_works_for_its_time_and_his_own_always()
    {
        var (made, own) = (new AgentPassword(hash, Now), new AgentPassword(hash));
        Assert.Equal((true, true, false), (made.IsProvisional, made.WorksAt(Now.AddTicks(-1)), made.WorksAt(Now)));
        Assert.Equal((false, true), (own.IsProvisional, own.WorksAt(Now.AddYears(9))));
    }

    [Fact]
    public void A_code_is_taken_from_the_browser_that_gave_the_password_and_in_time()
    {
        var pending = new PendingSignIn("ticket", Now);
        Assert.Equal((true, false, false), (pending.IsOf("ticket", Now.AddTicks(-1)), pending.IsOf("ticket", Now), pending.IsOf("other", Now.AddTicks(-1))));
    }

    [Fact]
    public void A_telephone_is_enrolled_by_its_first_code_and_stays_so_since_then()
    {
        var factor = new SecondFactor(TotpSecret.New());
        Assert.False(factor.IsEnrolled);
        var enrolled = factor.Accept(factor.Secret.CodeAt(Now), Now)!;
        Assert.Equal((true, Now, TotpSecret.StepAt(Now)), (enrolled.IsEnrolled, enrolled.EnrolledAt, enrolled.LastStep));
        Assert.Null(enrolled.Accept(factor.Secret.CodeAt(Now), Now));
        var later = Now + (2 * TotpSecret.Step);
        Assert.Equal(Now, enrolled.Accept(factor.Secret.CodeAt(later), later)!.EnrolledAt);
    }
}
