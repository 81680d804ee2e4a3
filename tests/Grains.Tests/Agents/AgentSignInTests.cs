using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Agents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Interfaces.Credentials;

namespace MsaOrleans.Grains.Tests.Agents;

[Collection(AgentCluster.SharedClock)]
public sealed class AgentSignInTests(AgentCluster cluster)
{
    private static readonly TimeSpan second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task The_first_sign_in_enrols_the_telephone_and_forces_a_change_of_password()
    {
        var marie = await cluster.NewAgent(AgentRole.Supervisor);

        var ticket = await marie.GivePassword();
        Assert.Equal((marie.Login, marie.Telephone), ((await marie.Grain.Pending(ticket))!.Login, (await marie.Grain.Pending(ticket))!.ToEnrol));
        var session = await marie.GiveCode(ticket);
        var status = await marie.Grain.Check(session);
        Assert.Equal((marie.Login, "Marie Durand", AgentRole.Supervisor, true), (status!.Login, status.Name, status.Role, status.MustChangePassword));
        Assert.Equal((TimeSpan.FromMinutes(15), cluster.Clock.GetUtcNow().AddHours(10)), (status.Limits.Idle, status.Limits.EndsAt));

        var own = Assert.IsType<PasswordChangeOutcome.Changed>(await marie.Grain.Personalise(session, new(TestAgent.OwnPassword))).Session;
        Assert.Null(await marie.Grain.Check(session));
        Assert.False((await marie.Grain.Check(own))!.MustChangePassword);
        Assert.IsType<PasswordChangeOutcome.NotDue>(await marie.Grain.Personalise(own, new("Autre-Chose7")));
        Assert.Null(await marie.TryPassword(marie.Password));
    }

    [Fact]
    public async Task The_secret_is_shown_until_the_first_right_code_and_never_again()
    {
        var marie = await cluster.NewAgent();
        var ticket = await marie.GivePassword();
        Assert.IsType<AgentCodeOutcome.Wrong>(await marie.TryCode(ticket, marie.WrongCode()));
        Assert.Equal(marie.Telephone, (await marie.Grain.Pending(ticket))!.ToEnrol);
        await marie.GiveCode(ticket);
        Assert.Null(await marie.Grain.Pending(ticket));

        cluster.Clock.Advance(TotpSecret.Step);
        var again = await marie.TryPassword(marie.Password);
        Assert.Null((await marie.Grain.Pending(again!))!.ToEnrol);
        await marie.GiveCode(again!);
    }

    [Fact]
    public async Task Each_sign_in_before_the_telephone_is_enrolled_has_a_secret_of_its_own_and_only_the_last_counts()
    {
        var marie = await cluster.NewAgent();
        var first = await marie.GivePassword();
        var (seen, code) = (marie.Telephone, marie.Code());
        var second = await marie.GivePassword();

        Assert.NotEqual(seen, marie.Telephone);
        Assert.IsType<AgentCodeOutcome.Over>(await marie.TryCode(first, code));
        Assert.IsType<AgentCodeOutcome.Wrong>(await marie.TryCode(second, code));
        await marie.GiveCode(second);
    }

    [Fact]
    public async Task A_password_is_changed_with_the_one_before_and_the_record_tells_it()
    {
        var marie = await cluster.NewAgent();
        var session = await marie.Begin();
        Assert.IsType<PasswordChangeOutcome.WrongCurrent>(await marie.Grain.Change(session, new("Mauvais-Mot-1"), new("Autre-Chose7")));
        Assert.Equal(
            new PasswordChangeOutcome.Rejected(PasswordFlaws.Current), await marie.Grain.Change(session, new(marie.Password), new(marie.Password)));
        var next = Assert.IsType<PasswordChangeOutcome.Changed>(await marie.Grain.Change(session, new(marie.Password), new("Autre-Chose7"))).Session;

        Assert.Null(await marie.Grain.Check(session));
        Assert.NotNull(await marie.Grain.Check(next));
        Assert.Null(await marie.TryPassword(marie.Password));
        Assert.NotNull(await marie.TryPassword("Autre-Chose7"));
        Assert.Equal(2, cluster.Audit.Of(marie.Login.Value).Count(entry => entry.Act == AuditedAct.ChangedPassword)); // the forced one too
    }

