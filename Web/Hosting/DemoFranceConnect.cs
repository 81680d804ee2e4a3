using System.Net;
using System.Net.Sockets;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.FranceConnect;
using MsaOrleans.Web.Demo.StandIn;

namespace MsaOrleans.Web.Hosting;

/// <summary>
/// Starts what stands in for FranceConnect beside the site of a demonstration (<see cref="StandInSite"/>), and sets the site up with it, both ways, by the settings that the
/// real one has. It steps aside for any real setting, and where the site is not on this machine alone.
/// </summary>
internal sealed class DemoFranceConnect(StandInSettings settings, Socket listener, IWebHostEnvironment site) : BackgroundService
{
    private static readonly StandInPerson unknown = new(
        new("DURAND", "CAMILLE ANNE", CivilDate.Of(new(1970, 2, 14)), Sex.Female, "75056", PivotIdentity.France, null, EmailAddress.Parse("camille.durand@exemple.fr")), IsKnown: false);

    public static void AddTo(WebApplicationBuilder builder)
    {
        if (!builder.Configuration.GetValue("Demo:FranceConnect", true) || builder.Configuration.GetSection("FranceConnect").GetChildren().Any()
            || !Uri.TryCreate(builder.Configuration["urls"]?.Split(';')[0], UriKind.Absolute, out var site) || site is not { Scheme: "http", IsLoopback: true, Port: > 0 })
            return;
        var listener = Listener(site.Port + 1);
        var settings = new StandInSettings($"http://{listener.LocalEndPoint}", site.GetLeftPart(UriPartial.Authority), [.. DemoPeople.Adherents().Select(Person), unknown]);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["FranceConnect:SignIn:Issuer"] = settings.Issuer,
            ["FranceConnect:SignIn:ClientId"] = settings.Msa.Id,
            ["FranceConnect:SignIn:ClientSecret"] = settings.Msa.Secret,
            ["FranceConnect:Provider:Issuer"] = settings.Site,
            ["FranceConnect:Provider:Clients:0:Id"] = StandInSession.IdAtMsa,
            ["FranceConnect:Provider:Clients:0:Secret"] = settings.SecretAtMsa,
            ["FranceConnect:Provider:Clients:0:Name"] = "FranceConnect de démonstration",
            ["FranceConnect:Provider:Clients:0:RedirectUris"] = settings.Address + StandInPaths.MsaReturn,
            ["FranceConnect:Provider:Clients:0:PostLogoutRedirectUris"] = settings.Address + StandInPaths.MsaSignedOut,
        });
        builder.Services.AddSingleton(settings);
        builder.Services.AddHostedService(services => new DemoFranceConnect(settings, listener, services.GetRequiredService<IWebHostEnvironment>()));
    }

    // Beside the start of the site, which does not wait for it: who comes earlier waits at the listener.
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var standIn = StandInSite.Build(settings, listener, site.WebRootFileProvider);
        await standIn.RunAsync(stoppingToken);
    }

    // The same at each start, so that open pages stay good, unless somebody else has it. Held from now on: the settings name it.
    private static Socket Listener(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        }
        catch (SocketException)
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        }
        socket.Listen();
        return socket;
    }

    private static StandInPerson Person(DemoPerson person, int number) => new(
        new(person.BirthName, person.GivenNames, CivilDate.Of(person.BirthDate), person.Sex, person.BirthPlace, person.BirthCountry, person.UsedName, EmailAddress.Parse($"personne.{number + 1}@exemple.fr")),
        IsKnown: true);
}
