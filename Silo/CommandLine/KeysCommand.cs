using System.CommandLine;
using System.Globalization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.KeyManagement.Internal;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MsaOrleans.Silo.Hosting;
using MsaOrleans.Silo.Registry;
using MsaOrleans.Silo.Storage;
using Npgsql;

namespace MsaOrleans.Silo.CommandLine;

/// <summary><c>keys</c>: takes keys out of use. See docs/keys.md.</summary>
internal static class KeysCommand
{
    public static Command Create() => new("keys", "Changes the keys of the installation. Embedded, the site must be stopped; on PostgreSQL servers may run, except for change-pseudonym.")
    {
        Verb("new", "Makes a new encryption key, and waits until every server uses it.", New),
        Verb("reseal", "Seals every row again that is sealed under another key than the newest. May be broken off and run again.", Reseal),
        Verb("forget", "Deletes every encryption key but the newest, once no row needs them. Visitors sign in again.", Forget),
        ChangePseudonym(),
    };

    private static Command Verb(string name, string description, Func<Keys, TextWriter, CancellationToken, Task<int>> run)
    {
        var command = new Command(name, description);
        command.SetAction(async (parsed, stop) =>
        {
            await using var keys = Keys.Open();
            return await run(keys, parsed.InvocationConfiguration.Output, stop);
        });
        return command;
    }

