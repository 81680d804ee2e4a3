using FsCheck.Xunit;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Assistance;
using static MsaOrleans.Grains.Tests.Samples;

namespace MsaOrleans.Grains.Tests.Domain;

public sealed class RegistrationTests
{
    private static readonly TimeSpan week = TimeSpan.FromDays(7);

    [Fact]
    public void A_browser_finds_its_own_draft_again_and_sees_no_other()
    {
        var registration = Begun("a", "b").With(Draft("a") with { Details = FritzDeclares });

        Assert.Equal(FritzDeclares, registration.DraftOf("a")!.Details);
        Assert.Null(registration.DraftOf("b")!.Details);
        Assert.Null(registration.DraftOf("c"));
        Assert.Equal(FritzDeclares, registration.Begin("a", Now.AddDays(1), week).DraftOf("a")!.Details);
        Assert.Equal(2, registration.Begin("a", Now.AddDays(1), week).Drafts.Count);
    }

    [Fact]
    public void Coming_back_keeps_a_draft_longer()
    {
        var registration = Begun("a").Begin("a", Now.AddDays(6), week);

        Assert.Equal(Now.AddDays(13), registration.DraftOf("a")!.EraseAt);
        Assert.Equal(Now, registration.DraftOf("a")!.StartedAt);
    }

    [Fact]
    public void The_least_advanced_draft_gives_way_and_then_the_oldest()
    {
        var registration = Begun("a", "b", "c", "d", "e")
            .With(Draft("a") with { Details = FritzDeclares })
            .With(Draft("c") with { EraseAt = Now })
            .Begin("f", Now, week);

        Assert.Equal(["a", "b", "d", "e", "f"], registration.Drafts.Select(d => d.TicketHash));
    }

    [Property]
    public void Opening_drafts_never_pushes_out_one_that_has_got_further_than_those_that_stay(byte[] steps, byte newcomers)
    {
        var registration = new Registration();
        foreach (var (step, i) in steps.Select((step, i) => (step, i)))
            registration = registration.Begin($"{i}", Now.AddMinutes(i), week).With(Advanced($"{i}", step % 4));

        for (var i = 0; i < newcomers; i++)
        {
            var before = registration;
            registration = registration.Begin($"new {i}", Now.AddDays(1), week);

            var gone = before.Drafts.Except(registration.Drafts).ToList();
            Assert.True(gone.Count <= 1);
            Assert.All(gone, lost => Assert.All(before.Drafts, kept => Assert.True(lost.Advance <= kept.Advance)));
            Assert.InRange(registration.Drafts.Count, 1, Registration.MaxDrafts);
        }
    }

    [Fact]
    public void A_proved_draft_survives_any_number_of_strangers_who_have_proved_nothing()
    {
        var registration = Begun("mine").With(Advanced("mine", 3));

        for (var i = 0; i < 100; i++)
            registration = registration.Begin($"stranger {i}", Now.AddMinutes(i), week).With(Advanced($"stranger {i}", 2));

        Assert.NotNull(registration.DraftOf("mine"));
    }

    [Theory]
    [InlineData("Lami", "Fritz", 12, false)]
    [InlineData("Lamy", "Franz", 12, false)]
    [InlineData("Lamy", "Fritz", 13, false)]
    [InlineData("Lamy", "Fritz", 12, true)]
    public void Another_name_or_birth_date_asks_for_another_proof(string familyName, string givenName, int day, bool stillProved)
    {
        var changed = FritzDeclares with { FamilyName = familyName, GivenName = givenName, BirthDate = new(1963, 9, day) };

        Assert.Equal(stillProved, Advanced("a", 3).Declare(changed).ProvedAt is not null);
    }

    [Fact]
    public void Another_mail_or_phone_does_not()
    {
        var declared = Advanced("a", 3).Declare(FritzDeclares with { Email = OtherEmail, MobilePhone = null });

        Assert.Equal(Now, declared.ProvedAt);
        Assert.Equal(OtherEmail, declared.Details!.Email);
        Assert.Equal(true, declared.HealthInsured);
    }

    [Fact]
    public void Finishing_voids_every_other_draft()
    {
        var registration = Begun("a", "b", "c");
        registration = registration.Complete(registration.DraftOf("b")!, "2026-01", Now.AddDays(10), Now);

        Assert.Empty(registration.Drafts);
        Assert.Equal(new Completion(Now, "b", "2026-01", Now.AddDays(10)), registration.Completed);
    }

    [Fact]
    public void Giving_up_erases_one_s_own_draft_only()
    {
        Assert.Equal(["b"], Begun("a", "b").Abandon("a").Drafts.Select(d => d.TicketHash));
        Assert.Equal(2, Begun("a", "b").Abandon("c").Drafts.Count);
    }

