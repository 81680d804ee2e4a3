using System.Globalization;
using System.Net;
using MsaOrleans.Testing;

namespace MsaOrleans.Load;

/// <summary>For those who only want to see it run: PostgreSQL, one silo, one web server, a registry of made-up people, and the way of their letters to us.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly Installation installation;

    private Stage(Installation installation, IPEndPoint smtp) => (this.installation, Smtp) = (installation, smtp);

    public IPEndPoint Smtp { get; }

    public Uri Site => new(installation.Sites[0]);

    public string Adherents => installation.AdherentsFile;

    public string Payments => installation.PaymentsFile;

    public ServerMeter Meter => ServerMeter.Of(installation);

    public static async Task<Stage> Start(int people, CancellationToken stop)
    {
        var smtp = new IPEndPoint(IPAddress.Loopback, FreePort.Next());
        var installation = await Installation.Create(
            people, stop, payments: true, ("Mail:Smtp:Host", smtp.Address.ToString()), ("Mail:Smtp:Port", smtp.Port.ToString(CultureInfo.InvariantCulture)), ("Mail:Smtp:Security", "none"),
            ("Departments:CodeDelay", "00:00:02"), ("WaitingRoom:Enabled", "true"));
        try
        {
            await installation.Grow();
            return new(installation, smtp);
        }
        catch
        {
            await installation.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => installation.DisposeAsync();
}
