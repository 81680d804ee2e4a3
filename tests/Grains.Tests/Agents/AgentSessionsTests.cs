using MsaOrleans.Grains.Interfaces.Assistance;

namespace MsaOrleans.Grains.Tests.Agents;

[Collection(AgentCluster.SharedClock)]
public sealed class AgentSessionsTests(AgentCluster cluster)
{
    [Fact]
    public async Task A_session_ends_when_idle_and_lives_while_in_use_up_to_ten_hours()
    {
        var marie = await cluster.NewAgent();
        var session = await marie.Begin();
        var started = cluster.Clock.GetUtcNow();
        for (var quarter = 1; quarter < 40; quarter++)
        {
            cluster.Clock.Advance(TimeSpan.FromMinutes(15));
            Assert.NotNull(await marie.Grain.Check(session));
        }
        cluster.Clock.SetUtcNow(started.AddHours(10));
        Assert.Null(await marie.Grain.Check(session));

        var idle = await marie.SignIn();
        cluster.Clock.Advance(TimeSpan.FromMinutes(16));
        Assert.Null(await marie.Grain.Check(idle));
    }

    [Fact]
    public async Task A_session_that_is_signed_out_is_over()
    {
        var marie = await cluster.NewAgent();
        var session = await marie.Begin();
        await marie.Grain.SignOut(session);
        await marie.Grain.SignOut(session);
        Assert.Null(await marie.Grain.Check(session));
        Assert.Single(cluster.Audit.Of(marie.Login.Value), entry => entry.Act == AuditedAct.SignedOut);
    }
}
