using System.Diagnostics;
using System.Globalization;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Silo.Hosting;
using MsaOrleans.Silo.Registry;
using MsaOrleans.Silo.Storage;
using MsaOrleans.Testing;

namespace MsaOrleans.Silo.Tests.Postgres;

/// <summary>Imports that something comes in the way of: another import, an error half-way, an operator.</summary>
public sealed class PostgresImportTests : IAsyncLifetime
{
    private const int Count = 10_000;

    private readonly TempFolder files = new();
    private PostgresInstallation installation = null!;
    private int batch;

    public async ValueTask InitializeAsync()
    {
        installation = await PostgresInstallation.Create();
        batch = installation.Database.RegistryBatch;
        new RegistryGenerator(Count, 11).WriteTo(files.Path, stop: TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await installation.DisposeAsync();
        files.Dispose();
    }

    [Fact]
    public async Task An_error_half_way_ends_the_command_with_one_line_and_keeps_the_batches_before_it()
    {
        installation.Execute(
            """
            CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF get_byte(NEW.Adherent, 0) >= 128 THEN RAISE EXCEPTION 'disk full'; END IF; RETURN NEW; END $$;
            CREATE TRIGGER fail BEFORE INSERT ON InsuredPersons FOR EACH ROW EXECUTE FUNCTION fail();
            """);
        var failed = await Import("--adherents", files["adherents.csv"]);
        Assert.Equal((2, "P0001: disk full"), (failed.ExitCode, failed.Errors.TrimEnd().Split('\n')[0]));
        var kept = Persons();
        Assert.InRange(kept, 1, Count - 1);
        Assert.Equal(0, kept % batch);

        installation.Execute("DROP TRIGGER fail ON InsuredPersons");
        var rest = await Import("--adherents", files["adherents.csv"]);
        Assert.Equal((0, ""), (rest.ExitCode, rest.Errors));
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $" {Count - kept:N0} added, 0 changed, {kept:N0} unchanged, 0 rejected"), rest.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operator_who_stops_the_command_leaves_whole_batches()
    {
        const int many = 200_000; // more than it can be done with before it is told to stop
        new RegistryGenerator(many, 12).WriteTo(files.Path, stop: TestContext.Current.CancellationToken);
        using var silo = Process.Start(new ProcessStartInfo("dotnet", [Repository.BuiltProgram("Silo"), "import", "--adherents", files["adherents.csv"]])
        {
            Environment =
            {
                [PostgresDatabase.Setting.Replace(":", "__", StringComparison.Ordinal)] = installation.ConnectionString,
                [KeyRing.PseudonymSetting.Replace(":", "__", StringComparison.Ordinal)] = PostgresInstallation.PseudonymKey,
            },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await Waiting.Until(() => silo.HasExited || Persons() > 0, () => "the first batch");
        using (var kill = Process.Start("kill", ["-TERM", silo.Id.ToString(CultureInfo.InvariantCulture)])) // as Ctrl-C, which a shell may have its background jobs ignore
            await kill.WaitForExitAsync();
        var errors = await silo.StandardError.ReadToEndAsync();
        await silo.WaitForExitAsync();
        Assert.Equal((2, "Stopped. What was done until then is kept.\n"), (silo.ExitCode, errors));
        var kept = Persons();
        Assert.InRange(kept, 1, many - 1);
        Assert.Equal(0, kept % batch);
    }

    [Fact]
    public async Task Two_imports_at_once_wait_for_each_other_and_leave_what_one_would_have_left()
    {
        await using var other = installation.AnotherMachine();
        foreach (var (name, import) in new (string, Func<RegistryImporter, TextReader, Task<ImportSummary>>)[]
        {
            ("adherents.csv", (importer, file) => importer.ImportAdherents(file)),
            ("payments.csv", (importer, file) => importer.ImportPayments(file)),
        })
        {
            var lines = File.ReadLines(files[name]).Count() - 1;
            var both = await Task.WhenAll(new[] { installation, other }.Select(machine => Task.Run(async () =>
            {
                using var file = new StreamReader(files[name]);
                return await import(machine.Get<RegistryImporter>(), file);
            })));
            Assert.All(both, summary => Assert.Equal((lines, 0), (summary.Added + summary.Changed + summary.Unchanged, summary.Rejected)));
            Assert.Equal(lines, installation.Scalar<long>($"SELECT count(*) FROM {(name == "adherents.csv" ? "InsuredPersons" : "Payments")}"));

            using var again = new StreamReader(files[name]);
            Assert.Equal(new ImportSummary(Read: lines, Unchanged: lines), await import(installation.Get<RegistryImporter>(), again));
        }
    }

    [Fact]
    public async Task Rows_that_another_import_wrote_a_moment_ago_are_written_over()
    {
        var (first, second) = (Guid.Parse("00000000-0000-0000-0000-000000000001"), Guid.Parse("00000000-0000-0000-0000-000000000002"));
        foreach (var (table, name, ofPayments) in new[] { (RegistryTable.Persons, "InsuredPersons", false), (RegistryTable.Payments, "Payments", true) })
        {
            await Write(Row(second, [1]));
            var (added, newer) = (Row(first, [2]), Row(second, [3]));
            await Write(added, newer);
            Assert.Equal("2,3", installation.Scalar<string>($"SELECT string_agg(get_byte(Content, 0)::text, ',' ORDER BY Adherent) FROM {name}"));
            var found = await installation.Database.Fingerprints(table, [first, second], TestContext.Current.CancellationToken);
            Assert.Equal([added.Fingerprint, newer.Fingerprint], found.OrderBy(row => row.Key).Select(row => row.Value));

            SealedRow Row(Guid adherent, byte[] content) => new(adherent, ofPayments ? adherent : null, Guid.NewGuid(), content);
        }

        Task Write(params SealedRow[] rows) => installation.Database.WriteRegistry(rows, allNew: true, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_table_that_has_just_been_filled_is_never_read_from_end_to_end()
    {
        // What its processes have counted is told when they end.
        await using (var other = installation.AnotherMachine())
        {
            for (var i = 0; i < 2; i++)
            {
                using var adherents = new StreamReader(files["adherents.csv"]);
                using var payments = new StreamReader(files["payments.csv"]);
                await other.Get<RegistryImporter>().ImportAdherents(adherents, stop: TestContext.Current.CancellationToken);
                await other.Get<RegistryImporter>().ImportPayments(payments, stop: TestContext.Current.CancellationToken);
            }
        }
        await Waiting.Until(
            () => installation.Scalar<long>("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()") == 0, () => "the end of its connections");
        Assert.Equal(0, Scans("seq_scan"));
        Assert.True(Scans("idx_scan") > 0);

        long Scans(string kind) => installation.Scalar<long>($"SELECT sum({kind})::bigint FROM pg_stat_user_tables WHERE relname IN ('insuredpersons', 'payments')");
    }

    [Fact]
    public async Task What_was_imported_is_read_by_the_other_machines()
    {
        await Import("--adherents", files["adherents.csv"], "--payments", files["payments.csv"]);
        var nir = Nir.Parse(File.ReadLines(files["adherents.csv"]).Skip(1).First().Split(';')[0]);
        var (adherent, paid) = (installation.Get<AdherentKeys>().For(nir), File.ReadLines(files["payments.csv"]).Count(line => line.StartsWith(nir.Value, StringComparison.Ordinal)));
        Assert.NotNull(await installation.Get<IInsuredPersonRegistry>().Find(adherent));
        Assert.Equal(paid, (await installation.Get<IInsuredPersonRegistry>().Payments(adherent)).Count);
    }

    private long Persons() => installation.Scalar<long>("SELECT count(*) FROM InsuredPersons");

    private Task<CommandLine.SiloCommand> Import(params string[] options) => PostgresSilo.Run(installation.ConnectionString, ["import", .. options]);
}
