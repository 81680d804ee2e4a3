using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MsaOrleans.Testing;

/// <summary>
/// An SMTP relay for tests: Debian's <c>python3-aiosmtpd</c> in a process of its own. It keeps what it accepts in a folder, and refuses while it is told to.
/// </summary>
public sealed class SmtpServer : IDisposable
{
    private const string SystemPython = "/usr/bin/python3";
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(30);

    private readonly TempFolder folder = new();
    private readonly bool tls;
    private Process process;

    private SmtpServer(int port, bool tls, string host)
    {
        Directory.CreateDirectory(folder["mails"]);
        Mails = new MailFolder(folder["mails"]);
        (this.tls, Host) = (tls, host);
        process = Begin(port);
    }

    public string Host { get; }

    public int Port { get; private set; }

    /// <summary>What it has accepted.</summary>
    public MailFolder Mails { get; }

    /// <summary>Starts one, ready when this returns.</summary>
    /// <param name="port">Where it listens; 0 for any free port.</param>
    /// <param name="tls">Offers STARTTLS, with a certificate that nobody trusts.</param>
    /// <param name="host">The address on which it listens.</param>
    public static async Task<SmtpServer> Start(int port = 0, bool tls = false, string host = "127.0.0.1")
    {
        var server = new SmtpServer(port, tls, host);
        try
        {
            server.Port = await server.ReadPort();
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Refuses every mail from now on.</summary>
    /// <param name="command">Where: <c>MAIL</c>, <c>RCPT</c> or <c>DATA</c>.</param>
    /// <param name="answer">With what, for instance <c>451 4.3.0 Try later</c>.</param>
    public void Refuse(string command, string answer)
    {
        File.WriteAllText(folder["refusal.new"], $"{command} {answer}");
        File.Move(folder["refusal.new"], folder["refusal"], overwrite: true);
    }

    /// <summary>Answers nothing from now on, until it accepts or refuses again: whoever wants to leave a mail is kept waiting.</summary>
    /// <param name="command">Where: <c>MAIL</c>, <c>RCPT</c>, <c>DATA</c>, or <c>ANSWER</c>: the mail is in the mailbox, and its sender does not know it yet.</param>
    public void Hold(string command) => Refuse(command, "hold");

    /// <summary>Accepts every mail again.</summary>
    public void Accept() => File.Delete(folder["refusal"]);

    /// <summary>SIGKILL. What it has accepted stays.</summary>
    public async Task Kill()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Starts it again after its end, on the same port, with the same mailbox.</summary>
    public async Task Restart()
    {
        process.Dispose();
        process = Begin(Port);
        await ReadPort();
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.WaitForExit();
        process.Dispose();
        folder.Dispose();
    }

    private Process Begin(int port) => Process.Start(Command(port)) ?? throw new InvalidOperationException("The SMTP server did not start.");

    private ProcessStartInfo Command(int port)
    {
        // Debian's package serves Debian's Python, which need not be the first on the path.
        var command = new ProcessStartInfo(File.Exists(SystemPython) ? SystemPython : "python3")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "smtp_server.py"), folder["mails"], folder["refusal"], Host, port.ToString(CultureInfo.InvariantCulture),
            },
        };
        if (tls)
            command.ArgumentList.Add(SelfSignedCertificate());
        return command;
    }

    private async Task<int> ReadPort()
    {
        var errors = process.StandardError.ReadToEndAsync();
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(StartsWithin);
        if (int.TryParse(line, CultureInfo.InvariantCulture, out var port))
            return port;
        throw new InvalidOperationException(
            $"The SMTP server for tests did not start. It needs Debian's python3-aiosmtpd (apt-get install python3-aiosmtpd). It said: {await errors}");
    }

    private string SelfSignedCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(folder["certificate.pem"], $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
        return folder["certificate.pem"];
    }
}
