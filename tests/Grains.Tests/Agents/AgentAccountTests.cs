using System.Text.Json;
using MsaOrleans.Grains.Interfaces.Agents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Storage;

namespace MsaOrleans.Grains.Tests.Agents;

[Collection(AgentCluster.SharedClock)]
public sealed class AgentAccountTests(AgentCluster cluster)
{
    [Fact]
    public async Task A_login_is_given_once()
    {
        var marie = await cluster.NewAgent();
        Assert.Null(await marie.Account.Add(new(marie.Login, "Une autre", AgentRole.Supervisor), AgentCluster.Operator));
        Assert.Equal("Marie Durand", (await marie.Grain.Check(await marie.SignIn()))!.Name);
        await Assert.ThrowsAsync<ArgumentException>(() => marie.Account.Add(new(cluster.Nobody().Login, "Une autre", AgentRole.Agent), AgentCluster.Operator));
    }

    [Fact]
    public async Task Tries_at_a_login_keep_nobody_from_getting_it()
    {
        var marie = cluster.Nobody();
        await marie.GuessWrong(5);
        marie.Password = (await marie.Account.Add(new(marie.Login, "Marie Durand", AgentRole.Agent), AgentCluster.Operator))!.Value;
        await marie.SignIn();
    }

    [Fact]
    public async Task Whoever_is_removed_is_out_at_once()
    {
        var marie = await cluster.NewAgent();
        var session = await marie.Begin();
        var ticket = await marie.GivePassword();
        cluster.Clock.Advance(TotpSecret.Step);

        Assert.True(await marie.Account.Remove(AgentCluster.Operator));

        Assert.Null(await marie.Grain.Check(session));
        Assert.IsType<AgentCodeOutcome.Over>(await marie.TryCode(ticket, marie.Code()));
        Assert.Null(await marie.TryPassword(marie.Password));
        Assert.False(await marie.Account.Remove(AgentCluster.Operator));
        Assert.Null(await marie.Account.Reset(AgentCluster.Operator));
    }

    [Fact]
    public async Task A_reset_ends_sessions_locks_the_old_password_and_the_old_telephone()
    {
        var marie = await cluster.NewAgent(AgentRole.Supervisor);
        var session = await marie.Begin();
        await marie.GuessWrong(5);
        var (oldPassword, oldTelephone) = (marie.Password, marie.Telephone!);

        marie.Password = (await marie.Account.Reset(AgentCluster.Operator))!.Value;

        Assert.Null(await marie.Grain.Check(session));
        Assert.Null(await marie.TryPassword(oldPassword));
        cluster.Clock.Advance(TotpSecret.Step);
        var ticket = await marie.GivePassword();
        Assert.NotEqual(oldTelephone, marie.Telephone);
        Assert.IsType<AgentCodeOutcome.Wrong>(await marie.TryCode(ticket, oldTelephone.CodeAt(cluster.Clock.GetUtcNow())));
        var status = await marie.Grain.Check(await marie.GiveCode(ticket));
        Assert.Equal((AgentRole.Supervisor, true), (status!.Role, status.MustChangePassword));
    }

    [Fact]
    public async Task What_the_command_line_does_goes_on_record_before_it_is_done()
    {
        var (by, marie) = (new AgentAct("console " + Guid.NewGuid(), "agent remove"), await cluster.NewAgent(AgentRole.Supervisor));
        await marie.Account.Reset(by);
        await marie.Account.Remove(by);
        Assert.Equal(
            [(AuditedAct.ChangedAgent, $"remise à zéro : {marie.Login}, superviseur"), (AuditedAct.ChangedAgent, $"retrait : {marie.Login}, superviseur")],
            cluster.Audit.Of(by.Agent));
    }

    [Fact]
    public async Task A_row_that_was_moved_to_another_login_opens_nothing()
    {
        var (marie, paul) = (await cluster.NewAgent(), cluster.Nobody());
        cluster.Rows.Copy(marie.Login, paul.Login);
        await Assert.ThrowsAnyAsync<Exception>(() => paul.TryPassword(marie.Password));
    }

    [Fact]
    public void What_is_kept_reads_back_and_names_no_type()
    {
        var state = new AgentState
        {
            Profile = new(AgentLogin.Parse("marie.durand"), "Marie Durand", AgentRole.Supervisor),
            AddedAt = Samples.Now,
            Password = new(new("argon2id", 19456, 2, "c2FsdA==", "aGFzaA=="), Samples.Now.AddDays(3)),
            SecondFactor = new(TotpSecret.Parse("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"), Samples.Now, 59_100_000),
            Lockout = new() { Failures = 2, LastFailureAt = Samples.Now },
            Pending = new("ticket", Samples.Now.AddMinutes(5)),
            Sessions = new() { Open = [new("token", Samples.Now, Samples.Now, true, null, Samples.Origin)] },
        };
        const string Golden = """
            {"Profile":{"Login":"marie.durand","Name":"Marie Durand","Role":"Supervisor"},"AddedAt":"2026-03-10T09:30:00+00:00","Password":{"Hash":{"Algorithm":"argon2id","MemoryKib":19456,"Passes":2,"Salt":"c2FsdA==","Hash":"aGFzaA=="},"ProvisionalUntil":"2026-03-13T09:30:00+00:00"},"SecondFactor":{"Secret":"GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ","EnrolledAt":"2026-03-10T09:30:00+00:00","LastStep":59100000},"Lockout":{"Failures":2,"Locks":0,"LastFailureAt":"2026-03-10T09:30:00+00:00"},"Pending":{"TicketHash":"ticket","EndsAt":"2026-03-10T09:35:00+00:00"},"Sessions":{"Open":[{"TokenHash":"token","StartedAt":"2026-03-10T09:30:00+00:00","LastSeenAt":"2026-03-10T09:30:00+00:00","MustChangePassword":true,"Origin":{"Device":"Ordinateur, Firefox","Network":"203.0.113.x"}}]}}
            """;
        Assert.Equal(Golden.Trim(), JsonSerializer.Serialize(state, AgentStateJson.Default.AgentState));
        var read = JsonSerializer.Deserialize(Golden, AgentStateJson.Default.AgentState)!;
        Assert.Equal(state with { Sessions = new() }, read with { Sessions = new() });
        Assert.Equal(state.Sessions.Open, read.Sessions.Open);
        Assert.Equal(new AgentState(), JsonSerializer.Deserialize("""{"Newer":[1]}""", AgentStateJson.Default.AgentState)!);
    }
}
