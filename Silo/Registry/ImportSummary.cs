namespace MsaOrleans.Silo.Registry;

/// <summary>What an import has done so far, or in all.</summary>
/// <param name="Read">Lines read, the header not counted.</param>
/// <param name="Added">Records that were not known.</param>
/// <param name="Changed">Records known with another content.</param>
/// <param name="Unchanged">Records known just so.</param>
/// <param name="Rejected">Lines refused.</param>
public sealed record ImportSummary(long Read = 0, long Added = 0, long Changed = 0, long Unchanged = 0, long Rejected = 0);

/// <summary>A line that was refused. It holds personal data: for the file of rejected lines only.</summary>
/// <param name="Line">Its number: 1 is the header.</param>
/// <param name="Reason">Why, naming no content.</param>
/// <param name="Record">Its text.</param>
public sealed record RejectedLine(int Line, string Reason, string Record)
{
    /// <summary>As in the file.</summary>
    internal static readonly SortFormat<RejectedLine> Format = new(
        (one, other) => one.Line.CompareTo(other.Line),
        line => line.Reason.Length + line.Record.Length,
        (line, writer) =>
        {
            writer.Write(line.Line);
            writer.Write(line.Reason);
            writer.Write(line.Record);
        },
        reader => new(reader.ReadInt32(), reader.ReadString(), reader.ReadString()));

    public override string ToString() => $"rejected line {Line}: {Reason}";
}
