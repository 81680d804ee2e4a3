using MsaOrleans.Testing;

namespace MsaOrleans.Load;

/// <summary>What the servers take of this machine, as the kernel counts it.</summary>
/// <param name="Read">What each has taken so far, by name.</param>
internal sealed record ServerMeter(Func<IReadOnlyDictionary<string, ServerUse>> Read)
{
    public static ServerMeter Of(IReadOnlyList<int> processes, IReadOnlyList<string> programs)
    {
        var meters = processes.Select(id => (Name: $"process {id}", Meter: new ProcessMeter(id)))
            .Concat(programs.SelectMany(program => ProcessMeter.Named(program).Select(meter => (Name: program, Meter: meter)))).ToLookup(server => server.Name, server => server.Meter);
        return new(() => meters.ToDictionary(server => server.Key, server => new ServerUse(
            server.Aggregate(TimeSpan.Zero, (sum, meter) => sum + meter.FamilyCpu), server.Sum(meter => meter.ResidentMib))));
    }

    public static ServerMeter Of(Installation installation) => new(() =>
    {
        var (cpu, memory) = (installation.Cpu, installation.Memory);
        return new Dictionary<string, ServerUse> { ["web"] = new(cpu.Web, memory.Web), ["silo"] = new(cpu.Silo, memory.Silo), ["database"] = new(cpu.Database, null) };
    });
}

/// <summary>What one server has taken.</summary>
/// <param name="Cpu">Processor time so far.</param>
/// <param name="MemoryMib">Memory that it holds now; nothing where processes share it, so that no sum would be true.</param>
internal sealed record ServerUse(TimeSpan Cpu, double? MemoryMib);
