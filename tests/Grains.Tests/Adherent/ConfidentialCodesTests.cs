using System.Text.Json;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Enrolments;
using MsaOrleans.Grains.Interfaces.Sessions;
using MsaOrleans.Grains.Storage;

namespace MsaOrleans.Grains.Tests.Adherent;

[Collection(AdherentCluster.SharedClock)]
public sealed class ConfidentialCodesTests(AdherentCluster cluster)
{
    private const string NewPassword = "Chemin-Vert42";
    private static readonly SignInOutcome refused = new SignInOutcome.Refused();
    private static readonly CodeOutcome accepted = new CodeOutcome.Accepted();

    [Fact]
    public async Task The_code_signs_in_once_in_place_of_the_password_and_still_serves_on_its_own_page()
    {
        var fritz = cluster.NewAdherent();
        var code = await fritz.ReceiveCode(await fritz.Connect());

        var (session, due) = await fritz.SignIn($" {code.Value[..5].ToLowerInvariant()}-{code.Value[5..]} ");

        Assert.Equal(FirstConnectionStep.Password, due);
        Assert.Equal(StatusOf(FirstConnectionStep.Password, "01"), await fritz.Sessions.Check(session));
        Assert.Null(await fritz.Space.Home(session));
        Assert.Equal(cluster.Now, fritz.Stored!.Credentials.LastSignInAt);
        Assert.Equal(refused, await fritz.Credentials.SignIn(new(code.Value), Samples.Origin));
        await fritz.Sessions.SignOut(session);
        await fritz.Deactivate();
        Assert.Equal(refused, await fritz.Credentials.SignIn(new(code.Value), Samples.Origin));
        var (own, _) = await fritz.SignIn(TestAdherent.OwnPassword);
        Assert.Equal(accepted, await fritz.Enrolments.EnterCode(own, "01", code));
        Assert.IsType<PasswordChangeOutcome.Changed>(await fritz.Credentials.Personalise(own, new(NewPassword)));
        Assert.Equal(["01", "67", "68"], fritz.Stored!.Enrolments.Departments.Select(d => d.Department).Order());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whichever_way_it_was_entered_the_code_is_over_once_the_department_is_open(bool asPassword)
    {
        var fritz = cluster.NewAdherent();
        var code = await fritz.ReceiveCode(await fritz.Connect());
        var (session, _) = await fritz.SignIn(asPassword ? code.Value : TestAdherent.OwnPassword);
        if (!asPassword)
            Assert.Equal(accepted, await fritz.Enrolments.EnterCode(session, "01", code));

        Assert.Equal(Rejected(PasswordFlaws.Provisional), await fritz.Credentials.Personalise(session, new(Dressed(code.Value))));
        Assert.Equal(Rejected(PasswordFlaws.Current), await fritz.Credentials.Personalise(session, new(TestAdherent.OwnPassword)));
        var changed = Assert.IsType<PasswordChangeOutcome.Changed>(await fritz.Credentials.Personalise(session, new(NewPassword)));

        Assert.Equal(["01", "67", "68"], (await fritz.Space.Home(changed.Session))!.Departments);
        Assert.Equal(new CodeOutcome.AlreadyActive(), await fritz.Enrolments.EnterCode(changed.Session, "01", code));
        Assert.Equal(refused, await fritz.Credentials.SignIn(new(code.Value), Samples.Origin));
        Assert.Null(Assert.Single(fritz.Stored!.Enrolments.Requests).Code);
        Assert.Single(fritz.Stored.Sessions.Open);
    }

    [Fact]
    public async Task The_code_of_another_adherent_is_wrong()
    {
        var (fritz, anne) = (cluster.NewAdherent(), cluster.NewAdherent());
        var (forFritz, forAnne) = (await fritz.RequestDepartment(await fritz.Connect()), await anne.RequestDepartment(await anne.Connect()));
        cluster.Clock.Advance(cluster.Policy.CodeDelay);
        var (his, hers) = (await fritz.TakeCode(forFritz), await anne.TakeCode(forAnne));
        var (session, _) = await fritz.SignIn(TestAdherent.OwnPassword);

        Assert.Equal(new CodeOutcome.Wrong(4), await fritz.Enrolments.EnterCode(session, "01", hers));
        Assert.Equal(refused, await fritz.Credentials.SignIn(new(hers.Value), Samples.Origin));
        Assert.Equal(accepted, await fritz.Enrolments.EnterCode(session, "01", his));
    }

    [Fact]
    public async Task The_code_of_another_department_of_his_is_told_and_not_counted()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        var letters = new[] { await fritz.RequestDepartment(session, "01"), await fritz.RequestDepartment(session, "2A") };
        cluster.Clock.Advance(cluster.Policy.CodeDelay);
        var (ain, corse) = (await fritz.TakeCode(letters[0]), await fritz.TakeCode(letters[1]));
        (session, _) = await fritz.SignIn(TestAdherent.OwnPassword);

        for (var i = 0; i < 10; i++)
            Assert.Equal(new CodeOutcome.OtherDepartment("2A"), await fritz.Enrolments.EnterCode(session, "01", corse));
        Assert.Equal(new CodeOutcome.NotRequested(), await fritz.Enrolments.EnterCode(session, "33", corse));
        Assert.Equal(new CodeOutcome.AlreadyActive(), await fritz.Enrolments.EnterCode(session, "67", corse));

        Assert.Equal(new CodeOutcome.Wrong(4), await fritz.Enrolments.EnterCode(session, "01", ConfidentialCode.New()));
        Assert.Equal(accepted, await fritz.Enrolments.EnterCode(session, "01", ain));
        Assert.IsType<PasswordChangeOutcome.Changed>(await fritz.Credentials.Personalise(session, new(NewPassword)));
        var (next, _) = await fritz.SignIn(corse.Value);
        Assert.Equal("2A", (await fritz.Sessions.Check(next))!.Activating);
    }

