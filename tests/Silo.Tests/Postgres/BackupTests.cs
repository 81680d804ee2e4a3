using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MsaOrleans.Grains.Interfaces;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Identity;
using MsaOrleans.Grains.Interfaces.Registration;
using MsaOrleans.Silo.Hosting;
using MsaOrleans.Silo.Registry;
using MsaOrleans.Silo.Storage;
using MsaOrleans.Testing;

namespace MsaOrleans.Silo.Tests.Postgres;

/// <summary>What docs/operations.md promises of a backup: taken while the site runs, restored elsewhere, it is the site again.</summary>
public sealed class BackupTests : IAsyncLifetime
{
    private static readonly SignInOrigin origin = new("Ordinateur, Firefox", "203.0.113.x");

    private readonly TempFolder files = new();
    private PostgresServer server = null!;
    private SmtpServer relay = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => (server, relay) = (await PostgresServer.Shared(), await SmtpServer.Start());

    public ValueTask DisposeAsync()
    {
        relay.Dispose();
        files.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_restored_backup_knows_its_people_and_sends_what_it_owed_when_it_was_taken()
    {
        await using var original = await PostgresInstallation.Create();
        using var registry = File.OpenText(Path.Combine(Repository.Root, "Silo", "Demo", "adherents.csv"));
        await original.Get<RegistryImporter>().ImportAdherents(registry, stop: Stop);
        string password;
        using (var site = await Started(original.ConnectionString))
        {
            await SignUp(site, Person.LamyFritz);
            password = (await relay.Mails.To(Person.LamyFritz.Email, stop: Stop)).ProvisionalPassword;
            relay.Refuse("RCPT", "451 4.3.0 Try later");
            await SignUp(site, Person.Perrin);
            // A worker that has a letter in his hands at that moment keeps it for a minute in the restored database too.
            await Waiting.Until(() => original.Scalar<long>("SELECT count(*) FROM hangfire.job WHERE statename = 'Scheduled'") == 1, () => "the letter to wait for another try", stop: Stop);
            await server.Backup(original.ConnectionString, files["backup"]);
            await site.StopAsync(Stop);
        }

        relay.Accept();
        using var again = await Started(await server.Restore(files["backup"]));

        Assert.IsType<SignInOutcome.SignedIn>(await Facet<IAdherentCredentials>(again, Person.LamyFritz).SignIn(new(password), origin));
        var owed = await relay.Mails.To(Person.Perrin.Email, stop: Stop);
        Assert.IsType<SignInOutcome.SignedIn>(await Facet<IAdherentCredentials>(again, Person.Perrin).SignIn(new(owed.ProvisionalPassword), origin));
        Assert.Single(relay.Mails.All, mail => mail.To == Person.LamyFritz.Email);
        await again.StopAsync(Stop);
    }

    [Fact]
    public async Task Servers_with_another_pseudonym_key_refuse_it_and_leave_it_as_it_is()
    {
        await using var installation = await PostgresInstallation.Create();
        KeyRing.EnsureFirstKey(installation.Get<IServiceProvider>(), installation.Get<PostgresDatabase>());
        var another = new Dictionary<string, string>
        {
            [PostgresDatabase.Setting] = installation.ConnectionString,
            [KeyRing.PseudonymSetting] = Convert.ToBase64String(new byte[AdherentKeys.SecretLength]),
            ["Site:PublicUrl"] = "http://localhost",
            ["Mail:PickupDirectory"] = files.Path,
        };

        foreach (var start in (Func<Task>[])[() => SiloProcess.Start(another), () => WebProcess.Start(another)])
            Assert.Contains("ended with 2", (await Assert.ThrowsAsync<InvalidOperationException>(start)).Message, StringComparison.Ordinal);

        Assert.Equal(1L, installation.Scalar<long>("SELECT count(*) FROM DataProtectionKeys"));
    }

    private static async Task SignUp(IHost site, Person person)
    {
        var ticket = SignUpTicket.New();
        var registration = Facet<IAdherentRegistration>(site, person);
        Assert.Equal(BeginOutcome.Begun, await registration.Begin(ticket, Nir.Parse(person.Nir)));
        var details = new ContactDetails(person.FamilyName, person.GivenName, person.BirthDate, EmailAddress.Parse(person.Email), MobilePhone: null);
        Assert.Equal(DeclareOutcome.Accepted, await registration.Declare(ticket, details));
        Assert.True(await registration.AnswerHealthInsurance(ticket, insured: true));
        Assert.Equal(new VerificationOutcome.Proved(), await Facet<IAdherentIdentity>(site, person).Prove(ticket, new IdentityProof.VitaleCard(person.CardSerial!)));
        Assert.Equal(CompletionOutcome.Completed, await registration.Complete(ticket, "2026-11"));
    }

    private static T Facet<T>(IHost site, Person person)
        where T : IAdherentFacet =>
        site.Services.GetRequiredService<IGrainFactory>().GetGrain<T>(site.Services.GetRequiredService<AdherentKeys>().For(Nir.Parse(person.Nir)));

    private async Task<IHost> Started(string database)
    {
        var host = Host.CreateEmptyApplicationBuilder(null);
        host.Configuration.AddInMemoryCollection(PostgresInstallation.Configuration(database).AsEnumerable());
        host.Configuration.AddInMemoryCollection(
        [
            new("Site:PublicUrl", "http://localhost"), new("Mail:Smtp:Host", relay.Host), new("Mail:Smtp:Port", $"{relay.Port}"),
            new("Mail:RetryDelays", "00:00:05;00:00:05;00:00:05"),
        ]);
        host.AddClusterMsaSilo(database);
        var site = host.Build();
        await site.StartAsync(Stop);
        return site;
    }
}
