using System.Globalization;

namespace MsaOrleans.Testing;

/// <summary>What the kernel says of another process.</summary>
public sealed class ProcessMeter(int id)
{
    // USER_HZ: what the kernel counts processor time in, 100 on every Linux that .NET runs on.
    private const double TicksPerSecond = 100;

    /// <summary>Of a PostgreSQL server's first process, whose children do its work.</summary>
    public static ProcessMeter Of(PostgresServer server) =>
        new(int.Parse(File.ReadLines(Path.Combine(server.Folder, "data", "postmaster.pid")).First(), CultureInfo.InvariantCulture));

    /// <summary>Those that run a program, as <c>Web</c> or <c>postgres</c>, without the children of others of them.</summary>
    public static IReadOnlyList<ProcessMeter> Named(string program)
    {
        var all = Processes().Where(process => Runs(process.Id, program)).ToList();
        return [.. all.Where(process => all.All(other => other.Id != ParentIn(process.Stat))).Select(process => new ProcessMeter(process.Id))];
    }

    /// <summary>Processor time spent so far, in user and kernel mode, all threads.</summary>
    public TimeSpan Cpu => TimeIn(Stat(id), 11, 12);

    /// <summary>The same with all that its children have spent, those that have ended included.</summary>
    public TimeSpan FamilyCpu => Children().Aggregate(TimeIn(Stat(id), 11, 12, 13, 14), (sum, child) => sum + TimeIn(child, 11, 12));

    /// <summary>What its children that have ended had spent.</summary>
    public TimeSpan EndedCpu => TimeIn(Stat(id), 13, 14);

    /// <summary>Memory it holds in RAM, in MiB.</summary>
    public double ResidentMib => Status("VmRSS:");

    /// <summary>The most it has held so far, in MiB.</summary>
    public double PeakMib => Status("VmHWM:");

    private static TimeSpan TimeIn(string[] stat, params int[] fields) => TimeSpan.FromSeconds(fields.Sum(field => double.Parse(stat[field], CultureInfo.InvariantCulture)) / TicksPerSecond);

    // The name, in parentheses, may hold blanks: what is counted comes after it.
    private static string[] Stat(int id)
    {
        var stat = File.ReadAllText($"/proc/{id}/stat");
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
    }

    private static int ParentIn(string[] stat) => int.Parse(stat[1], CultureInfo.InvariantCulture);

    private static IEnumerable<(int Id, string[] Stat)> Processes()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var other))
                continue;
            string[] stat;
            try
            {
                stat = Stat(other);
            }
            catch (IOException)
            {
                continue; // it has just ended
            }
            yield return (other, stat);
        }
    }

    private static bool Runs(int process, string program)
    {
        try
        {
            // "dotnet /somewhere/Web.dll --urls ...", or the program itself.
            return File.ReadAllText($"/proc/{process}/cmdline").Split('\0').Take(2).Any(word => Path.GetFileName(word) is var name && (name == program || name == $"{program}.dll"));
        }
        catch (IOException)
        {
            return false; // it has just ended
        }
    }

    private IEnumerable<string[]> Children() => Processes().Where(process => ParentIn(process.Stat) == id).Select(process => process.Stat);

    private double Status(string line) => File.ReadLines($"/proc/{id}/status")
        .Where(text => text.StartsWith(line, StringComparison.Ordinal))
        .Select(text => double.Parse(text.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024)
        .Single();
}