    [Fact]
    public async Task Five_wrong_codes_void_the_right_one_and_another_can_be_asked_for()
    {
        var fritz = cluster.NewAdherent();
        var code = await fritz.ReceiveCode(await fritz.Connect());
        var (session, _) = await fritz.SignIn(TestAdherent.OwnPassword);

        for (var left = 4; left > 0; left--)
        {
            Assert.Equal(new CodeOutcome.Wrong(left), await fritz.Enrolments.EnterCode(session, "01", ConfidentialCode.New()));
            await fritz.Deactivate();
        }
        Assert.Equal(new CodeOutcome.Locked(), await fritz.Enrolments.EnterCode(session, "01", ConfidentialCode.New()));

        Assert.Equal(new CodeOutcome.NotRequested(), await fritz.Enrolments.EnterCode(session, "01", code));
        Assert.Equal(refused, await fritz.Credentials.SignIn(new(code.Value), Samples.Origin));
        Assert.Equal(EnrolmentRequestStatus.Locked, (await fritz.LatestRequest(session)).Status);
        var another = await fritz.ReceiveCode(session);
        (session, _) = await fritz.SignIn(TestAdherent.OwnPassword);
        Assert.Equal(new CodeOutcome.Wrong(4), await fritz.Enrolments.EnterCode(session, "01", code));
        Assert.Equal(accepted, await fritz.Enrolments.EnterCode(session, "01", another));
    }