    [Fact]
    public async Task Guessing_the_password_in_a_session_that_was_left_open_locks_as_guessing_at_the_door_does()
    {
        var marie = await cluster.NewAgent();
        var session = await marie.Begin();
        for (var i = 0; i < 4; i++)
            Assert.IsType<PasswordChangeOutcome.WrongCurrent>(await marie.Grain.Change(session, new($"Mauvais-Mot-{i}"), new("Autre-Chose7")));
        Assert.IsType<PasswordChangeOutcome.Locked>(await marie.Grain.Change(session, new("Mauvais-Mot-5"), new("Autre-Chose7")));
        Assert.IsType<PasswordChangeOutcome.Locked>(await marie.Grain.Change(session, new(marie.Password), new("Autre-Chose7")));
        Assert.Null(await marie.TryPassword(marie.Password));
    }

    [Fact]
    public async Task A_code_opens_once()
    {
        var marie = await cluster.NewAgent();
        await marie.Begin();

        Assert.IsType<AgentCodeOutcome.Wrong>(await marie.TryCode(await marie.GivePassword(), marie.Code()));

        // Nor after a restart, nor the one before it, although its time is not over.
        await cluster.Deactivate(marie.Login);
        var ticket = await marie.GivePassword();
        Assert.IsType<AgentCodeOutcome.Wrong>(await marie.TryCode(ticket, marie.Code()));
        Assert.IsType<AgentCodeOutcome.Wrong>(await marie.TryCode(ticket, marie.Code(-TotpSecret.Step)));
        Assert.IsType<AgentCodeOutcome.SignedIn>(await marie.TryCode(ticket, marie.Code(TotpSecret.Step)));
    }

