using System.Text;

namespace MsaOrleans.Benchmarks;

/// <summary>What was measured in one run.</summary>
/// <param name="Machine">Processor, processors, memory, system, runtime.</param>
/// <param name="FirstPage">From the start of the process to the first page, one entry a start.</param>
/// <param name="RestMib">Resident memory some seconds after the first page, in MiB.</param>
/// <param name="Visitors">Visitors at once.</param>
/// <param name="SignUps">From the first page to "Inscription terminée".</param>
/// <param name="FirstConnections">From the sign-in page to the private space.</param>
/// <param name="LoadedMib">Resident memory after the load, in MiB.</param>
/// <param name="Failures">Journeys that did not reach their end.</param>
internal sealed record Report(
    string Machine, IReadOnlyList<TimeSpan> FirstPage, double RestMib, int Visitors, Load SignUps, Load FirstConnections, double LoadedMib, int Failures)
{
    public string ToMarkdown(IFormatProvider format) => new StringBuilder()
        .AppendLine(format, $"Machine: {Machine}")
        .AppendLine()
        .AppendLine("| what | measured |")
        .AppendLine("| --- | --- |")
        .AppendLine(format, $"| first page after start, {FirstPage.Count} starts | median {FirstPage.Order().ElementAt(FirstPage.Count / 2).TotalSeconds:0.00} s, worst {FirstPage.Max().TotalSeconds:0.00} s |")
        .AppendLine(format, $"| resident memory at rest | {RestMib:0} MiB |")
        .AppendLine(format, $"| whole sign-ups, {Visitors} visitors at once | {SignUps.PerSecond:0.0} per second, {SignUps.CpuMilliseconds:0.0} ms of server CPU each |")
        .AppendLine(format, $"| first connections, {Visitors} visitors at once | {FirstConnections.PerSecond:0.0} per second, {FirstConnections.CpuMilliseconds:0.0} ms of server CPU each |")
        .AppendLine(format, $"| resident memory after the load | {LoadedMib:0} MiB |")
        .Append(format, $"| journeys that failed | {Failures} |")
        .ToString();
}

/// <summary>So many journeys, the time they took, and the processor time of the server.</summary>
internal sealed record Load(int Count, TimeSpan Elapsed, TimeSpan Cpu)
{
    public double PerSecond => Count / Elapsed.TotalSeconds;

    public double CpuMilliseconds => Cpu.TotalMilliseconds / Count;
}
