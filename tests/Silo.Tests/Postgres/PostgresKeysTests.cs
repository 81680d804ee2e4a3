using MsaOrleans.Silo.Hosting;
using MsaOrleans.Silo.Storage;
using MsaOrleans.Testing;
using Npgsql;

namespace MsaOrleans.Silo.Tests.Postgres;

/// <summary>The commands <c>keys</c> on PostgreSQL, a silo and a web server at work, with a visitor whose account must live through all of them.</summary>
public sealed class PostgresKeysTests : IAsyncLifetime
{
    private readonly TempFolder files = new();
    private readonly Dictionary<string, string> settings = [];
    private readonly CancellationToken stop = TestContext.Current.CancellationToken;

    private Dictionary<string, string> OtherKey => new(settings) { [KeyRing.PseudonymSetting] = Convert.ToBase64String(new byte[32]) };

    public async ValueTask InitializeAsync()
    {
        settings[PostgresDatabase.Setting] = await PostgresInstallation.NewDatabase();
        settings[KeyRing.PseudonymSetting] = PostgresInstallation.PseudonymKey;
        settings["Keys:Refresh"] = "00:00:01";
        settings["Mail:PickupDirectory"] = files["mails"];
        settings["Site:PublicUrl"] = "http://127.0.0.1";
    }

    public async ValueTask DisposeAsync()
    {
        await (await PostgresServer.Shared()).Drop(settings[PostgresDatabase.Setting]);
        files.Dispose();
    }

    [Fact]
    public async Task An_account_outlives_every_key()
    {
        await Done(settings, "generate", "--count", "300", "--seed", "11", "--out", files.Path);
        await Import(settings, "300 added");
        var person = Person.Read(await File.ReadAllTextAsync(files["adherents.csv"], stop), await File.ReadAllTextAsync(files["payments.csv"], stop))
            .First(known => known.CardSerial is not null);

        await using (var silo = await SiloProcess.Start(settings))
        {
            await using var web = await WebProcess.Start(settings);
            using var browser = new Browser(web.Address);
            await browser.SignUp(person);
            var mail = await new MailFolder(files["mails"]).To(person.Email, stop: stop);
            var versions = await Versions();

            // The servers learn the new key, read what is sealed again, and go on writing.
            await Done(settings, "keys", "new");
            var resealed = await Done(settings, "keys", "reseal");
            Assert.Contains(", 0 that cannot be opened", resealed, StringComparison.Ordinal);
            Assert.DoesNotContain(", 0 sealed again", resealed, StringComparison.Ordinal);
            Assert.Equal(versions, await Versions());
            await browser.FirstConnection(person, mail.ProvisionalPassword);
            Assert.Equal("/espace-prive", browser.Path);
            Assert.Contains(" rows, 0 sealed again, 0 that cannot be opened", await Done(settings, "keys", "reseal"), StringComparison.Ordinal);

            // Five minutes later.
            Assert.Contains("may not be in use everywhere yet", (await Silo(settings, "keys", "forget")).Errors, StringComparison.Ordinal);
            await Execute(
                """
                UPDATE DataProtectionKeys SET Xml = regexp_replace(
                    Xml, '<activationDate>[^<]*<', '<activationDate>' || to_char(now() AT TIME ZONE 'utc' - interval '1 hour' + Id * interval '1 minute', 'YYYY-MM-DD"T"HH24:MI:SS"Z<"'))
                """);
            Assert.StartsWith("1 keys deleted. ", await Done(settings, "keys", "forget"), StringComparison.Ordinal);
            await browser.Open("/espace-prive");
            Assert.Equal("/espace-prive", browser.Path); // whoever has signed in since goes on
            await SignsIn(web.Address, person);

            Assert.StartsWith("Others are at work in this database", (await Silo(settings, "keys", "change-pseudonym", "--new-key", NewKey())).Errors, StringComparison.Ordinal);
            await web.Stop(stop);
            await silo.Stop(stop);
        }

        Assert.StartsWith("Adherents moved: 1. ", await Done(settings, "keys", "change-pseudonym", "--new-key", NewKey()), StringComparison.Ordinal);
        Assert.StartsWith("Adherents:PseudonymKey is not the key under which this database was begun", (await Silo(settings, "import", "--adherents", files["adherents.csv"])).Errors, StringComparison.Ordinal);
        await Import(OtherKey, "300 added");
        await using (var silo = await SiloProcess.Start(OtherKey))
        {
            await using var web = await WebProcess.Start(OtherKey);
            await SignsIn(web.Address, person);
        }
    }

    private string NewKey() => files.Holding("next.key", OtherKey[KeyRing.PseudonymSetting]);

    private static async Task SignsIn(string address, Person person)
    {
        using var browser = new Browser(address);
        await browser.SignIn(person.Nir, Journeys.GoodPassword);
        Assert.Equal("/espace-prive", browser.Path);
    }

    private async Task Import(Dictionary<string, string> with, string outcome) =>
        Assert.Contains(outcome, await Done(with, "import", "--adherents", files["adherents.csv"], "--payments", files["payments.csv"]), StringComparison.Ordinal);

    private static async Task<string> Done(Dictionary<string, string> with, params string[] arguments)
    {
        var run = await Silo(with, arguments);
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        return run.Output;
    }

    private static Task<CommandLine.SiloCommand> Silo(Dictionary<string, string> with, params string[] arguments) =>
        CommandLine.SiloCommand.Run("/dev/null/nowhere", with.Select(setting => (setting.Key, setting.Value)), arguments);

    private async Task<string> Versions()
    {
        await using var source = NpgsqlDataSource.Create(settings[PostgresDatabase.Setting]);
        await using var command = source.CreateCommand("SELECT coalesce(string_agg(GrainIdN0 || ':' || Version, ' ' ORDER BY GrainIdN0), '') FROM OrleansStorage");
        return (string)(await command.ExecuteScalarAsync(stop))!;
    }

    private async Task Execute(string sql)
    {
        await using var source = NpgsqlDataSource.Create(settings[PostgresDatabase.Setting]);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(stop);
    }
}
