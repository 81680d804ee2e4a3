using CsvHelper;

namespace MsaOrleans.Silo.Registry;

/// <summary>One record a line, cells between semicolons, quotes where a cell needs them.</summary>
internal static class CsvLine
{
    public const char Separator = ';';

    private static readonly CsvReaderOptions oneRecord = new()
    {
        Separator = Separator,
        HasHeader = false,
        MalformedData = CsvMalformedDataHandling.Skip,
        BufferSize = 1_024,
    };

    /// <summary>The first cell of a line; nothing when its quotes make no sense.</summary>
    public static string? FirstCell(string line)
    {
        if (line.Contains('"'))
            return Cells(line) is [var first, ..] ? first : null;
        var end = line.IndexOf(Separator);
        return end < 0 ? line : line[..end];
    }

    /// <summary>The cells of a line; nothing when its quotes make no sense.</summary>
    public static string[]? Cells(string line)
    {
        if (!line.Contains('"'))
            return line.Split(Separator);
        using var reader = CsvReader.FromText(line, oneRecord);
        return reader.Read() ? reader.Current.ToArray() : null;
    }
}
