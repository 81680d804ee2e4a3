using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Identity;
using MsaOrleans.Grains.Interfaces.Registration;

namespace MsaOrleans.Grains.Tests.Adherent;

[Collection(AdherentCluster.SharedClock)]
public sealed class RegistrationTests(AdherentCluster cluster)
{
    [Fact]
    public async Task Another_browser_sees_nothing_of_a_draft_and_cannot_touch_it()
    {
        var fritz = cluster.NewAdherent();
        var mine = await fritz.Prove();
        var other = SignUpTicket.New();

        Assert.Null(await fritz.Registration.Progress(other));
        Assert.Equal(DeclareOutcome.NoDraft, await fritz.Registration.Declare(other, Samples.FritzDeclares with { Email = Samples.OtherEmail }));
        Assert.False(await fritz.Registration.AnswerHealthInsurance(other, insured: false));
        Assert.Equal(new VerificationOutcome.NoDraft(), await fritz.Identity.Prove(other, TestAdherent.Card));
        Assert.Equal(CompletionOutcome.NoDraft, await fritz.Registration.Complete(other, "2026-01"));
        await fritz.Registration.Abandon(other);

        Assert.Equal(BeginOutcome.Begun, await fritz.Registration.Begin(other, fritz.Nir));
        Assert.Equal(new RegistrationProgress(fritz.Nir, null, null, false, false, null), await fritz.Registration.Progress(other));
        Assert.Equal(CompletionOutcome.NotProved, await fritz.Registration.Complete(other, "2026-01"));
        Assert.Equal(new RegistrationProgress(fritz.Nir, Samples.FritzDeclares, true, true, false, null), await fritz.Registration.Progress(mine));
    }

    [Fact]
    public async Task Steps_cannot_be_skipped()
    {
        var fritz = cluster.NewAdherent();
        var ticket = SignUpTicket.New();
        await fritz.Registration.Begin(ticket, fritz.Nir);

        Assert.False(await fritz.Registration.AnswerHealthInsurance(ticket, insured: true));
        Assert.Equal(new VerificationOutcome.NoDraft(), await fritz.Identity.Prove(ticket, TestAdherent.Card));
        Assert.Equal(CompletionOutcome.NotProved, await fritz.Registration.Complete(ticket, "2026-01"));
    }

    [Fact]
    public async Task A_birth_date_that_contradicts_the_number_is_a_slip_of_the_pen_and_counts_nothing()
    {
        var fritz = cluster.NewAdherent();
        var ticket = SignUpTicket.New();
        await fritz.Registration.Begin(ticket, fritz.Nir);

        for (var i = 0; i < 10; i++)
            Assert.Equal(DeclareOutcome.BirthDateContradictsNir, await fritz.Registration.Declare(ticket, Samples.FritzDeclares with { BirthDate = new(1964, 9, 12) }));

        Assert.Null((await fritz.Registration.Progress(ticket))!.Details);
        Assert.Equal(DeclareOutcome.Accepted, await fritz.Registration.Declare(ticket, Samples.FritzDeclares));
        Assert.Equal(new VerificationOutcome.Proved(), await fritz.Identity.Prove(ticket, TestAdherent.Card));
    }

    [Fact]
    public async Task Another_name_after_the_proof_asks_for_another_proof_and_another_mail_does_not()
    {
        var fritz = cluster.NewAdherent();
        var ticket = await fritz.Prove();

        await fritz.Registration.Declare(ticket, Samples.FritzDeclares with { Email = Samples.OtherEmail });
        Assert.True((await fritz.Registration.Progress(ticket))!.Proved);
        await fritz.Registration.Declare(ticket, Samples.FritzDeclares with { FamilyName = "Lami" });
        Assert.False((await fritz.Registration.Progress(ticket))!.Proved);
        Assert.Equal(CompletionOutcome.NotProved, await fritz.Registration.Complete(ticket, "2026-01"));
    }

