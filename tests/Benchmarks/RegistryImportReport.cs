using System.Text;

namespace MsaOrleans.Benchmarks;

/// <summary>What was measured of importing the caisses' files.</summary>
/// <param name="Machine">Processor, processors, memory, system, runtime.</param>
/// <param name="Runs">In their order.</param>
internal sealed record RegistryImportReport(string Machine, IReadOnlyList<ImportRun> Runs)
{
    /// <summary>Every line was taken once, and changed nothing the second time.</summary>
    public bool IsRight => Runs.All(run => run.Read == run.Lines && (run.Added, run.Unchanged) == (run.IsAgain ? (0, run.Lines) : (run.Lines, 0)));

    public string ToMarkdown(IFormatProvider format)
    {
        var table = new StringBuilder()
            .AppendLine(format, $"Machine: {Machine}")
            .AppendLine()
            .AppendLine("| file | lines | time | lines a second | CPU of the import | of the database | peak memory |")
            .AppendLine("| --- | --- | --- | --- | --- | --- | --- |");
        foreach (var run in Runs)
        {
            table.AppendLine(format,
                $"| {run.File}, {run.Name} | {run.Lines:N0} | {run.Took.TotalSeconds:0.0} s | {run.Lines / run.Took.TotalSeconds:N0} | {run.Cpu.TotalSeconds:0.0} s | {run.DatabaseCpu.TotalSeconds:0.0} s | {run.PeakMib:0} MiB |");
        }
        return table.AppendLine().Append(format, $"As it should be: {(IsRight ? "yes" : "NO")}.").ToString();
    }
}

/// <summary>One run of the command on one file.</summary>
/// <param name="Name">How much of the files, and whether again.</param>
/// <param name="File">Which of them.</param>
/// <param name="Lines">How many it has.</param>
/// <param name="Read">How many the command read.</param>
/// <param name="Added">How many were new to it.</param>
/// <param name="Unchanged">How many it knew.</param>
/// <param name="Took">From the start of the process to its end.</param>
/// <param name="Cpu">Processor time of the process.</param>
/// <param name="DatabaseCpu">Processor time of the database's processes meanwhile.</param>
/// <param name="PeakMib">The most memory that the process held, in MiB.</param>
internal sealed record ImportRun(string Name, string File, int Lines, int Read, int Added, int Unchanged, TimeSpan Took, TimeSpan Cpu, TimeSpan DatabaseCpu, double PeakMib)
{
    public bool IsAgain => Name.EndsWith("again", StringComparison.Ordinal);
}
