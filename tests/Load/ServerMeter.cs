using MsaOrleans.Testing;

namespace MsaOrleans.Load;

/// <summary>Processor time of the servers, as the kernel counts it on this machine.</summary>
/// <param name="Read">What each has spent so far, by name.</param>
internal sealed record ServerMeter(Func<IReadOnlyDictionary<string, TimeSpan>> Read)
{
    public static ServerMeter Of(IReadOnlyList<int> processes, IReadOnlyList<string> programs)
    {
        var meters = processes.Select(id => (Name: $"process {id}", Meter: new ProcessMeter(id)))
            .Concat(programs.SelectMany(program => ProcessMeter.Named(program).Select(meter => (Name: program, Meter: meter)))).ToList();
        return new(() => meters.GroupBy(server => server.Name).ToDictionary(group => group.Key, group => group.Aggregate(TimeSpan.Zero, (sum, server) => sum + server.Meter.FamilyCpu)));
    }

    public static ServerMeter Of(Installation installation) => new(() =>
    {
        var cpu = installation.Cpu;
        return new Dictionary<string, TimeSpan> { ["web"] = cpu.Web, ["silo"] = cpu.Silo, ["database"] = cpu.Database };
    });
}
