using MsaOrleans.Grains.Dispatching;

namespace MsaOrleans.Mail.Tests;

/// <summary>An adherent who gives each letter once, writes down what he is told, and says of each sweep that it queued one letter.</summary>
public sealed class FakeAdherent(Ledger ledger) : Grain, IAdherentDispatches
{
    public Task<Letter?> Take(Guid dispatch)
    {
        ledger.Tell(Key, "take");
        return Task.FromResult(ledger.Take(dispatch));
    }

    public Task Confirm(Guid dispatch) => Told("confirm");

    public Task Fail(Guid dispatch, DeliveryFailure failure) => Told(failure.Permanent ? "fail for good" : "fail");

    public async Task<int> Sweep(bool queueLost)
    {
        await Told(queueLost ? "sweep, queue lost" : "sweep");
        return 1;
    }

    private Guid Key => this.GetPrimaryKey();

    private Task Told(string what)
    {
        ledger.Tell(Key, what);
        return Task.CompletedTask;
    }
}
