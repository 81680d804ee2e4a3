using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using MsaOrleans.Silo.Storage;
using Orleans.Connections.Security;

namespace MsaOrleans.Silo.Hosting;

/// <summary>
/// How silos and web servers know each other (<c>Cluster</c>): by TLS 1.3, each with a certificate of an authority that is the cluster's own. Whoever has one is
/// of the cluster, whatever name is in it, and nobody else is heard or spoken to (ASVS 12.3.1, 12.3.3, 13.2.1).
/// </summary>
internal sealed class ClusterCertificates
{
    /// <summary>Configuration key of the file with this process's certificate and its key, both PEM.</summary>
    public const string CertificateSetting = "Cluster:Certificate";

    /// <summary>Configuration key of the file with the certificates of the authorities, PEM: two, while one takes the other's place.</summary>
    public const string AuthoritiesSetting = "Cluster:Authorities";

    private readonly X509Certificate2 own;
    private readonly X509Certificate2Collection authorities;

    private ClusterCertificates(X509Certificate2 own, X509Certificate2Collection authorities) => (this.own, this.authorities) = (own, authorities);

    /// <returns>Nothing when neither is set: all speak in clear, on one machine or in a network of their own.</returns>
    /// <exception cref="SetupException">One is set without the other, cannot be read, or the rest of the cluster would not know this process by it.</exception>
    public static ClusterCertificates? Read(IConfiguration configuration)
    {
        var (certificate, authorities) = (configuration[CertificateSetting], configuration[AuthoritiesSetting]);
        if (string.IsNullOrWhiteSpace(certificate) && string.IsNullOrWhiteSpace(authorities))
            return null;
        if (string.IsNullOrWhiteSpace(certificate) || string.IsNullOrWhiteSpace(authorities))
            throw new SetupException($"{CertificateSetting} and {AuthoritiesSetting} go together: set both, or neither.");
        var read = new ClusterCertificates(
            Load(CertificateSetting, "a certificate and its key", () => X509Certificate2.CreateFromPemFile(certificate)),
            Load(AuthoritiesSetting, "certificates", () => Every(authorities)));
        if (!read.Knows(read.own))
            throw new SetupException($"The certificate of {CertificateSetting} is not from one of {AuthoritiesSetting}, or is out of date (until {read.own.NotAfter.ToUniversalTime():yyyy-MM-dd}): nobody would know this process by it.");
        return read;
    }

    public void Apply(TlsOptions tls)
    {
        tls.LocalCertificate = own;
        tls.SslProtocols = SslProtocols.Tls13;
        tls.RemoteCertificateMode = tls.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.RemoteCertificateValidation = (certificate, _, _) => Knows(certificate);
        tls.OnAuthenticateAsClient = (_, client) => client.TargetHost = MsaCluster.ServiceId; // one is asked for; nobody looks
    }

    /// <summary>Whether a certificate is of the cluster, today. What this machine trusts besides does not matter, and nothing is asked of anybody.</summary>
    internal bool Knows(X509Certificate2 certificate)
    {
        using var chain = new X509Chain
        {
            ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true },
        };
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        return chain.Build(certificate);
    }

    private static X509Certificate2Collection Every(string file)
    {
        var all = new X509Certificate2Collection();
        all.ImportFromPemFile(file);
        return all;
    }

    private static T Load<T>(string setting, string what, Func<T> load)
    {
        try
        {
            return load();
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new SetupException($"{setting} must be a file that this process may read, with {what} in PEM: {unreadable.Message}", unreadable);
        }
    }
}
