using System.Globalization;
using MsaOrleans.Silo.Registry;
using MsaOrleans.Testing;

namespace MsaOrleans.Silo.Tests.Postgres;

/// <summary>The commands as processes, on PostgreSQL, and what they leave in it.</summary>
public sealed class PostgresCommandTests : IAsyncLifetime
{
    private readonly TempFolder files = new();
    private PostgresInstallation installation = null!;

    public async ValueTask InitializeAsync() => installation = await PostgresInstallation.Create();

    public async ValueTask DisposeAsync()
    {
        await installation.DisposeAsync();
        files.Dispose();
    }

    [Fact]
    public async Task Generated_files_import_and_import_again_and_tell_nothing_to_whoever_steals_the_database()
    {
        Assert.Equal(0, (await Silo("generate", "--count", "2000", "--seed", "7", "--out", files.Path)).ExitCode);
        string[] import = ["import", "--adherents", files["adherents.csv"], "--payments", files["payments.csv"]];
        var first = await Silo(import);
        Assert.Equal((0, ""), (first.ExitCode, first.Errors));
        Assert.Contains("adherents: 2,000 read, 2,000 added, 0 changed, 0 unchanged, 0 rejected", first.Output, StringComparison.Ordinal);
        Assert.Contains("adherents: 2,000 read, 0 added, 0 changed, 2,000 unchanged, 0 rejected", (await Silo(import)).Output, StringComparison.Ordinal);

        var dump = await installation.Dump();
        Assert.Contains("COPY public.insuredpersons", dump, StringComparison.Ordinal);
        foreach (var line in File.ReadLines(files["adherents.csv"]).Skip(1).Take(100))
        {
            var cells = line.Split(';');
            foreach (var personal in (string[])[cells[0], cells[1], cells[10], cells[12]])
                Assert.False(personal.Length > 6 && dump.Contains(personal, StringComparison.OrdinalIgnoreCase), "personal data in the dump");
        }
    }

    [Fact]
    public async Task Rejected_lines_go_to_their_file()
    {
        var path = files.Holding("payments.csv", "nir;date;kind;amount\n1630967482229;J-12;Santé;22.50\n");
        var run = await Silo("import", "--payments", path);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("nir: not known to the registry", await File.ReadAllTextAsync(path + ".rejected.csv", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hundred_thousand_lines_are_taken_changed_and_taken_again()
    {
        using var adherents = new StringWriter();
        new RegistryGenerator(100_000, 3).Write(adherents, TextWriter.Null, stop: TestContext.Current.CancellationToken);
        var importer = installation.Get<RegistryImporter>();
        Assert.Equal(new ImportSummary(Read: 100_000, Added: 100_000), await Import(adherents.ToString()));
        Assert.Equal(100_000L, installation.Scalar<long>("SELECT count(*) FROM InsuredPersons"));

        var lines = adherents.ToString().Split('\n');
        for (var i = 1; i <= 500; i++)
            lines[i * 100] = lines[i * 100].TrimEnd('\r') + " LES BAINS";
        Assert.Equal(new ImportSummary(Read: 100_000, Changed: 500, Unchanged: 99_500), await Import(string.Join('\n', lines)));

        Task<ImportSummary> Import(string text) => importer.ImportAdherents(new StringReader(text), stop: TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Redispatch_puts_a_sweep_into_the_queue_and_says_so()
    {
        var run = await Silo("redispatch");
        Assert.Equal(
            (0, "Adherents who wait for a letter: 0. A sweep that queues them all is in the queue: the workers of the silos do the rest.\n", ""),
            (run.ExitCode, run.Output, run.Errors));
        Assert.Equal("""MsaOrleans.Silo.Jobs.SweepJob, Silo|Run|["true", null]""", installation.Scalar<string>("SELECT concat_ws('|', invocationdata->>'Type', invocationdata->>'Method', arguments) FROM hangfire.job"));
        Assert.Equal(1L, installation.Scalar<long>("SELECT count(*) FROM hangfire.jobqueue"));
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_told_in_one_line_without_the_password()
    {
        var run = await PostgresSilo.Run(string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={FreePort.Next()};Username=msa;Password=hidden;Database=msa"), "redispatch");
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Single(run.Errors.TrimEnd().Split('\n'));
        Assert.DoesNotContain("hidden", run.Errors, StringComparison.Ordinal);
    }

    private Task<CommandLine.SiloCommand> Silo(params string[] arguments) => PostgresSilo.Run(installation.ConnectionString, arguments);
}
