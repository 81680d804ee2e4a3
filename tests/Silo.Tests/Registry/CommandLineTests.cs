using System.Text;
using MsaOrleans.Silo.CommandLine;
using MsaOrleans.Testing;

namespace MsaOrleans.Silo.Tests.Registry;

/// <summary>The command line as scripts see it: what it prints, where, and how it ends.</summary>
[Collection(nameof(CommandLineTests))]
public sealed class CommandLineTests : IDisposable
{
    private const string Header = "nir;date;kind;amount";

    private readonly TempFolder files = new();
    private readonly StringWriter output = new();
    private readonly StringWriter errors = new();

    // The command reads its configuration from the environment; this is the only class that sets it.
    public CommandLineTests() => Environment.SetEnvironmentVariable("Data__Directory", files["data"]);

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("Data__Directory", null);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        files.Dispose();
    }

    [Fact]
    public async Task Generated_files_import_and_import_again_with_success()
    {
        Assert.Equal(0, await Run("generate", "--count", "300", "--seed", "5", "--out", files["made"]));
        string[] import = ["import", "--adherents", files["made/adherents.csv"], "--payments", files["made/payments.csv"]];
        Assert.Equal(0, await Run(import));
        Assert.Contains("adherents: 300 read, 300 added, 0 changed, 0 unchanged, 0 rejected", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await Run(import));
        Assert.Contains("adherents: 300 read, 0 added, 0 changed, 300 unchanged, 0 rejected", output.ToString(), StringComparison.Ordinal);
        Assert.Empty(errors.ToString());
        Assert.Equal(["adherents.csv", "payments.csv"], Directory.GetFiles(files["made"]).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Rejected_lines_are_in_a_file_of_their_own_until_an_import_rejects_none()
    {
        var path = files.Holding("payments.csv", $"\uFEFF{Header}\n1630967482229;J-12;\"Santé\";22.50\n");
        Assert.Equal(1, await Run("import", "--payments", path));
        Assert.Equal("\"line\";\"reason\";\"record\"\n\"2\";\"nir: not known to the registry\";\"1630967482229;J-12;\"\"Santé\"\";22.50\"\n", await File.ReadAllTextAsync(path + ".rejected.csv", TestContext.Current.CancellationToken));
        Assert.Contains("1 rejected", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("1630967482229", output.ToString() + errors, StringComparison.Ordinal);

        files.Holding("payments.csv", Header + "\n");
        Assert.Equal(0, await Run("import", "--payments", path));
        Assert.False(File.Exists(path + ".rejected.csv"));
    }

    [Fact]
    public async Task Bytes_that_are_no_utf8_cost_their_line_only()
    {
        var path = files["payments.csv"];
        await File.WriteAllBytesAsync(path, [.. Encoding.UTF8.GetBytes(Header + "\n1630967482229;J-12;Sant"), 0xE9, .. ";22.50\n"u8], TestContext.Current.CancellationToken);
        Assert.Equal(1, await Run("import", "--payments", path));
        Assert.Contains("\"2\";\"not valid UTF-8\"", await File.ReadAllTextAsync(path + ".rejected.csv", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_header_or_a_missing_file_or_a_bad_option_is_told_in_one_line()
    {
        var path = files.Holding("payments.csv", "a;b\n");
        string[][] failing =
        [
            ["import"],
            ["import", "--payments", files["missing.csv"]],
            ["import", "--payments", path],
            ["import", "--adherent", path],
            ["generate", "--count", "0", "--out", files["made"]],
            ["generate", "--count", "many", "--out", files["made"]],
            ["generate", "--count", "3"],
            ["nonsense"],
        ];
        foreach (var command in failing)
        {
            errors.GetStringBuilder().Clear();
            Assert.Equal(2, await Run(command));
            Assert.Single(errors.ToString().Trim().Split('\n'), sentence => sentence.Length > 10);
        }
    }

    [Fact]
    public async Task The_embedded_database_may_be_migrated_by_hand_too_and_twice()
    {
        Assert.Equal(0, await Run("migrate"));
        Assert.Equal(
            ["Applied: 0001_orleans_storage.sql.", "Applied: 0002_registry.sql.", "Applied: 0003_owed_letters.sql.", "Applied: 0004_audit.sql.", "Applied: 0005_search.sql.", "Applied: 0006_messages.sql.", "Applied: 0007_activity.sql.", "Applied: 0008_franceconnect_provider.sql.", "Applied: 0009_sealed_files.sql.", "Applied: 0010_postal_copies.sql.", "Applied: 0011_audit_erasure.sql.", "The database is up to date."],
            output.ToString().TrimEnd().ReplaceLineEndings("\n").Split('\n'));
        output.GetStringBuilder().Clear();
        Assert.Equal(0, await Run("migrate"));
        Assert.Equal("The database is up to date.", output.ToString().TrimEnd());
        Assert.Empty(errors.ToString());
    }

    [Fact]
    public async Task A_damaged_pseudonym_key_is_told_in_one_line()
    {
        Directory.CreateDirectory(files["data/keys"]);
        files.Holding("data/keys/pseudonym.key", "damaged");
        Assert.Equal(2, await Run("import", "--payments", files.Holding("payments.csv", Header)));
        Assert.Contains("pseudonym.key is not a pseudonym key", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_command_the_help_is_shown_and_nothing_is_done()
    {
        Assert.Equal(2, await Run());
        Assert.Contains("import", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await Run("import", "--help"));
    }

    private Task<int> Run(params string[] args) => MsaCommandLine.Run(args, output, errors, TestContext.Current.CancellationToken);
}
