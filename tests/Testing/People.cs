using System.Diagnostics;
using System.Globalization;

namespace MsaOrleans.Testing;

/// <summary>Made-up people, put into the registry of a data folder by the program's own command line.</summary>
public static class People
{
    public static async Task<IReadOnlyList<Person>> Populate(string dataDirectory, int count, CancellationToken stop = default)
    {
        var folder = Path.Combine(dataDirectory, "people");
        await Silo(dataDirectory, stop, "generate", "--count", count.ToString(CultureInfo.InvariantCulture), "--seed", "11", "--out", folder);
        var (adherents, payments) = (Path.Combine(folder, "adherents.csv"), Path.Combine(folder, "payments.csv"));
        return await Import(dataDirectory, adherents, payments, stop);
    }

    /// <summary>Loads two files of the caisses, as <c>docs/registry-files.md</c> tells them.</summary>
    public static async Task<IReadOnlyList<Person>> Import(string dataDirectory, string adherents, string payments, CancellationToken stop = default)
    {
        await Silo(dataDirectory, stop, "import", "--adherents", adherents, "--payments", payments);
        return Person.Read(await File.ReadAllTextAsync(adherents, stop), await File.ReadAllTextAsync(payments, stop));
    }

    private static async Task Silo(string dataDirectory, CancellationToken stop, params string[] arguments)
    {
        using var silo = Process.Start(new ProcessStartInfo("dotnet", [Repository.BuiltProgram("Silo"), .. arguments])
        {
            Environment = { ["Data__Directory"] = dataDirectory },
            RedirectStandardOutput = true,
        })!;
        await silo.StandardOutput.ReadToEndAsync(stop);
        await silo.WaitForExitAsync(stop);
        if (silo.ExitCode != 0)
            throw new InvalidOperationException($"Silo {arguments[0]} ended with {silo.ExitCode}.");
    }
}
