using System.Text;
using MsaOrleans.Silo.Jobs;

namespace MsaOrleans.Benchmarks;

/// <summary>What was measured of waking those who are owed a letter.</summary>
/// <param name="Machine">Processor, processors, memory, system, runtime.</param>
/// <param name="Adherents">Rows in the database.</param>
/// <param name="Timed">How many of them have a time at which something is due.</param>
/// <param name="Owed">How many of them are owed a letter.</param>
/// <param name="DatabaseMib">The database on disk, in MiB.</param>
/// <param name="Found">How many the search found.</param>
/// <param name="Sweep">What the sweep in this process did.</param>
/// <param name="Outcomes">What each run of the command said.</param>
/// <param name="Search">The search alone, one entry a run.</param>
/// <param name="Scan">The same without the index.</param>
/// <param name="SweepTook">The sweep alone, grains and queue included, in a process that has just started.</param>
/// <param name="Command">The command, from the start of its process to its end.</param>
/// <param name="CommandAlone">The same where there is no adherent at all: what a start costs.</param>
internal sealed record RedispatchReport(
    string Machine, int Adherents, long Timed, int Owed, double DatabaseMib, int Found, SweepReport Sweep, IReadOnlyList<(int Woken, int Queued, int Failed)> Outcomes,
    IReadOnlyList<TimeSpan> Search, IReadOnlyList<TimeSpan> Scan, TimeSpan SweepTook, IReadOnlyList<TimeSpan> Command, IReadOnlyList<TimeSpan> CommandAlone)
{
    /// <summary>Exactly those who are owed a letter were found, and woken, and had it queued, each time.</summary>
    public bool IsRight => Found == Owed && Sweep == new SweepReport(Owed, Owed, 0) && Outcomes.All(outcome => outcome == (Owed, Owed, 0));

    public string ToMarkdown(IFormatProvider format) => new StringBuilder()
        .AppendLine(format, $"Machine: {Machine}")
        .AppendLine()
        .AppendLine("| what | measured |")
        .AppendLine("| --- | --- |")
        .AppendLine(format, $"| adherents, with something due, database | {Adherents}, {Timed}, {DatabaseMib:0} MiB |")
        .AppendLine(format, $"| owed a letter, found, woken by the sweep, by the command | {Owed}, {Found}, {Sweep.Woken}, {string.Join(", ", Outcomes.Select(outcome => outcome.Woken).Distinct())} |")
        .AppendLine(format, $"| the search | median {Median(Search).TotalMilliseconds:0.0} ms, worst {Search.Max().TotalMilliseconds:0.0} ms |")
        .AppendLine(format, $"| the same without the index | median {Median(Scan).TotalMilliseconds:0.0} ms, worst {Scan.Max().TotalMilliseconds:0.0} ms |")
        .AppendLine(format, $"| the sweep, in a process that has just started | {SweepTook.TotalMilliseconds:0} ms |")
        .AppendLine(format, $"| `redispatch`, from start to end | median {Median(Command).TotalSeconds:0.00} s, worst {Command.Max().TotalSeconds:0.00} s |")
        .AppendLine(format, $"| the same where nobody is | median {Median(CommandAlone).TotalSeconds:0.00} s, worst {CommandAlone.Max().TotalSeconds:0.00} s |")
        .Append(format, $"| as it should be | {(IsRight ? "yes" : "NO")} |")
        .ToString();

    private static TimeSpan Median(IReadOnlyList<TimeSpan> times) => times.Order().ElementAt(times.Count / 2);
}
