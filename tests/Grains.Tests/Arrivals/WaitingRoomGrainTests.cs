using MsaOrleans.Grains.Interfaces.Arrivals;
using MsaOrleans.Grains.Tests.Adherent;
using MsaOrleans.Testing;

namespace MsaOrleans.Grains.Tests.Arrivals;

[Collection(AdherentCluster.SharedClock)]
public sealed class WaitingRoomGrainTests(AdherentCluster cluster)
{
    private static readonly Guid web = Guid.NewGuid();
    private readonly IWaitingRoom room = cluster.WaitingRoom(7);

    [Fact]
    public async Task Letters_that_wait_keep_people_out_and_a_queue_that_does_not_answer_keeps_out_nobody()
    {
        try
        {
            Assert.Equal(100, await Granted());

            cluster.Queue.Waiting = () => new(1_000, TimeSpan.FromSeconds(1));
            await Until(granted => granted == 0, "letters to be seen");

            cluster.Queue.Waiting = () => throw new TimeoutException();
            await Until(granted => granted > 0, "letters to be left out");
        }
        finally
        {
            cluster.Queue.Waiting = () => default;
        }
    }

    private Task<string> Until(Func<int, bool> reached, string what) => Waiting.For(
        async () =>
        {
            cluster.Clock.Advance(TimeSpan.FromSeconds(1));
            return reached(await Granted()) ? "reached" : null;
        },
        () => what,
        stop: TestContext.Current.CancellationToken);

    private async Task<int> Granted() => (await room.Report(web, new(default, Present: 0, Stock: 0, Claimed: 0, Answers: 0, Slow: 0))).Granted;
}
