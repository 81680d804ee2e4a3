using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using MsaOrleans.Silo.Registry;

namespace MsaOrleans.Silo.CommandLine;

/// <summary><c>generate</c>: makes up files in the caisses' format.</summary>
internal static class GenerateCommand
{
    public static Command Create()
    {
        var count = new Option<int>("--count") { Description = "How many insured persons.", HelpName = "N", Required = true };
        var seed = new Option<int>("--seed") { Description = "The same seed gives the same files.", HelpName = "S", DefaultValueFactory = _ => 1 };
        var directory = new Option<DirectoryInfo>("--out") { Description = "Where adherents.csv and payments.csv go.", HelpName = "DIR", Required = true };
        count.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var given) && given is < 1 or > RegistryGenerator.MostPersons)
                result.AddError($"--count must be from 1 to {RegistryGenerator.MostPersons}.");
        });
        var command = new Command("generate", "Writes synthetic files in the format of the caisses.") { count, seed, directory };
        command.SetAction((parsed, stop) => Task.FromResult(Run(parsed.GetValue(count), parsed.GetValue(seed), parsed.GetValue(directory)!, parsed.InvocationConfiguration.Output, stop)));
        return command;
    }

    private static int Run(int count, int seed, DirectoryInfo directory, TextWriter output, CancellationToken stop)
    {
        var started = Stopwatch.GetTimestamp();
        var progress = new ProgressLine(output);
        new RegistryGenerator(count, seed).WriteTo(directory.FullName, done => progress.Show(string.Create(CultureInfo.InvariantCulture, $"{done:N0} of {count:N0}")), stop);
        progress.End(string.Create(CultureInfo.InvariantCulture, $"{count:N0} persons, {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} seconds"));
        return MsaCommandLine.Done;
    }
}
