using System.CommandLine;
using System.CommandLine.Help;
using System.Data.Common;
using Microsoft.Extensions.Options;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.CommandLine;

/// <summary>
/// The commands of the people who run the site. All end with 0 (done), 1 (done, but not for everything) or 2 (not done: one sentence on
/// the error output says why).
/// </summary>
public static class MsaCommandLine
{
    public const int Done = 0;
    public const int DoneInPart = 1;
    public const int NotDone = 2;

    // A little more than the longest of them, the silo, takes.
    private static readonly TimeSpan longestStop = TimeSpan.FromSeconds(28);

    public static async Task<int> Run(string[] args, TextWriter output, TextWriter errors, CancellationToken stop = default)
    {
        var root = new RootCommand("MSA Orleans: the commands of the people who run it.")
        {
            AuditCommand.Create(),
            AgentCommand.Create(),
            FranceConnectKeysCommand.Create(),
            ImportCommand.Create(),
            KeysCommand.Create(),
            GenerateCommand.Create(),
            MigrateCommand.Create(),
            RedispatchCommand.Create(),
            ReindexCommand.Create(),
            RunCommand.Create(),
        };
        root.SetAction(parsed =>
        {
            new HelpAction().Invoke(parsed);
            return NotDone;
        });

        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
            return Refuse(errors, parsed.Errors[0].Message);
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = errors, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = longestStop }, stop);
        }
        catch (OperationCanceledException)
        {
            return Refuse(errors, "Stopped. What was done until then is kept.");
        }
        catch (Exception failure) when (failure is SetupException or OptionsValidationException or IOException or UnauthorizedAccessException or DbException
            or BackendUnavailableException or TimeoutException)
        {
            return Refuse(errors, failure.Message);
        }
    }

    private static int Refuse(TextWriter errors, string sentence)
    {
        errors.WriteLine(sentence.ReplaceLineEndings(" "));
        return NotDone;
    }
}
