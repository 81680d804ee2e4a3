using System.Text;
using MsaOrleans.Testing;
using MsaOrleans.Web.Hosting;
using MsaOrleans.Web.Tests.Telemetry;

namespace MsaOrleans.Web.Tests.Operations;

/// <summary>A silo in a process of its own and a web server that asks it, watched.</summary>
public sealed class ClusterTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_is_followed_from_the_web_into_the_silo_and_supervisors_see_both()
    {
        var server = await PostgresServer.Shared();
        using var mails = new TempFolder();
        await using var collector = await Collector.Start();
        var settings = new Dictionary<string, string>
        {
            ["ConnectionStrings:Msa"] = await server.NewDatabase(),
            ["Adherents:PseudonymKey"] = Convert.ToBase64String(new byte[32]),
            ["Site:PublicUrl"] = "http://localhost",
            ["Mail:PickupDirectory"] = mails.Path,
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        };
        await SiloProgram.Run(settings, ["migrate"], Stop);
        var address = $"http://127.0.0.1:{FreePort.Next()}";
        var trace = Convert.ToHexStringLower(Guid.NewGuid().ToByteArray());
        await using (var silo = await SiloProcess.Start(settings))
        {
            await using var web = MsaSite.Build(
                ["--urls", address, "--environment", "Production", .. settings.Select(setting => $"--{setting.Key}={setting.Value}")],
                builder => SiteOfSupervisors.BelieveEverybody(builder.Services));
            await web.StartAsync(Stop);
            await Waiting.For(() => Ready(address), () => "a silo", stop: Stop);

            using var visitor = new Browser(address, ("traceparent", $"00-{trace}-00f067aa0ba902b7-01"));
            await visitor.SignIn(Person.LamyFritz.Nir, Journeys.GoodPassword);
            Assert.Equal(400, visitor.Status); // nobody has this account: the silo was asked
            foreach (var dashboard in new[] { "/assistance/orleans/", "/assistance/hangfire" })
            {
                await visitor.Open(dashboard);
                Assert.Equal(404, visitor.Status);
            }
            using var supervisor = new Browser(address, ("X-Who", $"{Supervisors.Scheme},{Supervisors.Role}"));
            await supervisor.Open("/assistance/orleans/DashboardCounters");
            Assert.Contains("\"totalActiveHostCount\":1", supervisor.Page.Source.Text, StringComparison.OrdinalIgnoreCase);
            await supervisor.Open("/assistance/hangfire/servers");
            Assert.Contains($":{silo.Id}:", supervisor.Page.Source.Text, StringComparison.Ordinal);
            await web.StopAsync(Stop);
            await silo.Stop(Stop);
        }

        var bytes = Encoding.Latin1.GetString(Convert.FromHexString(trace));
        foreach (var service in new[] { "msa-web", "msa-silo" })
            Assert.Contains(collector.TraceBatches, batch => batch.Contains(service, StringComparison.Ordinal) && batch.Contains(bytes, StringComparison.Ordinal));
    }

    private static async Task<Browser?> Ready(string address)
    {
        using var asker = new Browser(address);
        await asker.Open("/sante/pret");
        return asker.Status == 200 ? asker : null;
    }
}
