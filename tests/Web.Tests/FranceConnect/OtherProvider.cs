using System.Diagnostics;
using System.Globalization;
using MsaOrleans.Testing;

namespace MsaOrleans.Web.Tests.FranceConnect;

/// <summary>An OpenID provider that is not ours (<c>oidc-provider</c>, in Node), in the place of FranceConnect.</summary>
internal sealed class OtherProvider : IAsyncDisposable
{
    public const string ClientId = "msa-espace-prive";
    public const string ClientSecret = "un-secret-de-trente-deux-caracteres-au-moins";

    private readonly Process node;

    private OtherProvider(Process node, string address) => (this.node, Address) = (node, address);

    /// <summary>Its issuer.</summary>
    public string Address { get; }

    /// <summary>Starts one, ready when this returns.</summary>
    /// <param name="port">Where it listens.</param>
    /// <param name="site">The address of its only client.</param>
    public static async Task<OtherProvider> Start(int port, string site)
    {
        var folder = Path.Combine(Repository.Root, "tests", "Web.Tests", "FranceConnect", "Broker");
        var node = Process.Start(new ProcessStartInfo("node",
            ["broker.js", port.ToString(CultureInfo.InvariantCulture), ClientId, ClientSecret, $"{site}/connexion/franceconnect/retour", $"{site}/deconnexion/retour"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        })!;
        if (await node.StandardOutput.ReadLineAsync() is not "ready")
            throw new InvalidOperationException($"The provider did not start; are its packages there? npm ci in {folder}.");
        return new(node, AddressOf(port));
    }

    public static string AddressOf(int port) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/api/v2");

    public async ValueTask DisposeAsync()
    {
        node.Kill();
        await node.WaitForExitAsync();
        node.Dispose();
    }
}

/// <summary>A site that is a client of <see cref="OtherProvider"/>, and reads there where its endpoints are.</summary>
public sealed class FranceConnectSite : Site
{
    private readonly int port;
    private OtherProvider? provider;

    public FranceConnectSite()
        : this(FreePort.Next())
    {
    }

    private FranceConnectSite(int port)
        : base(
            [
                $"--FranceConnect:SignIn:Issuer={OtherProvider.AddressOf(port)}",
                $"--FranceConnect:SignIn:MetadataAddress={OtherProvider.AddressOf(port)}/.well-known/openid-configuration",
                $"--FranceConnect:SignIn:ClientId={OtherProvider.ClientId}",
                $"--FranceConnect:SignIn:ClientSecret={OtherProvider.ClientSecret}",
            ],
            population: 60) => this.port = port;

    public override async ValueTask InitializeAsync()
    {
        provider = await OtherProvider.Start(port, Address);
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (provider is not null)
            await provider.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
