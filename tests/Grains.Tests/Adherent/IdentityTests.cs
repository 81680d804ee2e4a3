using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Identity;

namespace MsaOrleans.Grains.Tests.Adherent;

[Collection(AdherentCluster.SharedClock)]
public sealed class IdentityTests(AdherentCluster cluster)
{
    [Fact]
    public async Task A_payment_proves_too()
    {
        var fritz = cluster.NewAdherent();

        Assert.Equal(new VerificationOutcome.Proved(), await fritz.Identity.Prove(await fritz.Declare(), new IdentityProof.ReceivedPayment(22.5m)));
    }

    [Fact]
    public async Task A_lock_outlasts_browsers_restarts_and_the_right_answer()
    {
        var fritz = cluster.NewAdherent();
        var ticket = await fritz.Declare();
        for (var i = 0; i < 3; i++)
            await fritz.Identity.Prove(ticket, TestAdherent.WrongCard);
        var locked = new VerificationOutcome.Locked(new(cluster.Now.AddHours(1)));

        await fritz.Deactivate();

        var (reads, version) = (cluster.Registry.ReadsOf(fritz.Key), cluster.Rows.Version(fritz.Key));
        Assert.Equal(locked, await fritz.Identity.Prove(ticket, TestAdherent.Card));
        Assert.Equal((reads, version), (cluster.Registry.ReadsOf(fritz.Key), cluster.Rows.Version(fritz.Key))); // hammering at the door costs no disk
        Assert.Equal(locked, await fritz.Identity.Prove(await fritz.Declare(), TestAdherent.Card));
        Assert.Equal(locked.Lock, (await fritz.Registration.Progress(ticket))!.Lock);
        cluster.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(new VerificationOutcome.Proved(), await fritz.Identity.Prove(ticket, TestAdherent.Card));
    }

    [Fact]
    public async Task After_the_lock_of_a_day_only_the_hotline_opens()
    {
        var fritz = cluster.NewAdherent();
        var ticket = await fritz.Declare();
        VerificationOutcome last = new VerificationOutcome.NoDraft();
        for (var i = 0; i < 9; i++)
        {
            last = await fritz.Identity.Prove(ticket, TestAdherent.WrongCard);
            if (last is VerificationOutcome.Locked { Lock.Until: { } until })
                cluster.Clock.Advance(until - cluster.Now);
        }

        Assert.Equal(new VerificationOutcome.Locked(new(null)), last);
        await fritz.Dispatches.Sweep(queueLost: false);
        cluster.Clock.Advance(TimeSpan.FromDays(365));
        await fritz.Dispatches.Sweep(queueLost: false);
        Assert.Equal(last, await fritz.Identity.Prove(await fritz.Declare(), TestAdherent.Card));
    }

    [Fact]
    public async Task A_number_nobody_knows_behaves_as_a_known_one_at_every_step()
    {
        Assert.Equal(await Attack(cluster.NewAdherent(known: true)), await Attack(cluster.NewAdherent(known: false)));

        // Times are told from the beginning, so that two runs compare.
        async Task<IReadOnlyList<object?>> Attack(TestAdherent adherent)
        {
            var seen = new List<object?>();
            var ticket = SignUpTicket.New();
            var begun = cluster.Now;
            seen.Add(await adherent.Registration.Begin(ticket, adherent.Nir));
            seen.Add(await adherent.Registration.Declare(ticket, Samples.FritzDeclares with { BirthDate = new(1964, 9, 12) }));
            seen.Add(await adherent.Registration.Declare(ticket, Samples.FritzDeclares));
            seen.Add(await adherent.Registration.AnswerHealthInsurance(ticket, insured: true));
            for (var i = 0; i < 10; i++)
            {
                IdentityProof proof = i % 2 == 0 ? TestAdherent.WrongCard : new IdentityProof.ReceivedPayment(1.23m);
                var outcome = await adherent.Identity.Prove(ticket, proof);
                var until = (outcome as VerificationOutcome.Locked)?.Lock.Until;
                var progress = (await adherent.Registration.Progress(ticket))!;
                seen.AddRange([outcome.GetType(), (outcome as VerificationOutcome.NotMatched)?.AttemptsLeft, until - begun, progress.Proved, progress.Lock?.Until - begun]);
                if (until is { } end)
                    cluster.Clock.Advance(end - cluster.Now);
            }
            seen.Add(await adherent.Registration.Complete(ticket, "2026-01"));
            seen.Add(cluster.Registry.ReadsOf(adherent.Key));
            seen.Add(cluster.Rows.Version(adherent.Key));
            for (var i = 0; i < 7; i++)
                seen.Add(await adherent.Credentials.SignIn(new("Passage-Lune7"), Samples.Origin));
            seen.Add(cluster.Rows.Version(adherent.Key));
            await adherent.Registration.Abandon(ticket);
            seen.Add(await adherent.Registration.Begin(SignUpTicket.New(), adherent.Nir));
            return seen;
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_thousand_guesses_at_once_are_three(bool byPayment)
    {
        var fritz = cluster.NewAdherent();
        var ticket = await fritz.Declare();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => fritz.Identity.Prove(
            ticket, byPayment ? new IdentityProof.ReceivedPayment(1000 + i) : new IdentityProof.VitaleCard($"{i:0000000000}"))));

        Assert.Equal(2, outcomes.Count(outcome => outcome is VerificationOutcome.NotMatched));
        Assert.Equal(998, outcomes.Count(outcome => outcome is VerificationOutcome.Locked));
        Assert.Equal(3, fritz.Stored!.Verification.Attempts.Count);
    }

    [Fact]
    public async Task A_proof_counts_once_and_needs_no_second()
    {
        var fritz = cluster.NewAdherent();
        var ticket = await fritz.Prove();

        Assert.Equal(new VerificationOutcome.Proved(), await fritz.Identity.Prove(ticket, TestAdherent.WrongCard));
        Assert.Single(fritz.Stored!.Verification.Attempts);
    }
}
