using System.CommandLine;
using System.Globalization;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MsaOrleans.Silo.FranceConnect;
using MsaOrleans.Silo.Registry;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.CommandLine;

/// <summary><c>franceconnect-keys</c>: changes the keys that the identity provider signs with. Servers may run, on either database. See docs/keys.md.</summary>
internal static class FranceConnectKeysCommand
{
    public static Command Create() => new("franceconnect-keys", "Changes the keys with which the MSA signs what it tells FranceConnect. Servers may run.")
    {
        Verb("new", "Makes a new key. It is made known now, and signs in a quarter of an hour.", New),
        Verb("list", "Tells which keys there are, and what they do.", List),
        Forget(),
    };

    private static Command Forget()
    {
        var atOnce = new Option<bool>("--at-once") { Description = "Deletes every key but the newest, which signs from now on: for a key that was stolen. Who is signing in at this moment must begin again." };
        var command = new Command("forget", "Deletes the keys that nobody needs any more.") { atOnce };
        command.SetAction(async (parsed, _) => await Run((table, clock, output) => Forget(table, clock, output, parsed.GetValue(atOnce)), parsed.InvocationConfiguration.Output));
        return command;
    }

    private static Command Verb(string name, string description, Func<SigningKeyTable, TimeProvider, TextWriter, Task> act)
    {
        var command = new Command(name, description);
        command.SetAction(async (parsed, _) => await Run(act, parsed.InvocationConfiguration.Output));
        return command;
    }

    private static async Task<int> Run(Func<SigningKeyTable, TimeProvider, TextWriter, Task> act, TextWriter output)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        await using var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddMsaStorage(configuration)
            .AddSingleton<SigningKeyTable>()
            .Configure<KeyManagementOptions>(keys => keys.AutoGenerateKeys = false) // encryption keys are made by their own command
            .BuildServiceProvider();
        services.GetRequiredService<RegistryProtection>(); // the encryption keys are there, and this is the pseudonym key that opens them
        await act(services.GetRequiredService<SigningKeyTable>(), services.GetRequiredService<TimeProvider>(), output);
        return MsaCommandLine.Done;
    }

    private static async Task New(SigningKeyTable table, TimeProvider clock, TextWriter output)
    {
        var last = table.Read([]).LastOrDefault();
        if (!table.Add(last?.Number ?? 0))
            throw new SetupException("Somebody else has just made a key: look at the list.");
        var made = table.Read([])[^1];
        await output.WriteLineAsync(last is null ? $"The key {made.Id} is made, and signs." : Say($"The key {made.Id} is made, and signs from {made.CreatedAt + SigningKeyStages.Settling:u}."));
    }

    private static async Task List(SigningKeyTable table, TimeProvider clock, TextWriter output)
    {
        var keys = table.Read([]);
        foreach (var (key, stage) in keys.Zip(StagesOf(keys, clock)))
        {
            await output.WriteLineAsync(Say($"{key.Id}  made {key.CreatedAt:u}  ") + stage switch
            {
                SigningKeyStage.Coming => Say($"known, signs from {key.CreatedAt + SigningKeyStages.Settling:u}"),
                SigningKeyStage.Signing => "signs",
                SigningKeyStage.Leaving => "known, signs no more",
                SigningKeyStage.Over => "not known any more: may be forgotten",
            });
        }
        if (keys.Count == 0)
            await output.WriteLineAsync("There is none yet: the first server that needs one makes it.");
    }

    private static async Task Forget(SigningKeyTable table, TimeProvider clock, TextWriter output, bool atOnce)
    {
        var keys = table.Read([]);
        var kept = atOnce ? keys.LastOrDefault() : keys.Zip(StagesOf(keys, clock)).FirstOrDefault(key => key.Second is not SigningKeyStage.Over).First;
        var forgotten = kept is null ? 0 : table.DeleteBefore(kept.Number);
        await output.WriteLineAsync(Say($"{forgotten} keys deleted, {keys.Count - forgotten} left."));
    }

    private static IReadOnlyList<SigningKeyStage> StagesOf(IReadOnlyList<SigningKey> keys, TimeProvider clock) =>
        SigningKeyStages.Of([.. keys.Select(key => key.CreatedAt)], clock.GetUtcNow());

    private static string Say(FormattableString sentence) => sentence.ToString(CultureInfo.InvariantCulture);
}
