using System.Globalization;
using System.Text;
using MsaOrleans.Silo.Demo;
using MsaOrleans.Silo.Registry;
using MsaOrleans.Web.Demo.StandIn;

namespace MsaOrleans.Web.Hosting;

/// <summary>Loads the people of the demonstration into the registry, makes its agents, and tells whoever started the site where to go and whom to be.</summary>
internal sealed class DemoGuide(RegistryImporter importer, DemoAgents agents, IConfiguration configuration, IHostApplicationLifetime lifetime, StandInSettings? standIn = null) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using (var adherents = DemoData.Adherents())
            await importer.ImportAdherents(adherents, stop: cancellationToken);
        using (var payments = DemoData.Payments())
            await importer.ImportPayments(payments, stop: cancellationToken);
        await agents.Make();
        lifetime.ApplicationStarted.Register(() => Console.WriteLine(Guide()));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private string Guide()
    {
        var address = (configuration["urls"] ?? "http://localhost:5000").Split(';')[0];
        var guide = new StringBuilder()
            .AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"  MSA Orleans is ready:   {address}")
            .AppendLine(CultureInfo.InvariantCulture, $"  Demonstration mailbox:  {address}/demo/boite-aux-lettres")
            .AppendLine()
            .AppendLine("  Sign up (S'inscrire, Particulier) as one of these people, with any e-mail address:");
        foreach (var person in DemoPeople.Adherents())
        {
            guide.AppendLine()
                .AppendLine(CultureInfo.InvariantCulture, $"    {person.BirthName} {person.GivenNames}, born {person.BirthDate:yyyy-MM-dd}")
                .AppendLine(CultureInfo.InvariantCulture, $"      NIR {person.Nir.Grouped}, carte Vitale {person.CardSerial ?? "none"}, payments {string.Join("  ", person.RecentAmounts)}");
        }
        if (standIn is not null)
        {
            guide.AppendLine()
                .AppendLine(CultureInfo.InvariantCulture, $"  FranceConnect's stand-in: from {standIn.PublicServiceAddress} to here by your own password,")
                .AppendLine(CultureInfo.InvariantCulture, $"    or from {address}/connexion there and back as one of these people.");
        }
        guide.AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"  The hotline:            {address}/assistance, as one of these agents:")
            .AppendLine();
        foreach (var agent in agents.All)
        {
            guide.AppendLine(CultureInfo.InvariantCulture, $"    {agent.Profile.Login}, password {agent.Password} ({agent.Profile.Role.ToString().ToLowerInvariant()})")
                .AppendLine(CultureInfo.InvariantCulture, $"      code: oathtool --totp -b {agent.Secret.Base32}");
        }
        return guide
            .AppendLine(CultureInfo.InvariantCulture, $"    Without oathtool or a telephone, {address}/demo/assistance shows the codes. Each opens once; passwords are new at each start.")
            .ToString();
    }
}
