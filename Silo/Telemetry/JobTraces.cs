using System.Diagnostics;

namespace MsaOrleans.Silo.Telemetry;

/// <summary>Spans of jobs, under which those of the adherents they ask come to stand: Hangfire begins none of its own.</summary>
internal static class JobTraces
{
    public const string Name = "MsaOrleans.Jobs";

    public static ActivitySource Source { get; } = new(Name);
}
