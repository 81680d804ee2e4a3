using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Enrolments;

namespace MsaOrleans.Grains.Tests.Adherent;

/// <summary>Letters that anybody can cause, and requests: bounded by adherent, and by mailbox over all adherents.</summary>
[Collection(AdherentCluster.SharedClock)]
public sealed class LetterLimitsTests(AdherentCluster cluster)
{
    private static readonly Password own = new(TestAdherent.OwnPassword);
    private static readonly TimeSpan every = TimeSpan.FromDays(1) / AdherentCluster.MostLetters;

    private static int nextMailbox;

    private readonly EmailAddress mailbox = EmailAddress.Parse($"boite{Interlocked.Increment(ref nextMailbox)}@example.fr");

    [Fact]
    public async Task The_password_of_a_sign_up_waits_for_its_place_when_its_mailbox_has_had_too_many_and_nobody_is_told()
    {
        var fritz = cluster.NewAdherent();
        await Fill();

        var letter = await fritz.SignUp(Samples.FritzDeclares with { Email = mailbox });

        Assert.Null(await fritz.Dispatches.Take(letter));
        Assert.Equal(cluster.Now + every, fritz.Stored!.Dispatches.Pending.Single().NotBefore);
        cluster.Clock.Advance(every);
        Assert.Equal(LetterKind.ProvisionalPassword, (await fritz.Dispatches.Take(letter))!.Kind);
    }

    [Fact]
    public async Task Another_password_is_not_sent_to_a_mailbox_that_has_had_too_many_and_the_answer_is_the_same()
    {
        var fritz = cluster.NewAdherent();
        await fritz.SignUp(Samples.FritzDeclares with { Email = mailbox });
        await Fill(leave: 1);

        await fritz.Credentials.Recover(mailbox);

        Assert.Empty(fritz.Stored!.Recovery.Granted);
        Assert.Equal(cluster.Now, fritz.Stored.Recovery.LastIgnoredAt);
        Assert.Single(cluster.Queue.TakeJobs(fritz.Key)); // of a letter that does not exist
        cluster.Clock.Advance(every);
        await fritz.Credentials.Recover(mailbox);
        Assert.Single(fritz.Stored.Recovery.Granted);
    }

    [Fact]
    public async Task A_request_that_sends_nothing_takes_no_place_of_the_mailbox_that_was_typed()
    {
        var (fritz, nobody) = (cluster.NewAdherent(), cluster.NewAdherent(known: false));
        await fritz.Connect(); // at another address
        await Fill(leave: 1);

        await fritz.Credentials.Recover(mailbox);
        await nobody.Credentials.Recover(mailbox);

        Assert.True(await cluster.Mailbox(mailbox).Take());
        Assert.False(await cluster.Mailbox(mailbox).Take());
    }

    [Fact]
    public async Task An_expired_password_is_not_renewed_into_a_mailbox_that_has_had_too_many()
    {
        var fritz = cluster.NewAdherent();
        var letter = await fritz.SignUp(Samples.FritzDeclares with { Email = mailbox });
        await fritz.Dispatches.Take(letter);
        await fritz.Dispatches.Confirm(letter);
        cluster.Clock.Advance(cluster.Policy.ProvisionalLifetime);
        await Fill();
        Assert.Equal(RenewalOutcome.TooMany, await fritz.Credentials.RenewProvisional());
        cluster.Clock.Advance(every);
        Assert.Equal(RenewalOutcome.Sent, await fritz.Credentials.RenewProvisional());
    }

    [Fact]
    public async Task The_link_to_a_new_address_waits_for_its_place_as_well()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        await Fill();

        Assert.Equal(EmailChangeOutcome.ToProve, await fritz.Contact.ChangeEmail(session, own, mailbox));