    [Fact]
    public void Drafts_left_alone_for_a_week_are_erased_and_no_others()
    {
        var registration = Begun("a").Begin("b", Now.AddDays(1), week);

        Assert.Same(registration, registration.WithoutAbandoned(Now.AddDays(7).AddTicks(-1)));
        Assert.Equal(["b"], registration.WithoutAbandoned(Now.AddDays(7)).Drafts.Select(d => d.TicketHash));
    }

    [Fact]
    public void Another_letter_keeps_an_account_that_nobody_has_opened_longer_and_never_shorter()
    {
        var unopened = Completed(Now.AddDays(10));

        Assert.Equal(Now.AddDays(12), unopened.KeptUnopenedUntil(Now.AddDays(12)).Completed!.EraseUnopenedAt);
        Assert.Same(unopened, unopened.KeptUnopenedUntil(Now.AddDays(10)));
        Assert.Same(unopened, unopened.KeptUnopenedUntil(Now.AddDays(9)));
        Assert.Equal(unopened.Completed, unopened.KeptUnopenedUntil(Now.AddDays(12)).Completed! with { EraseUnopenedAt = Now.AddDays(10) });
    }

    [Fact]
    public void An_account_that_was_opened_is_not_erased_whatever_letters_follow()
    {
        var opened = Completed(Now.AddDays(10)).Opened();

        Assert.Null(opened.Completed!.EraseUnopenedAt);
        Assert.Same(opened, opened.KeptUnopenedUntil(Now.AddDays(12)));
        Assert.Equal(Completed(null).Completed, opened.Completed);
    }

    [Fact]
    public void Opening_the_account_voids_sign_ups_begun_beside_it() =>
        Assert.Empty(Completed(Now.AddDays(10)).Begin("meanwhile", Now, week).Opened().Drafts);

    [Fact]
    public void Nothing_keeps_an_account_that_there_is_not()
    {
        var registration = Begun("a");

        Assert.Same(registration, registration.KeptUnopenedUntil(Now.AddDays(12)));
    }

    [Fact]
    public void What_somebody_declares_does_not_show_itself() =>
        Assert.DoesNotContain("Lamy", $"{FritzDeclares}{Advanced("a", 3)}", StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void The_step_that_is_due_is_the_first_that_was_not_done()
    {
        Assert.Equal(
            [SignUpStep.ContactDetails, SignUpStep.HealthInsurance, SignUpStep.Proof, SignUpStep.Terms],
            Enumerable.Range(0, 4).Select(step => Advanced("a", step).Step));
        Assert.Equal(SignUpStep.ContactDetails, (Draft("a") with { HealthInsured = true, ProvedAt = Now }).Step);
        Assert.Equal(SignUpStep.Terms, (Draft("a") with { Details = FritzDeclares, ProvedAt = Now }).Step);
    }

    [Fact]
    public void What_was_answered_counts_one_and_a_proof_two() =>
        Assert.Equal([0, 1, 2, 4, 1, 2], (int[])[.. Enumerable.Range(0, 4).Select(step => Advanced("a", step).Advance), (Draft("a") with { HealthInsured = false }).Advance, (Draft("a") with { ProvedAt = Now }).Advance]);

    [Fact]
    public void The_proof_of_FranceConnect_is_lost_with_the_person_and_kept_with_him()
    {
        var proved = Draft("a").ProvedBy(new("sub", CivilIdentity.Of(Fritz), Email), Now);
        Assert.Equal("sub", proved.Declare(FritzDeclares).FranceConnect!.Subject);
        Assert.Equal((null, null), (proved.Declare(FritzDeclares with { GivenName = "Max" }).FranceConnect, proved.Declare(FritzDeclares with { GivenName = "Max" }).ProvedAt));
    }

    private static Registration Completed(DateTimeOffset? eraseUnopenedAt) => new() { Completed = new(Now, "b", "2026-01", eraseUnopenedAt) };

    private static Registration Begun(params string[] tickets) =>
        tickets.Aggregate(new Registration(), (registration, ticket) => registration.Begin(ticket, Now, week));

    private static Draft Draft(string ticket) => new Draft { TicketHash = ticket, StartedAt = Now }.TouchedAt(Now, week);

    private static Draft Advanced(string ticket, int step) => Draft(ticket) with
    {
        Details = step >= 1 ? FritzDeclares : null,
        HealthInsured = step >= 2 ? true : null,
        ProvedAt = step >= 3 ? Now : null,
    };
}
