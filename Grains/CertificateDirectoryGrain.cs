using MsaOrleans.Grains.Interfaces.Documents;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Grains.Telemetry;
using Orleans.Concurrency;

namespace MsaOrleans.Grains;

/// <summary>Leads from a code to the adherent whose certificate has it; whether it is genuine, he says himself.</summary>
[StatelessWorker, GrainType("certificate-directory")]
internal sealed class CertificateDirectoryGrain(IAdherentSearch search, AdherentMeter meter) : Grain, ICertificateDirectory
{
    async Task<IssuedCertificate?> ICertificateDirectory.Find(VerificationCode code)
    {
        IssuedCertificate? found = null;
        foreach (var adherent in await search.Certified(code))
            found ??= await GrainFactory.GetGrain<IIssuedCertificates>(adherent).Verify(code);
        meter.CertificateChecked(found is not null);
        return found;
    }
}
