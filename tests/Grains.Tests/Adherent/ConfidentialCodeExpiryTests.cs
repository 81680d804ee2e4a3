using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Enrolments;

namespace MsaOrleans.Grains.Tests.Adherent;

/// <summary>A code serves for thirty days, and not a moment longer.</summary>
[Collection(AdherentCluster.SharedClock)]
public sealed class ConfidentialCodeExpiryTests(AdherentCluster cluster)
{
    private static readonly SignInOutcome refused = new SignInOutcome.Refused();
    private static readonly TimeSpan tick = TimeSpan.FromTicks(1);

    [Fact]
    public async Task A_code_works_to_its_last_moment_on_its_page()
    {
        var fritz = cluster.NewAdherent();
        var code = await fritz.ReceiveCode(await fritz.Connect());
        var session = await JustBefore(cluster.Now.AddDays(30), fritz);

        cluster.Clock.Advance(TimeSpan.FromMinutes(1) - tick);
        Assert.Equal(new CodeOutcome.Accepted(), await fritz.Enrolments.EnterCode(session, "01", code));
    }

    [Fact]
    public async Task A_code_works_to_its_last_moment_as_a_password()
    {
        var fritz = cluster.NewAdherent();
        var code = await fritz.ReceiveCode(await fritz.Connect());

        cluster.Clock.Advance(TimeSpan.FromDays(30) - tick);
        Assert.Equal(FirstConnectionStep.Password, (await fritz.SignIn(code.Value)).Due);
    }

    [Fact]
    public async Task A_code_that_has_expired_is_void_in_both_places_and_another_can_be_asked_for()
    {
        var fritz = cluster.NewAdherent();
        var code = await fritz.ReceiveCode(await fritz.Connect());
        var expiry = cluster.Now.AddDays(30);
        Assert.Equal(expiry, fritz.Stored!.DueAt);
        var session = await JustBefore(expiry, fritz);

        cluster.Clock.Advance(TimeSpan.FromMinutes(1) - tick);
        Assert.Equal(EnrolmentRequestStatus.CodeSent, (await fritz.LatestRequest(session)).Status);
        Assert.Equal(EnrolmentOutcome.AlreadyRequested, await fritz.Enrolments.Request(session, "01"));
        cluster.Clock.Advance(tick);

        Assert.Equal((EnrolmentRequestStatus.Expired, expiry), ((await fritz.LatestRequest(session)).Status, (await fritz.LatestRequest(session)).EndedAt));
        Assert.Equal(refused, await fritz.Credentials.SignIn(new(code.Value), Samples.Origin));
        Assert.Equal(new CodeOutcome.Expired(), await fritz.Enrolments.EnterCode(session, "01", code));
        Assert.Equal(new CodeOutcome.Expired(), await fritz.Enrolments.EnterCode(session, "01", code));
        Assert.Equal(EnrolmentOutcome.Requested, await fritz.Enrolments.Request(session, "01"));
        Assert.Equal(
            [EnrolmentRequestStatus.Requested, EnrolmentRequestStatus.Expired],
            (await fritz.Enrolments.Read(session))!.Requests.Select(r => r.Status));
    }

    [Fact]
    public async Task What_was_called_expired_stays_so_when_the_clock_is_moved_back()
    {
        var fritz = cluster.NewAdherent();
        var code = await fritz.ReceiveCode(await fritz.Connect());
        var expiry = cluster.Now.AddDays(30);
        var session = await JustBefore(expiry, fritz);
        cluster.Clock.Advance(expiry - cluster.Now);
        Assert.Equal(new CodeOutcome.Expired(), await fritz.Enrolments.EnterCode(session, "01", code));

        cluster.Clock.AdjustTime(expiry.AddMinutes(-1));
        try
        {
            Assert.Equal(new CodeOutcome.Expired(), await fritz.Enrolments.EnterCode(session, "01", code));
            Assert.Equal(refused, await fritz.Credentials.SignIn(new(code.Value), Samples.Origin));
            Assert.Equal(EnrolmentRequestStatus.Expired, (await fritz.LatestRequest(session)).Status);
        }
        finally
        {
            cluster.Clock.AdjustTime(expiry);
        }
    }

    [Fact]
    public async Task A_code_that_nobody_entered_is_forgotten_by_the_sweep()
    {
        var fritz = cluster.NewAdherent();
        await fritz.ReceiveCode(await fritz.Connect());
        var expiry = cluster.Now.AddDays(30);

        cluster.Clock.Advance(TimeSpan.FromDays(30) - tick);
        await fritz.Dispatches.Sweep(queueLost: false);
        Assert.Equal(expiry, fritz.Stored!.DueAt);
        cluster.Clock.Advance(tick);
        await fritz.Dispatches.Sweep(queueLost: false);

        var request = Assert.Single(fritz.Stored!.Enrolments.Requests);
        Assert.Equal((EnrolmentEnding.Expired, expiry, null), (request.Ending, request.EndedAt, request.Code));
        Assert.Null(fritz.Stored.DueAt);
    }

    /// <summary>He signs in a minute before a moment.</summary>
    private async Task<SessionToken> JustBefore(DateTimeOffset moment, TestAdherent adherent)
    {
        cluster.Clock.Advance(moment.AddMinutes(-1) - cluster.Now);
        return (await adherent.SignIn(TestAdherent.OwnPassword)).Session;
    }
}
