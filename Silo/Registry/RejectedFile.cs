using System.Globalization;
using CsvHelper;

namespace MsaOrleans.Silo.Registry;

/// <summary>
/// The lines of a file that were refused, beside it, for those who sent it: number, reason, and the line as it was. It holds personal
/// data, so only its owner may read it; it is not there when nothing was refused.
/// </summary>
public sealed class RejectedFile : IDisposable
{
    private static readonly CsvWriterOptions options = new() { Separator = CsvLine.Separator, NewLine = "\n", Quoting = CsvQuoting.Always };

    private CsvWriter? writer;

    public RejectedFile(string importedFile)
    {
        Path = importedFile + ".rejected.csv";
        File.Delete(Path);
    }

    public string Path { get; }

    public void Add(RejectedLine line)
    {
        writer ??= Begin();
        writer.WriteRecord(line.Line.ToString(CultureInfo.InvariantCulture), line.Reason, line.Record);
    }

    public void Dispose() => writer?.Dispose();

    private CsvWriter Begin()
    {
        var file = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            file.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var begun = CsvWriter.Create(new FileStream(Path, file), options);
        begun.WriteHeader("line", "reason", "record");
        return begun;
    }
}
