using MsaOrleans.Grains.Dispatching;

namespace MsaOrleans.Silo.Mail;

/// <summary>The way letters leave the house.</summary>
public interface IMailTransport
{
    /// <summary>Writes a letter and hands it over.</summary>
    /// <returns>Nothing when it has left; else why it could not.</returns>
    Task<DeliveryFailure?> Send(Letter letter, CancellationToken stop);
}
