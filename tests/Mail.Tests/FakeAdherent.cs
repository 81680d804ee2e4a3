using MsaOrleans.Grains.Dispatching;

namespace MsaOrleans.Mail.Tests;

/// <summary>An adherent who gives each letter once, and writes down what he is told.</summary>
public sealed class FakeAdherent(Ledger ledger) : Grain, IAdherentDispatches
{
    public Task<Letter?> Take(Guid dispatch)
    {
        ledger.Tell(Key, "take");
        return Task.FromResult(ledger.Take(dispatch));
    }

    public Task Confirm(Guid dispatch) => Told("confirm");

    public Task Fail(Guid dispatch, DeliveryFailure failure) => Told(failure.Permanent ? "fail for good" : "fail");

    public Task Sweep(bool queueLost) => Told(queueLost ? "sweep, queue lost" : "sweep");

    private Guid Key => this.GetPrimaryKey();

    private Task Told(string what)
    {
        ledger.Tell(Key, what);
        return Task.CompletedTask;
    }
}
