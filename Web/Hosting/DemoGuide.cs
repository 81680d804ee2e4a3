using System.Globalization;
using System.Text;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Silo.Demo;
using MsaOrleans.Silo.Registry;

namespace MsaOrleans.Web.Hosting;

/// <summary>Loads the people of the demonstration into the registry, makes its agents, and tells whoever started the site where to go and whom to be.</summary>
internal sealed class DemoGuide(RegistryImporter importer, DemoAgents agents, IConfiguration configuration, IHostApplicationLifetime lifetime) : IHostedService
{
    // Payments of the samples that are older than this cannot prove an identity any more.
    private const int DaysThatProve = 180;

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
        var payments = Rows(DemoData.Payments()).ToLookup(cells => cells[0]);
        foreach (var person in Rows(DemoData.Adherents()))
        {
            var amounts = payments[person[0]].Where(p => Age(p[1]) <= DaysThatProve).Select(p => p[3].Replace('.', ',')).Distinct();
            guide.AppendLine()
                .AppendLine(CultureInfo.InvariantCulture, $"    {person[1]} {person[3]}, born {person[5]}")
                .AppendLine(CultureInfo.InvariantCulture, $"      NIR {Nir.Parse(person[0]).Grouped}, carte Vitale {(person[10].Length > 10 ? person[10][10..] : "none")}, payments {string.Join("  ", amounts)}");
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

    private static int Age(string day) => day.StartsWith("J-", StringComparison.Ordinal) ? int.Parse(day.AsSpan(2), CultureInfo.InvariantCulture) : int.MaxValue;

    private static List<string[]> Rows(TextReader file)
    {
        using (file)
            return [.. file.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.TrimEnd('\r').Split(';'))];
    }
}