    private static Command ChangePseudonym()
    {
        var newKey = new Option<FileInfo>("--new-key") { Description = "The new pseudonym key, 32 bytes in base64.", HelpName = "FILE", Required = true }.AcceptExistingOnly();
        var command = new Command("change-pseudonym", "Puts another pseudonym key in the place of the present one, while every server is stopped. The files of the caisses must be imported again.") { newKey };
        command.SetAction(async (parsed, stop) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            var next = KeyRing.ReadPseudonymKey(parsed.GetValue(newKey)!.FullName);
            await using var keys = Keys.Open();
            PseudonymChangeReport? report = null;
            await keys.ReplacePseudonymKey(next, async () => report = await keys.ChangeOf(next).Run(Progress(output), stop));
            await output.WriteLineAsync(Say($"Adherents moved: {report!.Moved:N0}. Without a number in their row, left until they are erased: {report.Left:N0}; erased: {report.Erased:N0}. That cannot be opened, left: {report.Unreadable:N0}."));
            await output.WriteLineAsync($"The record of the hotline was {(report.Audit.Found.Flaw is { } flaw ? $"not intact, and still is not. {flaw}" : $"intact up to {report.Audit.Found.Head}.")} Head: {report.Audit.Head}");
            await output.WriteLineAsync("The registry is empty now: import the files of the caisses before servers start.");
            if (keys.PseudonymIsConfigured)
                await output.WriteLineAsync($"Give every process the new key as {KeyRing.PseudonymSetting}.");
            return report is { Unreadable: 0, Audit.Found.Flaw: null } ? MsaCommandLine.Done : MsaCommandLine.DoneInPart;
        });
        return command;
    }

    private static async Task<int> New(Keys keys, TextWriter output, CancellationToken stop)
    {
        keys.EnsureFirst();
        var made = keys.Watch.Renew(keys.Alone);
        if (!keys.Alone)
        {
            await output.WriteLineAsync(Say($"Waiting {1.5 * keys.Watch.Settling.TotalSeconds:N0} seconds, until every server uses the new key."));
            await Task.Delay(1.5 * keys.Watch.Settling, stop);
        }
        await output.WriteLineAsync($"The key {made.KeyId} is in use.");
        return MsaCommandLine.Done;
    }

    private static async Task<int> Reseal(Keys keys, TextWriter output, CancellationToken stop)
    {
        keys.EnsureFirst();
        var progress = new ProgressLine(output);
        var report = await keys.Resealing.Run(write: true, sofar => progress.Show(Say($"{sofar.Rows:N0} rows, {sofar.Old:N0} sealed again")), stop);
        progress.End(Say($"{report.Rows:N0} rows, {report.Old:N0} sealed again, {report.Unreadable:N0} that cannot be opened."));
        return report.Unreadable == 0 ? MsaCommandLine.Done : MsaCommandLine.DoneInPart;
    }

    private static async Task<int> Forget(Keys keys, TextWriter output, CancellationToken stop)
    {
        keys.EnsureFirst();
        if (keys.Watch.GetAllKeys().Where(keys.Watch.IsUnsettled).ToList() is [var young, ..])
            throw new SetupException(Say($"The key {young.KeyId} may not be in use everywhere yet. Try again after {young.ActivationDate + keys.Watch.Settling:u}."));
        var progress = new ProgressLine(output);
        var report = await keys.Resealing.Run(write: false, sofar => progress.Show(Say($"{sofar.Rows:N0} rows looked at")), stop);
        if (report.Old > 0)
            throw new SetupException(Say($"{report.Old:N0} rows are sealed under old keys: run Silo -- keys reseal first. Nothing was deleted."));
        var newest = keys.Newest;
        var forgotten = keys.Watch.GetAllKeys().Count(key => key.KeyId != newest);
        if (!keys.Watch.DeleteKeys(key => key.KeyId != newest))
            throw new SetupException("Not every old key could be deleted: run this again.");
        progress.End(Say($"{forgotten:N0} keys deleted. The key {newest} opens all {report.Rows:N0} rows but {report.Unreadable:N0}."));
        return report.Unreadable == 0 ? MsaCommandLine.Done : MsaCommandLine.DoneInPart;
    }

    private static Action<long> Progress(TextWriter output)
    {
        var progress = new ProgressLine(output);
        return moved => progress.Show(Say($"{moved:N0} adherents moved"));
    }

    private static string Say(FormattableString sentence) => sentence.ToString(CultureInfo.InvariantCulture);

    /// <summary>The keys of the configured installation, and what they protect. The embedded one is taken as by its site.</summary>
    private sealed class Keys(ServiceProvider services, DataDirectory? directory, IDisposable? occupied) : IAsyncDisposable
    {
        public bool Alone => directory is not null;

        public bool PseudonymIsConfigured => services.GetRequiredService<IConfiguration>()[KeyRing.PseudonymSetting] is { Length: > 0 };

        public KeyWatch Watch => services.GetRequiredService<KeyWatch>();

        /// <summary>The key that seals today.</summary>
        public Guid Newest => services.GetRequiredService<IKeyRingProvider>().GetCurrentKeyRing().DefaultKeyId;

        public Resealing Resealing => new(Database, Protection, Secret);

        private Database Database => services.GetRequiredService<Database>();

        private IDataProtectionProvider Protection => services.GetRequiredService<IDataProtectionProvider>();

        private PseudonymSecret Secret => services.GetRequiredService<PseudonymSecret>();

        public static Keys Open()
        {
            var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
            var directory = (DataDirectory?)null;
            if (PostgresDatabase.ConfiguredIn(configuration) is { } connectionString)
                configuration[PostgresDatabase.Setting] = new NpgsqlConnectionStringBuilder(PostgresDatabase.WithDefaults(connectionString)) { ApplicationName = "msa-orleans-keys" }.ToString();
            else
                directory = DataDirectory.Open(configuration);
            var services = new ServiceCollection()
                .AddSingleton<IConfiguration>(configuration)
                .AddMsaStorage(configuration)
                .Configure<KeyManagementOptions>(keys => keys.AutoGenerateKeys = false) // here keys are made by command alone
                .BuildServiceProvider();
            return new(services, directory, directory?.Occupy());
        }

        /// <summary>As at the start of a server: the keys are there, and this is the pseudonym key that opens them.</summary>
        public void EnsureFirst() => services.GetRequiredService<RegistryProtection>();

        public PseudonymChange ChangeOf(PseudonymSecret next) => new(Database, Protection, Secret, next);

        public Task ReplacePseudonymKey(PseudonymSecret next, Func<Task> change)
        {
            if (directory is not null)
                KeyRing.ForgetBrokenReplacement(directory);
            EnsureFirst();
            return directory is null || PseudonymIsConfigured ? change() : KeyRing.ReplacePseudonymKey(directory, next, change);
        }

        public async ValueTask DisposeAsync()
        {
            await services.DisposeAsync();
            occupied?.Dispose();
        }
    }
}
