using System.Globalization;

namespace MsaOrleans.Benchmarks;

/// <summary>What the kernel says of another process.</summary>
internal sealed class ProcessMeter(int id)
{
    // USER_HZ: what the kernel counts processor time in, 100 on every Linux that .NET runs on.
    private const double TicksPerSecond = 100;

    /// <summary>Processor time spent so far, in user and kernel mode, all threads.</summary>
    public TimeSpan Cpu
    {
        get
        {
            // The name, in parentheses, may hold blanks: what is counted comes after it.
            var stat = File.ReadAllText($"/proc/{id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return TimeSpan.FromSeconds((double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond);
        }
    }

    /// <summary>Memory it holds in RAM, in MiB.</summary>
    public double ResidentMib => File.ReadLines($"/proc/{id}/status")
        .Where(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
        .Select(line => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024)
        .Single();
}
