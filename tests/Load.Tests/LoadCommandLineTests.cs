namespace MsaOrleans.Load.Tests;

public sealed class LoadCommandLineTests
{
    [Theory]
    [InlineData("--base", "http://192.0.2.1", "--adherents", "a", "--payments", "p")]
    [InlineData("--base", "http://exemple.fr", "--adherents", "a", "--payments", "p")]
    public async Task Another_machine_is_not_loaded_unasked(params string[] arguments) => Assert.Contains("--i-may-load-this-host", await Refusal(arguments), StringComparison.Ordinal);

    [Theory]
    [InlineData("Either --base")]
    [InlineData("Either --base", "--base", "http://127.0.0.1:1", "--start")]
    [InlineData("--adherents and --payments", "--base", "http://127.0.0.1:1")]
    [InlineData("--burst adds to --arrivals", "--start", "--burst", "5/s@1s+1s")]
    [InlineData("no rate", "--start", "--arrivals", "many")]
    [InlineData("no requirement", "--start", "--require", "p99")]
    [InlineData("no errand", "--start", "--mix", "sign-off=1")]
    [InlineData("no length of time", "--start", "--duration", "long")]
    [InlineData("--base must be an address", "--base", "somewhere")]
    public async Task What_cannot_be_run_is_refused_with_a_sentence(string sentence, params string[] arguments) =>
        Assert.Contains(sentence, await Refusal(arguments), StringComparison.Ordinal);

    private static async Task<string> Refusal(string[] arguments)
    {
        using var errors = new StringWriter();
        Assert.Equal(LoadCommandLine.NotRun, await LoadCommandLine.Run(["site", .. arguments], TextWriter.Null, errors, TestContext.Current.CancellationToken));
        return errors.ToString();
    }
}
