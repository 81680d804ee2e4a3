using System.Globalization;
using System.Runtime.InteropServices;

namespace MsaOrleans.Testing;

/// <summary>What the figures were measured on.</summary>
public static class Machine
{
    /// <summary>Load average of the last minute: more than one a processor, and what was measured waited for others.</summary>
    public static string Load => File.ReadAllText("/proc/loadavg").Split(' ')[0];

    /// <summary>Processor, processors, memory, system, runtime.</summary>
    public static string Describe()
    {
        var processor = File.ReadLines("/proc/cpuinfo").First(line => line.StartsWith("model name", StringComparison.Ordinal)).Split(':')[1].Trim();
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024.0 * 1024 * 1024);
        return string.Create(CultureInfo.InvariantCulture, $"{processor}, {Environment.ProcessorCount} processors, {memory:0} GiB, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}");
    }
}
