using System.Text;
using MsaOrleans.Grains.Interfaces.Agents;
using MsaOrleans.Testing;
using MsaOrleans.Testing.Remains;
using Npgsql;

namespace MsaOrleans.EndToEnd.Tests;

/// <summary>
/// A silo and a web server with everybody about them, a database, a relay, an agent, and then what they leave: nothing in it says who was there, or what he typed or was sent.
/// </summary>
public sealed class RemainsTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Wrong = "Ardoise-Tilleul-8";
    private const string OwnPassword = "Bruyere-Comptoir-9";
    private const string NewPassword = "Noisette-Faucon-3";
    private const string Message = "Bonjour, ma jument alezane est malade, que faire ?";
    private const string Reason = "Le facteur ne passe plus chez lui";
    private const string Letter = "Contenu de la lettre jointe par le visiteur";
    private const string FirstPassword = "Votre mot de passe provisoire";
    private const string NextPassword = "Votre nouveau mot de passe provisoire";

    private readonly SecretSearch search = new();
    private readonly TempFolder temporary = new();
    private SmallCluster cluster = null!;

    /// <summary>Too large to be kept in memory while it is received.</summary>
    private static byte[] Attached => [.. SampleFiles.LargePdf(300_000), .. Encoding.UTF8.GetBytes($"\n% {Letter}\n")];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => cluster = await SmallCluster.Start(people: 3);

    public async ValueTask DisposeAsync()
    {
        await cluster.DisposeAsync();
        temporary.Dispose();
    }

    [Fact]
    public async Task A_life_on_the_site_leaves_nothing_in_clear_in_databases_queues_logs_or_temporary_files()
    {
        var settings = new Dictionary<string, string>(cluster.Settings) { ["Departments:CodeDelay"] = "00:00:01", ["TMPDIR"] = temporary.Path, ["Logging:LogLevel:Default"] = "Debug" };
        IReadOnlyCollection<string>[] consoles;
        await using (var silo = await SiloProcess.Start(settings))
        await using (var web = await WebProcess.Start(settings))
        {
            await Live(settings, web.Address);
            consoles = [silo.Output, web.Output];
            Assert.Contains(silo.Output, line => line.Contains("AccountClosed", StringComparison.Ordinal));
            Assert.Empty(Found(FilesOf(temporary.Path))); // there may be none
            await cluster.Database.Checkpoint();
            NothingIsIn("database", FilesOf(cluster.Database.Folder));
        }
        NothingIsIn("consoles", consoles.SelectMany(lines => lines).Select(line => new MemoryStream(Encoding.UTF8.GetBytes(line))));
        var dump = await cluster.Database.Dump(cluster.Settings["ConnectionStrings:Msa"]);
        Assert.Contains("COPY hangfire.job ", dump, StringComparison.Ordinal);
        Assert.Contains("SendDispatchJob", dump, StringComparison.Ordinal);
        NothingIsIn("dump", [new MemoryStream(Encoding.UTF8.GetBytes(dump))]);

        // What is there in clear would have been found: nobody has this number, so that whoever looks through all that tests leave does not seek it.
        const string Planted = "299077500138", Address = "plante.ici@exemple.fr";
        search.Add("planted", Planted);
        search.Add("address", Address);
        await Plant(Planted);
        await cluster.Database.Checkpoint();
        Assert.Equal(["planted"], Found(FilesOf(cluster.Database.Folder)));
        Assert.Equal(["planted"], Found([new MemoryStream(Encoding.UTF8.GetBytes(await cluster.Database.Dump(cluster.Settings["ConnectionStrings:Msa"])))]));
        temporary.Holding("left.tmp", Address);
        Assert.Equal(["address"], Found(FilesOf(temporary.Path)));
    }

    private async Task Live(IReadOnlyDictionary<string, string> settings, string site)
    {
        foreach (var person in cluster.People)
            search.AddPerson(person);
        foreach (var field in Journeys.DetailsOf(cluster.People[0]))
            search.AddTyped(field.Field, field.Value);
        foreach (var password in new[] { Wrong, OwnPassword, NewPassword, Journeys.GoodPassword })
            search.Add("password", password);
        search.Add("message", Message);
        search.Add("reason", Reason);
        search.Add("file", Letter);

        var (one, other) = (cluster.People[0], cluster.People[1]);
        using var browser = new Browser(site);
        await browser.SignUp(one);
        await browser.SignIn(one.Nir, Wrong);
        await browser.FirstConnection(one, await Secret(one, FirstPassword));
        Assert.Equal("/espace-prive", browser.Path);
        await browser.SignOut();
        await browser.Open("/mot-de-passe/oublie");
        await browser.Send(("Identifier", one.Nir), ("Email", one.Email));
        await browser.MakePersonal(one, await Secret(one, NextPassword), OwnPassword);
        await browser.Open("/complement-inscription/departement");
        await browser.Send(("Department", Enumerable.Range(10, 9).Select(code => $"{code}").First(code => !one.Departments.Contains(code))));
        Assert.Equal("/complement-inscription/accuse", browser.Path);
        var code = await Secret(one, "Votre code confidentiel pour un autre département");
        await browser.Open("/complement-inscription/code");
        await browser.Send(("Code", code));
        await browser.Send(("NewPassword", NewPassword), ("ConfirmPassword", NewPassword));
        await browser.Open("/espace-prive/contact");
        await browser.SendFiles([("lettre.pdf", Attached)], ("Topic", "Payments"), ("Message", Message));
        Assert.Equal((200, "/espace-prive/contact"), (browser.Status, browser.Path));
        Assert.NotNull(browser.Page.QuerySelector(".list a"));
        await browser.Open("/mon-compte/adresse");
        await browser.Send(("AddressLine", "27 chemin du Vieux Moulin"), ("PostalCode", "67320"), ("City", "Drulingen"));
        search.Add("address", "27 chemin du Vieux Moulin");

        await LookUp(one, settings, site);

        using var leaving = new Browser(site);
        await leaving.SignUp(other);
        await leaving.FirstConnection(other, await Secret(other, FirstPassword));
        await leaving.Open("/mon-compte/fermeture/confirmation");
        await leaving.Send(("Confirm", "true"), ("CurrentPassword", Journeys.GoodPassword));
        Assert.Equal("/compte-ferme", leaving.Path);
        await cluster.Relay.Mails.To(other.Email, "Votre espace privé est fermé", Stop);
        await cluster.Until("SELECT count(*) FROM hangfire.job WHERE statename <> 'Succeeded' AND invocationdata::text LIKE '%SendDispatchJob%'", 0);
    }

    private async Task LookUp(Person person, IReadOnlyDictionary<string, string> settings, string site)
    {
        var told = await SiloProgram.Run(settings, ["agent", "add", "marie.durand", "--name", "Marie Durand"], Stop);
        var password = told.TrimEnd().Split('\n')[^1].Trim();
        search.Add("password", password);
        using var agent = new Browser(site);
        await agent.Open("/assistance/connexion");
        await agent.Send(("Login", "marie.durand"), ("Password", password));
        var telephone = agent.Page.QuerySelector("[data-secret]")!.GetAttribute("data-secret")!;
        search.Add("telephone's secret", telephone);
        await agent.Send(("Code", TotpSecret.Parse(telephone).CodeAt(DateTimeOffset.UtcNow)));
        await agent.Send(("NewPassword", NewPassword), ("ConfirmPassword", NewPassword));
        await agent.Send(("Reason", Reason), ("Nir", person.Nir));
        Assert.Equal("Un dossier trouvé", agent.Page.QuerySelector("#results")!.TextContent);
        await agent.Open(agent.Page.QuerySelector(".found a")!.GetAttribute("href")!);
        Assert.Equal(person.DisplayName, agent.Heading);
    }

    private async Task<string> Secret(Person person, string subject)
    {
        var secret = (await cluster.Relay.Mails.To(person.Email, subject, Stop)).ProvisionalPassword;
        search.Add("mailed secret", secret);
        return secret;
    }

    private async Task Plant(string text)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(cluster.Settings["ConnectionStrings:Msa"]) { Pooling = false });
        await using var command = source.CreateCommand("CREATE TABLE planted AS SELECT $1::text AS text");
        command.Parameters.Add(new() { Value = text });
        await command.ExecuteNonQueryAsync(Stop);
    }

    private static IEnumerable<Stream> FilesOf(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.Length > 0) // pipes have none
            .Select(file => new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));

    private void NothingIsIn(string place, IEnumerable<Stream> streams)
    {
        var (kinds, bytes) = Read(streams);
        output.WriteLine($"{place}: {bytes} bytes");
        Assert.True(kinds.Count == 0, $"{place}: {string.Join(", ", kinds)}");
        Assert.True(bytes > 0, $"{place}: nothing was looked at.");
    }

    private ISet<string> Found(IEnumerable<Stream> streams) => Read(streams).Kinds;

    private (ISet<string> Kinds, long Bytes) Read(IEnumerable<Stream> streams)
    {
        var (kinds, bytes) = (new HashSet<string>(), 0L);
        foreach (var stream in streams)
        {
            using (stream)
                bytes += search.Read(stream, kinds);
        }
        return (kinds, bytes);
    }
}
