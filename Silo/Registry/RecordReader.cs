using MsaOrleans.Grains.Interfaces.Adherents;

namespace MsaOrleans.Silo.Registry;

/// <summary>A line read: the row it stands for, or why it is refused.</summary>
/// <param name="Source">The line.</param>
/// <param name="Row">Nothing when the line is refused.</param>
/// <param name="Refusal">Nothing when it is not.</param>
internal readonly record struct ReadRecord(SourceLine Source, RegistryRow? Row, string? Refusal)
{
    public override string ToString() => $"record of {Source}";
}

/// <summary>Makes rows out of the lines of one kind of file.</summary>
internal abstract class RecordReader(string header, AdherentKeys keys, DateOnly today)
{
    private const char Replacement = '\uFFFD'; // what the decoder puts for bytes that are no UTF-8

    private readonly string[] columns = header.Split(CsvLine.Separator);

    public string Header => header;

    /// <summary>Finds whom lines tell of, whatever else is wrong with them.</summary>
    public KeyedLine[] FindAdherents(SourceLine[] lines)
    {
        var (cell, adherent) = ((string?)null, KeyedLine.Nobody);
        return Array.ConvertAll(lines, line =>
        {
            // A person's lines mostly follow each other.
            var before = cell;
            cell = CsvLine.FirstCell(line.Text);
            if (cell != before)
                adherent = AdherentOf(cell);
            return new KeyedLine(adherent, line);
        });
    }

    /// <summary>Reads a line whose adherent has been found.</summary>
    public ReadRecord Read(KeyedLine keyed)
    {
        var line = keyed.Source;
        if (line.TooLong)
            return new(line, null, "line too long");
        if (line.Text.Contains(Replacement))
            return new(line, null, "not valid UTF-8");
        if (line.Text.AsSpan().ContainsAnyInRange('\u0000', '\u001F') || line.Text.AsSpan().ContainsAnyInRange('\u007F', '\u009F'))
            return new(line, null, "control character");
        if (CsvLine.Cells(line.Text) is not { } cells)
            return new(line, null, "misplaced quotes");
        if (cells.Length != columns.Length)
            return new(line, null, $"{cells.Length} columns instead of {columns.Length}");
        if (keyed.Adherent == KeyedLine.Nobody)
            return new(line, null, "nir: not a certified number of 13 characters");
        var record = new RecordCells(columns, cells, today);
        var row = Read(keyed.Adherent, record);
        return record.Fault is { } fault ? new(line, null, fault) : new(line, row, null);
    }

    private Guid AdherentOf(string? cell) => Nir.TryParse(cell, out var nir) == NirFault.None && nir!.Value == cell ? keys.For(nir) : KeyedLine.Nobody;

    protected abstract RegistryRow Read(Guid adherent, RecordCells cells);
}
