using System.Collections.Concurrent;
using System.Text;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Ports;

namespace MsaOrleans.Grains.Tests.Adherent.Fakes;

/// <summary>Prints nothing but the code, and remembers what it was to say.</summary>
internal sealed class PaperPress : ICertificatePrinter
{
    private readonly ConcurrentDictionary<Nir, CertificatePaper> last = [];

    /// <summary>The last paper about somebody.</summary>
    public CertificatePaper? LastOf(Nir nir) => last.GetValueOrDefault(nir);

    public Task<byte[]> Print(CertificatePaper paper)
    {
        last[paper.Nir] = paper;
        return Task.FromResult(Encoding.UTF8.GetBytes(paper.Code.Grouped));
    }
}
