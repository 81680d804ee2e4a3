using MsaOrleans.Grains.Domain.Arrivals;
using MsaOrleans.Grains.Interfaces.Arrivals;
using MsaOrleans.Grains.Telemetry;

namespace MsaOrleans.Grains;

/// <summary>The line of newcomers, in memory.</summary>
[GrainType("waiting-room")]
internal sealed class WaitingRoomGrain(WaitingLinePolicy policy, ArrivalsMeter meter, TimeProvider clock) : Grain, IWaitingRoom
{
    private readonly WaitingLine line = new(policy);
    private readonly PlaceUses uses = new();

    Task<ArrivalsDirective> IWaitingRoom.Report(Guid server, ArrivalsReport report)
    {
        var directive = line.Report(server, report, clock.GetUtcNow());
        meter.Stands(line);
        return Task.FromResult(directive);
    }

    Task<GivenPlace> IWaitingRoom.Join(LineEnds known) => Task.FromResult(line.Join(known, clock.GetUtcNow()));

    Task<bool> IWaitingRoom.Use(long place) => Task.FromResult(uses.Use(place, clock.GetUtcNow()));
}
