using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MsaOrleans.Testing;
using MsaOrleans.Web.Hosting;

namespace MsaOrleans.Web.Tests.FranceConnect;

/// <summary>Web servers that start at once write the clients of the identity provider into one database.</summary>
public sealed class ClientRegistrationTests
{
    private const int Servers = 8;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_servers_that_start_at_once_each_ends_with_the_clients_that_all_name()
    {
        var settings = new Dictionary<string, string>
        {
            ["ConnectionStrings:Msa"] = await (await PostgresServer.Shared()).NewDatabase(),
            ["Adherents:PseudonymKey"] = Convert.ToBase64String(new byte[32]),
        };
        await SiloProgram.Run(settings, ["migrate"], Stop);
        var sites = Enumerable.Range(0, Servers).Select(_ => MsaSite.Build(
        [
            "--urls", "http://127.0.0.1:0", "--environment", "Production", "--Logging:LogLevel:Default=None", .. settings.Select(setting => $"--{setting.Key}={setting.Value}"),
            .. ProviderSite.Settings.Select(setting => setting.Replace("{address}", "http://127.0.0.1", StringComparison.Ordinal)),
        ])).ToList();
        try
        {
            for (var start = 0; start < 3; start++) // on nothing, and on what is there
                await Task.WhenAll(sites.Select(site => Task.Run(() => site.Services.GetServices<IHostedService>().Single(service => service.GetType().Name == "ClientRegistration").StartAsync(Stop))));
            await using var scope = sites[0].Services.CreateAsyncScope();
            var clients = scope.ServiceProvider.GetRequiredService<OpenIddict.Abstractions.IOpenIddictApplicationManager>();
            Assert.Equal(2, await clients.CountAsync(Stop));
        }
        finally
        {
            foreach (var site in sites)
                await site.DisposeAsync();
        }
    }
}
