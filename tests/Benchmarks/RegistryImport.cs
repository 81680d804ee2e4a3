using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using MsaOrleans.Silo.Registry;
using MsaOrleans.Testing;

namespace MsaOrleans.Benchmarks;

/// <summary>The caisses' files brought into PostgreSQL by the command, as an operator runs it: a fifth of them, all of them, all of them again.</summary>
internal static partial class RegistryImport
{
    private static readonly TimeSpan look = TimeSpan.FromMilliseconds(100);

    public static async Task<RegistryImportReport> Measure(int adherents, int payments, TextWriter progress, CancellationToken stop)
    {
        using var folder = new TempFolder();
        await progress.WriteLineAsync("Making the files ...");
        var made = Directory.CreateDirectory(folder["made"]).FullName;
        new RegistryGenerator(adherents, 1).WriteTo(made, stop: stop);
        var all = await Cut(made, folder["all"], adherents, payments, stop);
        var fifth = await Cut(made, folder["fifth"], adherents / 5, payments / 5, stop);
        Directory.Delete(made, recursive: true);

        await using var server = await PostgresServer.Start();
        var meter = ProcessMeter.Of(server);
        var runs = new List<ImportRun>();
        foreach (var (what, files, again) in new[] { ("a fifth", fifth, false), ("all", all, true) })
        {
            var database = new Target(await server.NewDatabase(), Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
            using (var migrate = database.Silo("migrate"))
                await migrate.WaitForExitAsync(stop);
            await Import(what);
            if (again)
                await Import(what + ", again");

            async Task Import(string name)
            {
                foreach (var file in files)
                {
                    await progress.WriteLineAsync($"Importing {file.Kind}: {name} ...");
                    runs.Add(await database.Import(name, file, meter, stop));
                }
            }
        }
        return new(Machine.Describe(), runs);
    }

    /// <summary>The first lines of both files.</summary>
    private static async Task<IReadOnlyList<ImportedFile>> Cut(string from, string to, int adherents, int payments, CancellationToken stop)
    {
        Directory.CreateDirectory(to);
        var cut = new List<ImportedFile>();
        foreach (var (kind, most) in new[] { ("adherents", adherents), ("payments", payments) })
        {
            var lines = -1; // the header is none
            var path = Path.Combine(to, kind + ".csv");
            await using var file = new StreamWriter(path) { NewLine = "\n" };
            await foreach (var line in File.ReadLinesAsync(Path.Combine(from, kind + ".csv"), stop))
            {
                if (lines == most)
                    break;
                await file.WriteLineAsync(line);
                lines++;
            }
            cut.Add(new(kind, path, lines));
        }
        return cut;
    }

    [GeneratedRegex(@"^\w+: (?<read>[\d,]+) read, (?<added>[\d,]+) added, 0 changed, (?<unchanged>[\d,]+) unchanged, 0 rejected", RegexOptions.Multiline)]
    private static partial Regex Outcome();

    private sealed record ImportedFile(string Kind, string Path, int Lines);

    private sealed record Target(string ConnectionString, string PseudonymKey)
    {
        public Process Silo(params string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", [Repository.BuiltProgram("Silo"), .. arguments])
        {
            Environment = { ["ConnectionStrings__Msa"] = ConnectionString, ["Adherents__PseudonymKey"] = PseudonymKey },
            RedirectStandardOutput = true,
        })!;

        public async Task<ImportRun> Import(string name, ImportedFile file, ProcessMeter server, CancellationToken stop)
        {
            var (clock, before) = (Stopwatch.StartNew(), server.FamilyCpu);
            using var silo = Silo("import", "--" + file.Kind, file.Path);
            var output = silo.StandardOutput.ReadToEndAsync(stop);
            var (meter, cpu, peak) = (new ProcessMeter(silo.Id), TimeSpan.Zero, 0.0);
            while (!output.IsCompleted)
            {
                await Task.WhenAny(output, Task.Delay(look, stop));
                try
                {
                    (cpu, peak) = (meter.Cpu, meter.PeakMib);
                }
                catch (Exception ended) when (ended is IOException or InvalidOperationException)
                {
                    break; // the last look is near enough
                }
            }
            await silo.WaitForExitAsync(stop);
            var took = clock.Elapsed;
            return Outcome().Match(await output) is { Success: true } outcome
                ? new(name, file.Kind, file.Lines, Number("read"), Number("added"), Number("unchanged"), took, cpu, server.FamilyCpu - before, peak)
                : throw new InvalidOperationException($"Silo import ended with {silo.ExitCode}: {await output}");

            int Number(string group) => int.Parse(outcome.Groups[group].ValueSpan, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        }
    }
}