    [Fact]
    public async Task Of_two_who_give_the_same_code_at_once_one_is_let_in()
    {
        var marie = await cluster.NewAgent();
        var ticket = await marie.GivePassword();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => marie.TryCode(ticket, marie.Code())));

        Assert.Single(outcomes.OfType<AgentCodeOutcome.SignedIn>());
    }

    [Fact]
    public async Task Without_the_code_the_password_opens_nothing_and_is_forgotten_after_five_minutes()
    {
        var marie = await cluster.NewAgent();
        await marie.Begin();
        var ticket = await marie.GivePassword();
        Assert.Null(await marie.Grain.Check(new SessionToken(ticket.Secret)));

        cluster.Clock.Advance(TimeSpan.FromMinutes(5) - second);
        Assert.NotNull(await marie.Grain.Pending(ticket));
        cluster.Clock.Advance(second);
        Assert.Null(await marie.Grain.Pending(ticket));
        Assert.IsType<AgentCodeOutcome.Over>(await marie.TryCode(ticket, marie.Code()));
    }

    [Fact]
    public async Task Wrong_passwords_and_wrong_codes_count_together_and_the_password_alone_wipes_nothing()
    {
        var marie = await cluster.NewAgent();
        await marie.Begin();
        await marie.GuessWrong(2);
        var ticket = await marie.GivePassword();
        Assert.IsType<AgentCodeOutcome.Wrong>(await marie.TryCode(ticket, marie.WrongCode()));
        Assert.IsType<AgentCodeOutcome.Wrong>(await marie.TryCode(ticket, ""));
        ticket = await marie.GivePassword();
        Assert.IsType<AgentCodeOutcome.Over>(await marie.TryCode(ticket, marie.WrongCode()));

        cluster.Clock.Advance(TimeSpan.FromMinutes(15) - second);
        Assert.Null(await marie.TryPassword(marie.Password));
        cluster.Clock.Advance(second);
        await marie.SignIn();

        // And a whole sign-in does.
        await marie.GuessWrong(4);
        await marie.SignIn();
    }

    [Fact]
    public async Task A_lock_ends_a_sign_in_that_is_half_done_but_no_session()
    {
        var marie = await cluster.NewAgent();
        var session = await marie.Begin();
        var ticket = await marie.GivePassword();
        await marie.GuessWrong(5);

        cluster.Clock.Advance(TotpSecret.Step);
        Assert.IsType<AgentCodeOutcome.Over>(await marie.TryCode(ticket, marie.Code()));
        Assert.NotNull(await marie.Grain.Check(session));
    }

    [Fact]
    public async Task A_login_that_is_nobody_s_costs_what_any_other_costs_and_is_forgotten_when_nobody_tries()
    {
        var (nobody, marie) = (cluster.Nobody(), await cluster.NewAgent());
        Assert.Null(await nobody.TryPassword("Personne-Ici7"));
        Assert.Null(await marie.TryPassword("Personne-Chez-Moi7"));
        Assert.Equal((1, 1), (cluster.Hasher.HashesOf("Personne-Ici7"), cluster.Hasher.HashesOf("Personne-Chez-Moi7")));
        await nobody.GuessWrong(4);
        Assert.Null(await nobody.TryPassword("Pendant-La-Suspension7"));
        Assert.Equal(0, cluster.Hasher.HashesOf("Pendant-La-Suspension7"));

        Assert.True(cluster.Rows.IsStored(nobody.Login));
        await cluster.Deactivate(nobody.Login);
        Assert.False(cluster.Rows.IsStored(nobody.Login));
        await cluster.Deactivate(marie.Login);
        Assert.True(cluster.Rows.IsStored(marie.Login));
    }

    [Fact]
    public async Task A_provisional_password_expires()
    {
        var (marie, paul) = (await cluster.NewAgent(), await cluster.NewAgent());
        cluster.Clock.Advance(cluster.Policy.ProvisionalLifetime - second);
        Assert.NotNull(await marie.TryPassword(marie.Password));
        cluster.Clock.Advance(second);
        Assert.Null(await paul.TryPassword(paul.Password));
    }

    [Theory]
    [InlineData("kV8#pzQ", PasswordFlaws.TooShort)]
    [InlineData("Durand-84729", PasswordFlaws.ContainsName)]
    [InlineData("Password2026!", PasswordFlaws.Common)]
    public async Task His_own_password_obeys_the_rules_of_all_passwords(string chosen, PasswordFlaws flaws)
    {
        var marie = await cluster.NewAgent();
        Assert.Equal(new PasswordChangeOutcome.Rejected(flaws), await marie.Grain.Personalise(await marie.SignIn(), new(chosen)));
    }

    [Fact]
    public async Task The_provisional_password_and_the_login_are_none_either()
    {
        var marie = await cluster.NewAgent();
        var session = await marie.SignIn();
        Assert.Equal(new PasswordChangeOutcome.Rejected(PasswordFlaws.Provisional), await marie.Grain.Personalise(session, new(marie.Password)));
        Assert.Equal(new PasswordChangeOutcome.Rejected(PasswordFlaws.ContainsName), await marie.Grain.Personalise(session, new($"X-{marie.Login}-84729")));
    }

    [Fact]
    public async Task An_old_hash_is_made_again()
    {
        var marie = await cluster.NewAgent();
        cluster.Hasher.Passes = 2;
        try
        {
            await marie.GivePassword();
            Assert.Contains("\"Passes\":2", cluster.Rows.Stored(marie.Login), StringComparison.Ordinal);
        }
        finally
        {
            cluster.Hasher.Passes = 1;
        }
        Assert.NotNull(await marie.TryPassword(marie.Password));
    }

    [Fact]
    public async Task What_happens_at_the_door_goes_on_record_and_no_login_that_is_nobody_s()
    {
        var marie = await cluster.NewAgent();
        await marie.GuessWrong(1);
        var ticket = await marie.GivePassword();
        await marie.TryCode(ticket, marie.WrongCode());
        var session = await marie.GiveCode(ticket);
        await marie.Grain.SignOut(session);
        await marie.GuessWrong(7);
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        await marie.GuessWrong(2);

        Assert.Equal(
            [
                (AuditedAct.SignInRefused, "mot de passe"),
                (AuditedAct.SignInRefused, "code"),
                (AuditedAct.SignedIn, "premier code de ce téléphone"),
                (AuditedAct.SignedOut, null),
                (AuditedAct.SignInRefused, "mot de passe"),
                (AuditedAct.SignInRefused, "mot de passe"),
                (AuditedAct.SignInRefused, "mot de passe"),
                (AuditedAct.SignInRefused, "mot de passe"),
                (AuditedAct.SignInRefused, "mot de passe ; accès suspendu"),
                (AuditedAct.SignInRefused, "accès suspendu"),
                (AuditedAct.SignInRefused, "accès suspendu"),
            ],
            cluster.Audit.Of(marie.Login.Value));

        var nobody = cluster.Nobody();
        await nobody.GuessWrong(1);
        Assert.Empty(cluster.Audit.Of(nobody.Login.Value));
        Assert.Contains((AuditedAct.SignInRefused, "mot de passe"), cluster.Audit.Of("?"));
    }

    [Fact]
    public async Task While_the_record_cannot_be_written_nobody_gets_in_and_tries_count()
    {
        var marie = await cluster.NewAgent();
        var ticket = await marie.GivePassword();
        cluster.Audit.IsFull = true;
        try
        {
            await Assert.ThrowsAsync<BackendUnavailableException>(() => marie.TryCode(ticket, marie.Code()));
            for (var i = 0; i < 5; i++)
                await Assert.ThrowsAsync<BackendUnavailableException>(() => marie.TryPassword("Mauvais-Mot-1"));
        }
        finally
        {
            cluster.Audit.IsFull = false;
        }
        Assert.Null(await marie.TryPassword(marie.Password));
    }
}
