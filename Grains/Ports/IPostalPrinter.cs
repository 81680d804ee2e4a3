namespace MsaOrleans.Grains.Ports;

/// <summary>Makes what is posted, off the grain's turn scheduler.</summary>
public interface IPostalPrinter
{
    /// <returns>PDF.</returns>
    Task<byte[]> Print(AcknowledgementPaper paper);

    /// <summary>Letters in one file, each beginning on an odd page.</summary>
    /// <returns>PDF.</returns>
    Task<byte[]> Bind(IReadOnlyList<byte[]> letters);
}

/// <summary>All that the acknowledgement of a request for another department says. The code of the department is never on paper: it goes by mail alone.</summary>
/// <param name="Person">Whose request, as the caisses know him now.</param>
/// <param name="Department">Code of the department asked for.</param>
/// <param name="RequestedAt">When.</param>
/// <param name="CodeDueAt">When the mail with the code is to leave.</param>
public sealed record AcknowledgementPaper(InsuredPerson Person, string Department, DateTimeOffset RequestedAt, DateTimeOffset CodeDueAt)
{
    public override string ToString() => "acknowledgement paper";
}
