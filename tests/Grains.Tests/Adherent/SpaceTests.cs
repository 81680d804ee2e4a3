using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Enrolments;
using MsaOrleans.Grains.Interfaces.Messages;
using MsaOrleans.Grains.Interfaces.Space;

namespace MsaOrleans.Grains.Tests.Adherent;

/// <summary>What the private space tells of payments and requests.</summary>
[Collection(AdherentCluster.SharedClock)]
public sealed class SpaceTests(AdherentCluster cluster)
{
    [Fact]
    public async Task His_payments_come_by_pages_with_their_sums()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();

        var page = await Shown(fritz, session, new(), 2, 3);
        Assert.Equal((2, 2, 4, 102.55m), (page.Page, page.Pages, page.Total.Count, page.Total.Balance));
        Assert.Equal([18.55m], page.Lines.Select(line => line.Amount));
        var kind = Assert.Single(page.Kinds);
        Assert.Equal("Santé", kind.Name);
        Assert.Equal((kind.Key, 4), ((await Shown(fritz, session, new(Kind: kind.Key))).Filter.Kind, (await Shown(fritz, session, new(Kind: kind.Key))).Total.Count));
    }

    [Fact]
    public async Task The_registry_is_asked_once_in_some_minutes_whatever_is_looked_at()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        await fritz.Space.Home(session);
        var before = cluster.Registry.ReadsOf(fritz.Key);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(3, (await fritz.Space.Home(session))!.LastPayments!.Count);
            await Shown(fritz, session, new(2026), i, 10);
        }
        Assert.Equal(before, cluster.Registry.ReadsOf(fritz.Key));

        var first = (await Shown(fritz, session, new())).ReadAt;
        cluster.Clock.Advance(PaymentLedger.Lifetime);
        Assert.Equal(cluster.Now, (await Shown(fritz, session, new())).ReadAt);
        Assert.NotEqual(cluster.Now, first);
        Assert.Equal(before + 1, cluster.Registry.ReadsOf(fritz.Key));
    }

    [Fact]
    public async Task A_registry_that_does_not_answer_is_said_and_asked_again()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        cluster.Registry.Break(fritz.Key);
        Assert.Equal(new PaymentsOutcome.RegistrySilent(), await fritz.Space.Payments(session, new(), 1, 50));
        Assert.Null((await fritz.Space.Home(session))!.LastPayments);
        cluster.Registry.Mend(fritz.Key);
        Assert.Equal(4, (await Shown(fritz, session, new())).Lines.Count);
    }

    [Fact]
    public async Task Requests_of_every_kind_are_told_with_their_steps()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        Assert.Empty((await fritz.Space.Requests(session))!);

        await fritz.RequestDepartment(session);
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        await fritz.Contact.TellAddress(session, new("8 rue Haute", "68000", "Colmar"));
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        await fritz.Messages.Write(session, MessageTopic.Health, "Bonjour");

        var requests = (await fritz.Space.Requests(session))!;
        Assert.Equal([typeof(SpaceRequest.Message), typeof(SpaceRequest.Address), typeof(SpaceRequest.Department)], requests.Select(request => request.GetType()));
        Assert.Equal(cluster.Now, requests[0].MadeAt);
        Assert.Equal(EnrolmentRequestStatus.Requested, ((SpaceRequest.Department)requests[2]).Request.Status);
        Assert.Equal([RequestStepKind.Made, RequestStepKind.CodeDue], requests[2].Steps.Select(step => step.Kind));
    }

    [Fact]
    public async Task Without_a_session_or_before_the_first_connection_is_done_nothing_is_told()
    {
        var fritz = cluster.NewAdherent();
        var early = await fritz.Personalise();
        foreach (var session in new[] { early, SessionToken.New() })
        {
            Assert.Equal(new PaymentsOutcome.NotAllowed(), await fritz.Space.Payments(session, new(), 1, 50));
            Assert.Null(await fritz.Space.Requests(session));
        }
    }

    private static async Task<PaymentsPage> Shown(TestAdherent adherent, SessionToken session, PaymentFilter filter, int page = 1, int lines = 50) =>
        Assert.IsType<PaymentsOutcome.Shown>(await adherent.Space.Payments(session, filter, page, lines)).Page;
}
