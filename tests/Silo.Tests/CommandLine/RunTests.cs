using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.Tests.CommandLine;

/// <summary>A silo that cannot be run says why.</summary>
public sealed class RunTests
{
    [Fact]
    public async Task Without_PostgreSQL_there_is_no_silo_of_its_own() => Assert.Contains(PostgresDatabase.Setting, await Refusal(), StringComparison.Ordinal);

    [Theory]
    [InlineData("ConnectionStrings:Msa=Database=msa", "Host", "Adherents:PseudonymKey=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("ConnectionStrings:Msa=Host=127.0.0.1", "Adherents:PseudonymKey")]
    [InlineData("ConnectionStrings:Msa=Host=127.0.0.1", "Silo:Port", "Silo:Port=70000")]
    [InlineData("ConnectionStrings:Msa=Host=127.0.0.1", "Silo:Address", "Silo:Address=no such host")]
    public async Task A_setting_that_cannot_be_used_is_named_before_anything_is_waited_for(string database, string named, params string[] others) =>
        Assert.Contains(named, await Refusal([database, .. others]), StringComparison.Ordinal);

    private static async Task<string> Refusal(params string[] settings)
    {
        var errors = new StringWriter();
        Assert.Equal(2, await MsaOrleans.Silo.CommandLine.MsaCommandLine.Run(
            ["run", .. settings.Select(setting => $"--{setting}")], TextWriter.Null, errors, TestContext.Current.CancellationToken));
        return errors.ToString();
    }
}
