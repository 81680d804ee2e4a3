using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Documents;
using MsaOrleans.Grains.Interfaces.Space;

namespace MsaOrleans.Grains.Ports;

/// <summary>Makes the paper of a certificate, off the grain's turn scheduler.</summary>
public interface ICertificatePrinter
{
    /// <returns>PDF.</returns>
    Task<byte[]> Print(CertificatePaper paper);
}

/// <summary>All that a certificate says.</summary>
/// <param name="Nir">Whose number.</param>
/// <param name="Person">Who, as the caisses know him now.</param>
/// <param name="MadeAt">When it is made.</param>
/// <param name="Code">What it is checked by.</param>
/// <param name="Period">Over which days it tells of payments; nothing: it tells that he is insured for health.</param>
/// <param name="Payments">Those made within the period, oldest first.</param>
public sealed record CertificatePaper(Nir Nir, InsuredPerson Person, DateTimeOffset MadeAt, VerificationCode Code, PaymentPeriod? Period, IReadOnlyList<Payment> Payments)
{
    public override string ToString() => "certificate paper";
}