    [Fact]
    public async Task A_thousand_wrong_codes_at_once_reach_the_hasher_five_times()
    {
        var fritz = cluster.NewAdherent();
        await fritz.ReceiveCode(await fritz.Connect());
        var (session, _) = await fritz.SignIn(TestAdherent.OwnPassword);
        var guess = ConfidentialCode.New();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => fritz.Enrolments.EnterCode(session, "01", guess)));

        Assert.Equal(5, cluster.Hasher.HashesOf(guess.Value));
        Assert.Equal([1, 2, 3, 4], outcomes.OfType<CodeOutcome.Wrong>().Select(wrong => wrong.TriesLeft).Order());
        Assert.Single(outcomes.OfType<CodeOutcome.Locked>());
        Assert.Equal(995, outcomes.OfType<CodeOutcome.NotRequested>().Count());
    }

    [Fact]
    public async Task A_code_that_is_with_him_already_is_void_once_the_caisses_know_the_department()
    {
        var fritz = cluster.NewAdherent();
        var code = await fritz.ReceiveCode(await fritz.Connect());
        fritz.MoveTo("67", "01");

        var (session, _) = await fritz.SignIn(TestAdherent.OwnPassword);

        Assert.Equal(new CodeOutcome.AlreadyActive(), await fritz.Enrolments.EnterCode(session, "01", code));
        Assert.Equal(refused, await fritz.Credentials.SignIn(new(code.Value), Samples.Origin));
    }

    [Fact]
    public async Task A_lock_by_wrong_sign_ins_holds_for_codes_too()
    {
        var fritz = cluster.NewAdherent();
        var code = await fritz.ReceiveCode(await fritz.Connect());
        for (var i = 0; i < 5; i++)
            Assert.Equal(refused, await fritz.Credentials.SignIn(new(ConfidentialCode.New().Value), Samples.Origin));

        var hashes = cluster.Hasher.HashesOf(code.Value);
        Assert.Equal(refused, await fritz.Credentials.SignIn(new(code.Value), Samples.Origin));
        Assert.Equal(hashes, cluster.Hasher.HashesOf(code.Value));
        cluster.Clock.Advance(TimeSpan.FromMinutes(15));

        await fritz.SignIn(code.Value);
        Assert.True(fritz.Stored!.Credentials.Lockout.IsClean);
    }

    [Fact]
    public async Task No_code_is_ever_stored()
    {
        var fritz = cluster.NewAdherent();
        var code = await fritz.ReceiveCode(await fritz.Connect());
        AssertStoredWithout(code);
        var (session, _) = await fritz.SignIn(code.Value);
        AssertStoredWithout(code);
        await fritz.Credentials.Personalise(session, new(NewPassword));
        AssertStoredWithout(code);

        void AssertStoredWithout(ConfidentialCode secret) => Assert.DoesNotContain(
            secret.Value,
            JsonSerializer.Serialize(fritz.Stored!, AdherentStateJson.Default.AdherentState),
            StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_code_that_was_entered_in_time_opens_its_department_even_if_the_sweep_comes_before_the_change_of_password(bool swept)
    {
        var fritz = cluster.NewAdherent();
        var code = await fritz.ReceiveCode(await fritz.Connect());
        cluster.Clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromMinutes(1));
        var (session, _) = await fritz.SignIn(TestAdherent.OwnPassword);
        Assert.Equal(new CodeOutcome.Accepted(), await fritz.Enrolments.EnterCode(session, "01", code));
        cluster.Clock.Advance(TimeSpan.FromMinutes(2));
        if (swept)
            await fritz.Dispatches.Sweep(queueLost: false);

        Assert.Equal("01", (await fritz.Sessions.Check(session))!.Activating);
        var changed = Assert.IsType<PasswordChangeOutcome.Changed>(await fritz.Credentials.Personalise(session, new("Chemin-Vert42")));

        Assert.Equal(["01", "67", "68"], (await fritz.Space.Home(changed.Session))!.Departments);
    }

    private static PasswordChangeOutcome.Rejected Rejected(PasswordFlaws flaws) => new(flaws);

    /// <summary>The code with a dash in it and its first letter small: enough classes for a password.</summary>
    private static string Dressed(string code)
    {
        var first = code.First(char.IsAsciiLetter);
        var at = code.IndexOf(first, StringComparison.Ordinal);
        return $"{code[..at]}{char.ToLowerInvariant(first)}-{code[(at + 1)..]}";
    }

    // Of a session that began now.
    private SessionStatus StatusOf(FirstConnectionStep due, string? activating = null) =>
        new("LAMY FRITZ", due, new(TimeSpan.FromMinutes(20), cluster.Now.AddHours(8)), activating);
}