    [Fact]
    public async Task Asking_twice_to_finish_gives_one_letter_and_the_same_answer()
    {
        var fritz = cluster.NewAdherent();
        var ticket = await fritz.Prove();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => fritz.Registration.Complete(ticket, "2026-01")));

        Assert.All(outcomes, outcome => Assert.Equal(CompletionOutcome.Completed, outcome));
        Assert.Single(cluster.Queue.TakeJobs(fritz.Key));
        Assert.Single(fritz.Stored!.Dispatches.All);
    }

    [Fact]
    public async Task Two_browsers_that_finish_at_once_open_one_account()
    {
        var fritz = cluster.NewAdherent();
        var tickets = new[] { await fritz.Prove(), await fritz.Prove() };

        var outcomes = await Task.WhenAll(tickets.Select(ticket => fritz.Registration.Complete(ticket, "2026-01")));

        Assert.Equal([CompletionOutcome.Completed, CompletionOutcome.NoDraft], outcomes.Order());
        Assert.Single(cluster.Queue.TakeJobs(fritz.Key));
        Assert.Null(await fritz.Registration.Progress(tickets[Array.IndexOf(outcomes, CompletionOutcome.NoDraft)]));
    }

    [Fact]
    public async Task The_letter_is_queued_before_the_account_is_written_and_in_one_write()
    {
        var fritz = cluster.NewAdherent();
        var ticket = await fritz.Prove();
        cluster.Rows.TakeNotes(fritz.Key);

        await fritz.Registration.Complete(ticket, "2026-01");

        Assert.Equal(["queued", "written"], cluster.Rows.TakeNotes(fritz.Key));
    }

    [Fact]
    public async Task The_terms_accepted_are_remembered()
    {
        var fritz = cluster.NewAdherent();
        await fritz.SignUp();

        Assert.Equal(("2026-01", cluster.Now), (fritz.Stored!.Registration.Completed!.TermsVersion, fritz.Stored.Registration.Completed.At));
    }

    [Fact]
    public async Task Giving_up_leaves_no_row_but_failures_stay_counted()
    {
        var fritz = cluster.NewAdherent();
        var clean = await fritz.Declare();
        await fritz.Registration.Abandon(clean);
        Assert.Null(fritz.Stored);
        Assert.Null(await fritz.Registration.Progress(clean));

        var failed = await fritz.Declare();
        Assert.Equal(new VerificationOutcome.NotMatched(2), await fritz.Identity.Prove(failed, TestAdherent.WrongCard));
        await fritz.Registration.Abandon(failed);
        Assert.Equal(new VerificationOutcome.NotMatched(1), await fritz.Identity.Prove(await fritz.Declare(), TestAdherent.WrongCard));
    }

    [Fact]
    public async Task Whoever_never_got_his_password_signs_up_again_in_any_browser()
    {
        var fritz = cluster.NewAdherent();
        var ticket = await fritz.Prove();
        await fritz.Registration.Complete(ticket, "2026-01");
        var lost = Assert.Single(cluster.Queue.TakeJobs(fritz.Key)).Dispatch;
        await fritz.Dispatches.Take(lost);
        await fritz.Dispatches.Fail(lost, new(Permanent: true, "550 no such user"));

        Assert.Equal(BeginOutcome.Begun, await fritz.Registration.Begin(ticket, fritz.Nir));
        await fritz.Registration.Declare(ticket, Samples.FritzDeclares with { Email = Samples.OtherEmail });
        Assert.Equal(CompletionOutcome.NotProved, await fritz.Registration.Complete(ticket, "2026-01"));
        await fritz.Identity.Prove(ticket, TestAdherent.Card);
        Assert.Equal(CompletionOutcome.Completed, await fritz.Registration.Complete(ticket, "2026-01"));
        var letter = await fritz.Dispatches.Take(Assert.Single(cluster.Queue.TakeJobs(fritz.Key)).Dispatch);
        Assert.Equal(Samples.OtherEmail, letter!.To);
        await fritz.SignIn(letter.Secret!);
    }

    [Fact]
    public async Task A_sign_up_begun_while_the_account_had_lapsed_does_not_take_it_over_once_it_is_personal()
    {
        var fritz = cluster.NewAdherent();
        var password = await fritz.ReceiveProvisionalPassword();
        cluster.Clock.Advance(TimeSpan.FromDays(3) - TimeSpan.FromMinutes(5));
        var (session, _) = await fritz.SignIn(password);
        cluster.Clock.Advance(TimeSpan.FromMinutes(10));
        var meanwhile = await fritz.Prove();

        Assert.IsType<Interfaces.Credentials.PasswordChangeOutcome.Changed>(await fritz.Credentials.Personalise(session, new(TestAdherent.OwnPassword)));

        Assert.Equal(CompletionOutcome.NoDraft, await fritz.Registration.Complete(meanwhile, "2026-01"));
        await fritz.SignIn(TestAdherent.OwnPassword);
    }
}
