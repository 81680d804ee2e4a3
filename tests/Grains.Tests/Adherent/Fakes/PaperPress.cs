using System.Collections.Concurrent;
using System.Text;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Ports;

namespace MsaOrleans.Grains.Tests.Adherent.Fakes;

/// <summary>Prints nothing but the code, or the department, and remembers what it was to say.</summary>
internal sealed class PaperPress : ICertificatePrinter, IPostalPrinter
{
    private readonly ConcurrentDictionary<Nir, CertificatePaper> last = [];
    private readonly ConcurrentDictionary<Nir, AcknowledgementPaper> acknowledged = [];

    /// <summary>The last paper about somebody.</summary>
    public CertificatePaper? LastOf(Nir nir) => last.GetValueOrDefault(nir);

    /// <summary>The last request of somebody that was acknowledged on paper.</summary>
    public AcknowledgementPaper? LastAcknowledgedOf(Nir nir) => acknowledged.GetValueOrDefault(nir);

    public Task<byte[]> Print(CertificatePaper paper)
    {
        last[paper.Nir] = paper;
        return Task.FromResult(Encoding.UTF8.GetBytes(paper.Code.Grouped));
    }

    public Task<byte[]> Print(AcknowledgementPaper paper)
    {
        acknowledged[paper.Person.Nir!] = paper;
        return Task.FromResult(Encoding.UTF8.GetBytes(paper.Department));
    }

    public Task<byte[]> Bind(IReadOnlyList<byte[]> letters) => Task.FromResult(Encoding.UTF8.GetBytes(string.Join('|', letters.Select(Encoding.UTF8.GetString))));
}
