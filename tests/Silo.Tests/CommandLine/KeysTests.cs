using Microsoft.Extensions.Configuration;
using MsaOrleans.Grains;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Silo.Hosting;
using MsaOrleans.Testing;

namespace MsaOrleans.Silo.Tests.CommandLine;

/// <summary>The commands <c>keys</c> on a data folder, with a visitor whose account must live through all of them.</summary>
public sealed class KeysTests : IDisposable
{
    private static readonly DateTimeOffset now = DateTimeOffset.UtcNow;

    private readonly TempFolder files = new();
    private readonly DataDirectory data;

    public KeysTests() => data = DataDirectory.Open(files["data"]);

    private string[] EncryptionKeys => Directory.GetFiles(data.Keys, "key-*.xml");

    private string PseudonymFile => Path.Combine(data.Keys, "pseudonym.key");

    public void Dispose() => files.Dispose();

    [Fact]
    public async Task An_account_outlives_every_key()
    {
        var person = Person.LamyFritz;
        await using (var site = await SiteProcess.Start(data.Path))
        {
            using var browser = new Browser(site.Address);
            await browser.SignUp(person);
            var mail = await new MailFolder(data.Mails).To(person.Email, stop: TestContext.Current.CancellationToken);
            await browser.FirstConnection(person, mail.ProvisionalPassword);
            Assert.Equal("/espace-prive", browser.Path);
            Assert.StartsWith("Another process", (await Keys("new")).Errors, StringComparison.Ordinal);
            await site.Stop(TestContext.Current.CancellationToken);
        }
        var first = Assert.Single(EncryptionKeys);

        // Nobody waits where nobody else is at work, and nothing that is needed can be forgotten.
        await Done("new");
        Assert.Equal(2, EncryptionKeys.Length);
        await Waiting.For(async () => await Keys("forget") is var run && run.Errors.Contains("keys reseal first", StringComparison.Ordinal) ? run : null, () => "a refusal to forget keys that rows need");
        Assert.Contains(first, EncryptionKeys);
        Assert.Contains(", 0 that cannot be opened", await Done("reseal"), StringComparison.Ordinal);
        Assert.Contains(" rows, 0 sealed again, 0 that cannot be opened", await Done("reseal"), StringComparison.Ordinal);
        Assert.StartsWith("1 keys deleted. ", await Done("forget"), StringComparison.Ordinal);
        Assert.StartsWith("0 keys deleted. ", await Done("forget"), StringComparison.Ordinal);
        Assert.NotEqual(first, Assert.Single(EncryptionKeys));
        await SignsIn(person);

        var old = await File.ReadAllTextAsync(PseudonymFile, TestContext.Current.CancellationToken);
        var next = files.Holding("next.key", Convert.ToBase64String(new byte[32]));
        Assert.StartsWith("Adherents moved: 1. ", await Done("change-pseudonym", "--new-key", next), StringComparison.Ordinal);
        Assert.NotEqual(old, await File.ReadAllTextAsync(PseudonymFile, TestContext.Current.CancellationToken));
        await SignsIn(person);
        Assert.StartsWith("Adherents moved: 0. ", await Done("change-pseudonym", "--new-key", next), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_of_the_pseudonym_key_that_was_broken_off_is_told_and_finished()
    {
        await Done("new");
        var next = files.Holding("next.key", Convert.ToBase64String(new byte[32]));
        File.Copy(next, PseudonymFile + ".next");
        Assert.Contains("A change of the pseudonym key has been broken off", (await SiloCommand.Run(data.Path, [], "redispatch")).Errors, StringComparison.Ordinal);
        await Done("change-pseudonym", "--new-key", next);
        Assert.Equal(0, (await SiloCommand.Run(data.Path, [], "redispatch")).ExitCode);
    }

    [Fact]
    public async Task Of_those_whose_row_does_not_say_who_they_are_the_sweep_erases_the_ones_it_would_have()
    {
        var nir = Nir.Parse("1630967482229");
        var account = new AdherentState { Owner = Owner(), Nir = nir, Registration = new() { Completed = new(now, "ticket", "2026-01") } };
        var failed = new AdherentState { Owner = Guid.NewGuid(), Credentials = new() { Lockout = new() { Failures = 1, LastFailureAt = now } } };
        var locked = new AdherentState { Owner = Guid.NewGuid(), Verification = new() { Lockout = new() { Failures = 3, LastFailureAt = now, Until = DateTimeOffset.MaxValue } } };
        await using (var silo = await EmbeddedSilo.Start(data.Path))
        {
            foreach (var state in (AdherentState[])[account, failed, locked])
                await silo.Write(state);
        }
        var next = files.Holding("next.key", Convert.ToBase64String(new byte[32]));

        // Under a key that is not his, nobody is moved.
        var stranger = await SiloCommand.Run(data.Path, [(KeyRing.PseudonymSetting, Convert.ToBase64String([1, .. new byte[31]]))], "keys", "change-pseudonym", "--new-key", next);
        Assert.Equal((2, "Adherents:PseudonymKey is not the key under which this database was begun. Nothing was changed.\n"), (stranger.ExitCode, stranger.Errors));

        Assert.StartsWith("Adherents moved: 1. Without a number in their row, left until they are erased: 1; erased: 1. That cannot be opened, left: 0.\n", await Done("change-pseudonym", "--new-key", next), StringComparison.Ordinal);
        await using var after = await EmbeddedSilo.Start(data.Path);
        Assert.Equal(account.Registration.Completed, (await after.Read(new AdherentKeys(new byte[32]).For(nir))).Registration.Completed);
        Assert.Null((await after.Read(account.Owner!.Value)).Owner);
        Assert.Equal(failed.Credentials.Lockout, (await after.Read(failed.Owner!.Value)).Credentials.Lockout);
        Assert.Null((await after.Read(locked.Owner!.Value)).Owner);

        Guid Owner() => new AdherentKeys(KeyRing.PseudonymKey(new ConfigurationBuilder().Build(), data).Value).For(nir);
    }

    [Fact]
    public async Task A_new_pseudonym_key_that_is_none_changes_nothing()
    {
        var run = await Keys("change-pseudonym", "--new-key", files.Holding("next.key", "AAAA"));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("next.key is not a pseudonym key", run.Errors, StringComparison.Ordinal);
    }

    private async Task SignsIn(Person person)
    {
        await using var site = await SiteProcess.Start(data.Path);
        using var browser = new Browser(site.Address);
        await browser.SignIn(person.Nir, Journeys.GoodPassword);
        Assert.Equal("/espace-prive", browser.Path);
        await site.Stop(TestContext.Current.CancellationToken);
    }

    private async Task<string> Done(params string[] arguments)
    {
        var run = await Keys(arguments);
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        return run.Output;
    }

    private Task<SiloCommand> Keys(params string[] arguments) => SiloCommand.Run(data.Path, [("Keys:Refresh", "00:00:01")], ["keys", .. arguments]);
}