        var link = fritz.Stored!.Contact.PendingEmail!.Link;
        Assert.Equal(cluster.Now + every, Assert.Single(cluster.Queue.TakeJobs(fritz.Key), job => job.Dispatch == link).NotBefore);
        Assert.Null(await fritz.Dispatches.Take(link));
        cluster.Clock.Advance(every);
        Assert.Equal(mailbox, (await fritz.Dispatches.Take(link))!.To);
    }

    [Fact]
    public async Task Letters_about_two_adherents_to_one_mailbox_count_together_and_those_to_another_do_not()
    {
        var (one, other, third) = (cluster.NewAdherent(), cluster.NewAdherent(), cluster.NewAdherent());
        await Fill(leave: 1);
        await one.SignUp(Samples.FritzDeclares with { Email = EmailAddress.Parse(mailbox.Value.ToUpperInvariant()) });
        await other.SignUp(Samples.FritzDeclares with { Email = mailbox });
        await third.SignUp(Samples.FritzDeclares with { Email = EmailAddress.Parse($"x{mailbox.Value}") });

        Assert.Equal(
            [cluster.Now, cluster.Now + every, cluster.Now],
            new[] { one, other, third }.Select(adherent => adherent.Stored!.Dispatches.Pending.Single().NotBefore));
    }

    [Fact]
    public async Task Five_links_a_day_are_sent_and_the_sixth_is_refused_with_the_password_in_hand()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        var first = cluster.Now;
        for (var i = 0; i < EmailChange.MostADay; i++)
        {
            Assert.Equal(EmailChangeOutcome.ToProve, await fritz.Contact.ChangeEmail(session, own, Tagged(i)));
            await fritz.ReceiveLetters();
        }
        var kept = fritz.Stored!.Contact.PendingEmail;

        Assert.Equal(EmailChangeOutcome.WrongPassword, await fritz.Contact.ChangeEmail(session, new("Mauvais-Mot-1"), mailbox));
        Assert.Equal(EmailChangeOutcome.TooMany, await fritz.Contact.ChangeEmail(session, own, mailbox));
        Assert.Equal(kept!.Link, fritz.Stored!.Contact.PendingEmail!.Link);
        Assert.Empty(cluster.Queue.TakeJobs(fritz.Key));
        Assert.Equal(EmailChangeOutcome.ToProve, await fritz.Contact.ChangeEmail(session, own, Tagged(EmailChange.MostADay - 1))); // it is on its way
        Assert.Equal(EmailChangeOutcome.Unchanged, await fritz.Contact.ChangeEmail(session, own, Samples.Email));

        cluster.Clock.Advance(first.AddDays(1) - cluster.Now);
        (session, _) = await fritz.SignIn(TestAdherent.OwnPassword);
        Assert.Equal(EmailChangeOutcome.ToProve, await fritz.Contact.ChangeEmail(session, own, mailbox));
    }

    [Fact]
    public async Task A_sixth_request_for_a_department_within_a_day_is_refused_and_leaves_no_trace()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        for (var i = 0; i < Enrolments.MostADay; i++)
        {
            await fritz.RequestDepartment(session);
            Assert.True(await fritz.Enrolments.Cancel(session, "01"));
        }
        var version = cluster.Rows.Version(fritz.Key);

        Assert.Equal(EnrolmentOutcome.TooMany, await fritz.Enrolments.Request(session, "01"));

        Assert.Equal(version, cluster.Rows.Version(fritz.Key));
        Assert.Empty(cluster.Queue.TakeJobs(fritz.Key));
        cluster.Clock.Advance(TimeSpan.FromDays(1));
        (session, _) = await fritz.SignIn(TestAdherent.OwnPassword);
        Assert.Equal(EnrolmentOutcome.Requested, await fritz.Enrolments.Request(session, "01"));
    }

    private EmailAddress Tagged(int i) => EmailAddress.Parse($"n{i}.{mailbox.Value}");

    private async Task Fill(int leave = 0)
    {
        foreach (var batch in Enumerable.Range(0, AdherentCluster.MostLetters - leave).Chunk(500))
            Assert.DoesNotContain(false, await Task.WhenAll(batch.Select(_ => cluster.Mailbox(mailbox).Take())));
    }
}
