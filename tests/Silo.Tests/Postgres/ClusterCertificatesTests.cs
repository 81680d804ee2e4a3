using System.Diagnostics;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Registration;
using MsaOrleans.Silo.Hosting;
using MsaOrleans.Silo.Storage;
using MsaOrleans.Testing;

namespace MsaOrleans.Silo.Tests.Postgres;

public sealed class ClusterCertificatesTests : IDisposable
{
    private static readonly Nir nir = Nir.Parse("1 63 09 67 482 229");

    private readonly TempFolder folder = new();
    private readonly X509Certificate2 authority = Authority("The cluster's");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        authority.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Two_silos_and_a_client_with_certificates_speak_and_nobody_else_is_heard()
    {
        var database = await PostgresInstallation.NewDatabase();
        var (port, gateway) = (FreePort.Next(), FreePort.Next());
        using var first = Built(database, Member("first", authority), host => host.AddClusterMsaSilo(database), ("Silo:Port", $"{port}"), ("Silo:GatewayPort", $"{gateway}"));
        using var second = Built(database, Member("second", authority), host => host.AddClusterMsaSilo(database));
        await first.StartAsync(Stop);
        await second.StartAsync(Stop);
        using var client = Built(database, Member("client", authority), host => host.AddMsaClusterClient(database));
        await client.StartAsync(Stop);

        // Of twenty adherents some live here and some there, and a silo is asked for them by the other.
        var grains = client.Services.GetRequiredService<IGrainFactory>();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
            Assert.Equal(BeginOutcome.Begun, await grains.GetGrain<IAdherentRegistration>(Guid.NewGuid()).Begin(SignUpTicket.New(), nir))));

        using var another = Authority("Another's");
        using var stranger = Issued("stranger", another);
        foreach (var open in (int[])[port, gateway])
        {
            await HangsUp(open, With(stranger));
            await HangsUp(open, With(certificate: null));
            await HangsUp(open, InClear);
        }

        await client.StopAsync(Stop);
        await second.StopAsync(Stop);
        await first.StopAsync(Stop);
    }

    [Fact]
    public void A_member_knows_whoever_is_of_one_of_its_authorities_and_nobody_else()
    {
        using var next = Authority("The cluster's next");
        using var another = Authority("The cluster's"); // the same name, another key
        var member = Read(Member("a", authority, next))!;

        Assert.True(Knows(member, Issued("b", authority)));
        Assert.True(Knows(member, Issued("b", next)));
        Assert.False(Knows(member, Issued("b", another)));
        Assert.False(Knows(member, Authority("b")));
        Assert.False(Knows(member, Issued("b", authority, until: DateTimeOffset.UtcNow.AddMinutes(-1))));
    }

    [Fact]
    public async Task What_the_script_makes_serves_and_outlives_a_change_of_authority()
    {
        await Make("a");
        var before = Made("a");
        File.Delete(folder["authority.key"]);
        File.Delete(folder["authority.pem"]);
        await Make("b");

        Assert.False(Knows(before, PublicPart("b")));
        Assert.True(Knows(Made("a"), PublicPart("b")));
        Assert.True(Knows(Made("b"), PublicPart("a")));
    }

    [Fact]
    public void Without_either_setting_all_speak_in_clear() => Assert.Null(Read([]));

    [Theory]
    [InlineData(ClusterCertificates.CertificateSetting)]
    [InlineData(ClusterCertificates.AuthoritiesSetting)]
    public void One_setting_without_the_other_stops_the_start(string missing) =>
        Assert.Contains("go together", Refused(Member("a", authority).Where(setting => setting.Key != missing)), StringComparison.Ordinal);

    [Fact]
    public void A_certificate_by_which_nobody_would_know_this_process_stops_the_start()
    {
        using var another = Authority("Another's");
        Assert.Contains("is not from one of", Refused([Member("a", another)[0], Member("b", authority)[1]]), StringComparison.Ordinal);
        Assert.Contains("out of date", Refused(Member("c", authority, until: DateTimeOffset.UtcNow.AddDays(-1))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere.pem", "must be a file")]
    [InlineData("empty.pem", "must be a file")]
    [InlineData("nokey.pem", "must be a file")]
    public void A_file_that_cannot_be_read_stops_the_start_with_its_setting(string file, string sentence)
    {
        File.WriteAllText(folder["empty.pem"], "");
        File.WriteAllText(folder["nokey.pem"], authority.ExportCertificatePem());
        var settings = Member("a", authority).Select(s => s.Key == ClusterCertificates.CertificateSetting ? KeyValuePair.Create(s.Key, (string?)folder[file]) : s);

        var said = Refused(settings);

        Assert.StartsWith(ClusterCertificates.CertificateSetting, said, StringComparison.Ordinal);
        Assert.Contains(sentence, said, StringComparison.Ordinal);
    }

    [Fact]
    public void Authorities_without_a_certificate_in_them_know_nobody()
    {
        File.WriteAllText(folder["none.pem"], "");
        var settings = Member("a", authority).Select(s => s.Key == ClusterCertificates.AuthoritiesSetting ? KeyValuePair.Create(s.Key, (string?)folder["none.pem"]) : s);
        Assert.Contains("is not from one of", Refused(settings), StringComparison.Ordinal);
    }

    private async Task Make(string machine)
    {
        using var script = Process.Start(new ProcessStartInfo(Path.Combine(Repository.Root, "deploy", "certificates"), [folder.Path, machine]) { RedirectStandardOutput = true })!;
        Assert.Contains($"{machine}.pem", await script.StandardOutput.ReadToEndAsync(Stop), StringComparison.Ordinal);
        await script.WaitForExitAsync(Stop);
        Assert.Equal(0, script.ExitCode);
    }

    private ClusterCertificates Made(string machine) =>
        Read([new(ClusterCertificates.CertificateSetting, folder[$"{machine}.pem"]), new(ClusterCertificates.AuthoritiesSetting, folder["authorities.pem"])])!;

    private X509Certificate2 PublicPart(string machine) => X509Certificate2.CreateFromPem(File.ReadAllText(folder[$"{machine}.pem"]));

    private static ClusterCertificates? Read(IEnumerable<KeyValuePair<string, string?>> settings) =>
        ClusterCertificates.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());

    private static string Refused(IEnumerable<KeyValuePair<string, string?>> settings) => Assert.Throws<SetupException>(() => Read(settings)).Message;

    private static bool Knows(ClusterCertificates member, X509Certificate2 other)
    {
        using (other)
            return member.Knows(other);
    }

    // A silo that has taken somebody for one of the cluster waits for what he says, and this for ever.
    private static async Task HangsUp(int port, Func<Stream, Task> begin)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync("127.0.0.1", port, Stop);
        var ended = Task.Run(
            async () =>
            {
                try
                {
                    await begin(connection.GetStream());
                    return await connection.GetStream().ReadAsync(new byte[1], Stop) == 0;
                }
                catch (Exception refused) when (refused is IOException or AuthenticationException)
                {
                    return true;
                }
            },
            Stop);
        Assert.True(await ended.WaitAsync(TimeSpan.FromSeconds(20), Stop));
    }

    private Func<Stream, Task> With(X509Certificate2? certificate) => async connection =>
    {
        await using var tls = new SslStream(connection, leaveInnerStreamOpen: true);
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "any",
                ClientCertificates = certificate is null ? null : [certificate],
                RemoteCertificateValidationCallback = (_, silo, _, _) => silo?.Issuer == authority.Subject,
            },
            Stop);
        Assert.Equal(0, await tls.ReadAsync(new byte[1], Stop)); // in TLS 1.3 the refusal follows the handshake
    };

    private static async Task InClear(Stream connection) =>
        await connection.WriteAsync("in clear, and long enough to be taken for the beginning of something"u8.ToArray(), Stop);

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(2));
    }

    private static X509Certificate2 Issued(string name, X509Certificate2 authority, DateTimeOffset? until = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        using var issued = request.Create(authority, DateTimeOffset.UtcNow.AddDays(-2), until ?? DateTimeOffset.UtcNow.AddDays(1), RandomNumberGenerator.GetBytes(16));
        using var whole = issued.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), password: null);
    }

    private List<KeyValuePair<string, string?>> Member(string name, X509Certificate2 of, params X509Certificate2[] others) => Member(name, of, until: null, others);

    private List<KeyValuePair<string, string?>> Member(string name, X509Certificate2 of, DateTimeOffset? until, params X509Certificate2[] others)
    {
        using var certificate = Issued(name, of, until);
        File.WriteAllText(folder[$"{name}.pem"], $"{certificate.ExportCertificatePem()}\n{certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()}\n");
        File.WriteAllText(folder[$"{name}-authorities.pem"], string.Join('\n', ((X509Certificate2[])[of, .. others]).Select(a => a.ExportCertificatePem())));
        return [new(ClusterCertificates.CertificateSetting, folder[$"{name}.pem"]), new(ClusterCertificates.AuthoritiesSetting, folder[$"{name}-authorities.pem"])];
    }

    private IHost Built(string database, List<KeyValuePair<string, string?>> member, Action<HostApplicationBuilder> add, params (string Key, string Value)[] settings)
    {
        var host = Host.CreateEmptyApplicationBuilder(null);
        host.Configuration.AddInMemoryCollection(PostgresInstallation.Configuration(database).AsEnumerable());
        host.Configuration.AddInMemoryCollection([.. member, new("Site:PublicUrl", "http://localhost"), new("Mail:PickupDirectory", folder["mails"])]);
        host.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        add(host);
        return host.Build();
    }
}
