using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Registration;
using MsaOrleans.Grains.Telemetry;
using MsaOrleans.Grains.Tests.Adherent;
using MsaOrleans.Grains.Tests.Adherent.Fakes;
using MsaOrleans.Testing;

namespace MsaOrleans.Grains.Tests.Telemetry;

/// <summary>What is counted. A silo of its own, since others would be counted too.</summary>
public sealed class AdherentMeterTests : IAsyncLifetime
{
    private readonly AdherentCluster cluster = new();
    private Measures measures = null!;

    public async ValueTask InitializeAsync()
    {
        await cluster.InitializeAsync();
        measures = new(cluster.Meters, AdherentMeter.Name);
    }

    public ValueTask DisposeAsync()
    {
        measures.Dispose();
        return cluster.DisposeAsync();
    }

    [Fact]
    public async Task A_sign_up_and_a_sign_in_are_counted_once_each()
    {
        var fritz = cluster.NewAdherent();
        var ticket = await fritz.Prove();
        await fritz.Registration.Begin(ticket, fritz.Nir); // the same browser again
        await fritz.Registration.Complete(ticket, "2026-01");
        await fritz.Registration.Complete(ticket, "2026-01"); // a second click
        var letter = await fritz.Dispatches.Take(Assert.Single(cluster.Queue.TakeJobs(fritz.Key)).Dispatch);
        await fritz.SignIn(letter!.Secret!);

        Assert.Equal(
            [("msa.registrations.finished", 1), ("msa.registrations.started", 1), ("msa.sign_ins outcome=signed_in", 1), ("msa.verifications outcome=proved", 1)],
            measures.All);
    }

    [Fact]
    public async Task Who_has_an_account_is_refused_another()
    {
        var fritz = cluster.NewAdherent();
        await fritz.SignUp();
        var before = measures.All;

        Assert.Equal(BeginOutcome.AccountExists, await fritz.Registration.Begin(SignUpTicket.New(), fritz.Nir));

        Assert.Equal([("msa.registrations.refused", 1)], measures.All.Except(before));
    }

    [Fact]
    public async Task Failures_and_the_locks_they_lead_to_are_counted()
    {
        var fritz = cluster.NewAdherent();
        var ticket = await fritz.Declare();
        for (var i = 0; i < 5; i++)
            await fritz.Identity.Prove(ticket, TestAdherent.WrongCard);
        for (var i = 0; i < 7; i++)
            await fritz.Credentials.SignIn(new("Passage-Lune7"), Samples.Origin);

        Assert.Equal(
            [
                ("msa.locks kind=sign_in", 1), ("msa.locks kind=verification", 1), ("msa.registrations.started", 1), ("msa.sign_ins outcome=refused", 7),
                ("msa.verifications outcome=locked", 3), ("msa.verifications outcome=not_matched", 2),
            ],
            measures.All);
    }

    [Theory]
    [InlineData(MemoryRows.Failure.BeforeSaving)]
    [InlineData(MemoryRows.Failure.AfterSaving)]
    internal async Task What_is_not_known_to_be_on_disk_is_not_counted(MemoryRows.Failure failure)
    {
        var fritz = cluster.NewAdherent();
        cluster.Rows.FailNext(fritz.Key, failure);

        await Assert.ThrowsAnyAsync<Exception>(() => fritz.Registration.Begin(SignUpTicket.New(), fritz.Nir));

        Assert.Empty(measures.All);
    }

    [Fact]
    public async Task A_letter_is_given_up_once()
    {
        var fritz = cluster.NewAdherent();
        var dispatch = await fritz.SignUp();
        var before = measures.All;

        await fritz.Dispatches.Take(dispatch);
        await fritz.Dispatches.Fail(dispatch, new(Permanent: false, "Timed out."));
        Assert.Equal(before, measures.All);
        await fritz.Dispatches.Fail(dispatch, new(Permanent: true, "No such mailbox."));
        await fritz.Dispatches.Fail(dispatch, new(Permanent: true, "No such mailbox."));

        Assert.Equal([($"msa.dispatches.given_up kind={LetterKind.ProvisionalPassword}", 1)], measures.All.Except(before));
    }
}
