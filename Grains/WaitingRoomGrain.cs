using Microsoft.Extensions.Logging;
using MsaOrleans.Grains.Domain.Arrivals;
using MsaOrleans.Grains.Interfaces.Arrivals;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Grains.Telemetry;

namespace MsaOrleans.Grains;

/// <summary>The line of newcomers, in memory.</summary>
[GrainType("waiting-room")]
internal sealed class WaitingRoomGrain(
    WaitingLinePolicy policy, IDispatchQueue queue, ArrivalsMeter meter, TimeProvider clock, ILogger<WaitingRoomGrain> log) : Grain, IWaitingRoom
{
    private static readonly TimeSpan betweenLooks = TimeSpan.FromSeconds(1);

    private readonly WaitingLine line = new(policy);
    private readonly PlaceUses uses = new();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // Between others, so that a slow database holds nobody up at the door.
        this.RegisterGrainTimer(LookAtLetters, new() { DueTime = betweenLooks, Period = betweenLooks, Interleave = true });
        return Task.CompletedTask;
    }

    Task<ArrivalsDirective> IWaitingRoom.Report(Guid server, ArrivalsReport report)
    {
        var directive = line.Report(server, report, clock.GetUtcNow());
        meter.Stands(line);
        return Task.FromResult(directive);
    }

    Task<GivenPlace> IWaitingRoom.Join(LineEnds known) => Task.FromResult(line.Join(known, clock.GetUtcNow()));

    Task<bool> IWaitingRoom.Use(long place) => Task.FromResult(uses.Use(place, clock.GetUtcNow()));

    private async Task LookAtLetters(CancellationToken stop)
    {
        try
        {
            line.LettersWait(await queue.Backlog(), clock.GetUtcNow());
        }
        catch (Exception trouble)
        {
            log.LogDebug("The queue of letters does not answer ({Reason}): the line goes by pages alone", trouble.GetType().Name);
        }
    }
}
