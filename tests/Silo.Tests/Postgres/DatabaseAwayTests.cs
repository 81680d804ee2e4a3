using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Registration;
using MsaOrleans.Silo.Hosting;
using MsaOrleans.Silo.Storage;
using MsaOrleans.Testing;
using Npgsql;

namespace MsaOrleans.Silo.Tests.Postgres;

/// <summary>A silo and a client of it, under whose feet the database goes away and comes back. The server is of these tests alone.</summary>
public sealed class DatabaseAwayTests : IAsyncLifetime
{
    private static readonly Nir nir = Nir.Parse("1 63 09 67 482 229");
    private static readonly ContactDetails fritz = new("Lamy", "Fritz", new(1963, 9, 12), EmailAddress.Parse("fritz@example.org"), MobilePhone: null);

    private PostgresServer server = null!;
    private string database = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        server = await PostgresServer.Start();
        database = await server.NewDatabase();
        var migrated = await PostgresSilo.Run(database, "migrate");
        Assert.Equal(0, migrated.ExitCode);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Who_asks_is_told_that_the_machine_is_away_and_everything_goes_on_when_it_is_back()
    {
        using var mails = new TempFolder();
        using var silo = Built(host => host.AddClusterMsaSilo(database), ("Site:PublicUrl", "http://localhost"), ("Mail:PickupDirectory", mails.Path));
        await silo.StartAsync(Stop);
        using var client = Built(host => host.AddMsaClusterClient(database));
        await client.StartAsync(Stop);
        var grains = client.Services.GetRequiredService<IGrainFactory>();
        var (known, unread) = (grains.GetGrain<IAdherentRegistration>(Guid.NewGuid()), grains.GetGrain<IAdherentRegistration>(Guid.NewGuid()));
        var ticket = SignUpTicket.New();
        await known.Begin(ticket, nir);

        await server.Stop(crash: true);
        Assert.Contains(Causes(await Assert.ThrowsAnyAsync<Exception>(() => known.Declare(ticket, fritz))), cause => cause is BackendUnavailableException);
        Assert.Contains(Causes(await Assert.ThrowsAnyAsync<Exception>(() => unread.Progress(ticket))), cause => cause is BackendUnavailableException);

        await server.StartAgain();
        Assert.Null((await known.Progress(ticket))!.Details); // what was not acknowledged was not done
        Assert.Equal(DeclareOutcome.Accepted, await known.Declare(ticket, fritz));
        Assert.Equal(fritz, (await known.Progress(ticket))!.Details);
        Assert.Null(await unread.Progress(ticket));
        await client.StopAsync(Stop);
        await silo.StopAsync(Stop);
    }

    [Fact]
    public async Task A_server_that_is_started_later_is_waited_for_and_one_that_refuses_is_not()
    {
        await server.Stop(crash: false);
        var waiting = PostgresDatabase.WaitUntilItAnswers(database, NullLogger.Instance, Stop);
        Assert.False(waiting.IsCompleted);

        await server.StartAgain();
        await waiting.WaitAsync(TimeSpan.FromSeconds(30), Stop);

        var stranger = new NpgsqlConnectionStringBuilder(database) { Password = "not this one" }.ToString();
        var refused = await Assert.ThrowsAsync<SetupException>(() => PostgresDatabase.WaitUntilItAnswers(stranger, NullLogger.Instance, Stop));
        Assert.DoesNotContain("not this one", refused.Message, StringComparison.Ordinal);
    }

    private IHost Built(Action<HostApplicationBuilder> add, params (string Key, string Value)[] settings)
    {
        var host = Host.CreateEmptyApplicationBuilder(null);
        host.Configuration.AddInMemoryCollection(PostgresInstallation.Configuration(database).AsEnumerable());
        host.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        add(host);
        return host.Build();
    }

    private static IEnumerable<Exception> Causes(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
            yield return cause;
    }
}
