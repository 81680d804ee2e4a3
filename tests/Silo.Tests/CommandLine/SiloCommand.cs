using System.Diagnostics;
using MsaOrleans.Testing;

namespace MsaOrleans.Silo.Tests.CommandLine;

/// <summary>How a run of the built command line has ended, as a shell sees it.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">All that it printed.</param>
/// <param name="Errors">All that it printed on the error output.</param>
internal sealed record SiloCommand(int ExitCode, string Output, string Errors)
{
    /// <summary>Runs it as a process of its own.</summary>
    /// <param name="dataDirectory">Its data.</param>
    /// <param name="settings">Further settings, as <c>Mail:Smtp:Host</c>.</param>
    /// <param name="arguments">The command and its options.</param>
    public static async Task<SiloCommand> Run(string dataDirectory, IEnumerable<(string Key, string Value)> settings, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Repository.BuiltProgram("Silo"), .. arguments])
        {
            Environment = { ["Data__Directory"] = dataDirectory },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (key, value) in settings)
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        using var silo = Process.Start(start)!;
        var errors = silo.StandardError.ReadToEndAsync();
        var output = await silo.StandardOutput.ReadToEndAsync();
        await silo.WaitForExitAsync();
        return new(silo.ExitCode, output, await errors);
    }
}
