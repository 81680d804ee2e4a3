using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.FranceConnect;
using MsaOrleans.Silo.FranceConnect;
using MsaOrleans.Testing;

namespace MsaOrleans.Web.Tests.FranceConnect;

/// <summary>
/// A site that is an identity provider of FranceConnect, with a clock that can be put forward and a log that can be read. What the grain of a
/// <see cref="NewAdherent()"/> answers to FranceConnect is the test's to say; all else is the real thing.
/// </summary>
public class ProviderSite : Site
{
    public const string Json = "fc-json";
    public const string Jwt = "fc-jwt";
    public const string Secret = "un-secret-de-test-qui-est-assez-long";
    public const string Callback = "http://127.0.0.1:9/api/v2/oidc-callback";
    public const string AfterLogout = "http://127.0.0.1:9/api/v2/client/logout-callback";
    public const string Password = "Tilleul-Ardoise-7";

    /// <summary>What makes a site an identity provider.</summary>
    public static readonly string[] Settings = ["--FranceConnect:Provider:Issuer={address}", .. Client(0, Json, "json"), .. Client(1, Jwt, "jwt")];

    private readonly HurriedClock clock = new();
    private readonly ConcurrentDictionary<Guid, Vouching> vouching = new();

    public static readonly PivotIdentity Somebody = new(
        "LAMY", "Élodie Marie", CivilDate.Of(new(1963, 9, 12)), Sex.Female, "67482", PivotIdentity.France, "FRITZ", EmailAddress.Parse("elodie.fritz@ferme.example"));

    public ProviderSite()
        : this([])
    {
    }

    /// <param name="more">Further settings, as command-line arguments.</param>
    protected ProviderSite(string[] more)
        : base(
            [
                .. Settings, .. more, "--Logging:LogLevel:Default=Debug", "--Logging:LogLevel:Microsoft.AspNetCore=Debug", "--Logging:Console:LogLevel:Default=None",
            ],
            population: 100)
    {
    }

    internal LogLines Log { get; } = new();

    /// <summary>Lets time pass.</summary>
    public void Pass(TimeSpan time) => clock.Ahead += time;

    /// <summary>Somebody whose password is <see cref="Password"/>, and what his grain says of him.</summary>
    /// <param name="identity">Nothing: he cannot be vouched for any more.</param>
    /// <param name="missing">What keeps the MSA from vouching for him.</param>
    internal Vouching NewAdherent(PivotIdentity? identity, VouchRequirements missing = VouchRequirements.None)
    {
        var nir = NextPerson().Nir;
        return vouching[Get<AdherentKeys>().For(Nir.Parse(nir))] = new(nir, Guid.NewGuid(), missing) { Identity = identity };
    }

    internal Vouching NewAdherent() => NewAdherent(Somebody);

    protected override void Configure(IServiceCollection services)
    {
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton<ILoggerProvider>(Log);
        services.AddSingleton(provider => Grains.Beside(provider.GetRequiredService<IClusterClient>(), vouching));
    }

    private static string[] Client(int number, string id, string userInfo) =>
    [
        $"--FranceConnect:Provider:Clients:{number}:Id={id}",
        $"--FranceConnect:Provider:Clients:{number}:Secret={Secret}",
        $"--FranceConnect:Provider:Clients:{number}:Name=FranceConnect",
        $"--FranceConnect:Provider:Clients:{number}:RedirectUris={Callback}",
        $"--FranceConnect:Provider:Clients:{number}:PostLogoutRedirectUris={AfterLogout}",
        $"--FranceConnect:Provider:Clients:{number}:UserInfo={userInfo}",
    ];

    /// <summary>The site's grains, save that of one facet.</summary>
    public class Grains : DispatchProxy
    {
        private IGrainFactory others = null!;
        private ConcurrentDictionary<Guid, Vouching> vouching = null!;

        internal static IGrainFactory Beside(IGrainFactory others, ConcurrentDictionary<Guid, Vouching> vouching)
        {
            var factory = Create<IGrainFactory, Grains>();
            (((Grains)(object)factory).others, ((Grains)(object)factory).vouching) = (others, vouching);
            return factory;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod!.IsGenericMethod && targetMethod.GetGenericArguments() is [var facet] && facet == typeof(IAdherentFranceConnect)
            && vouching.TryGetValue((Guid)args![0]!, out var told)
                ? Facet.Of(told)
                : targetMethod.Invoke(others, args);
    }

    /// <summary>A <see cref="Vouching"/> in the place of a grain; it does not have that interface itself, or Orleans would take it for one.</summary>
    public class Facet : DispatchProxy
    {
        private Vouching told = null!;

        internal static IAdherentFranceConnect Of(Vouching told)
        {
            var facet = Create<IAdherentFranceConnect, Facet>();
            ((Facet)(object)facet).told = told;
            return facet;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
        {
            nameof(IAdherentFranceConnect.Vouch) => Task.FromResult(told.Vouch((Password)args![0]!)),
            nameof(IAdherentFranceConnect.VouchedIdentity) => Task.FromResult((Guid)args![0]! == Guid.Parse(told.Subject) ? told.Identity : null),
            _ => throw new NotSupportedException(targetMethod.Name),
        };
    }
}

/// <summary>A provider that looks for new keys all the time.</summary>
public sealed class RotatingSite() : ProviderSite(["--Keys:Refresh=00:00:00.2"])
{
    /// <summary>Lets the newest key begin to sign, and waits until the site does so.</summary>
    internal async Task Settle()
    {
        var newest = Get<SigningKeys>().Published[^1];
        Pass(SigningKeyStages.Settling);
        await Waiting.For(() => Task.FromResult(Get<SigningKeys>().Published[0] == newest ? newest : null), () => "the new key to sign");
    }
}

/// <summary>What an adherent's grain says to FranceConnect.</summary>
internal sealed class Vouching(string nir, Guid subject, VouchRequirements missing)
{
    public string Nir => nir;

    public string Subject => subject.ToString("N");

    public PivotIdentity? Identity { get; set; }

    public VouchOutcome Vouch(Password password) =>
        password.Value != ProviderSite.Password ? new VouchOutcome.Refused()
        : missing != VouchRequirements.None ? new VouchOutcome.NotYet(missing)
        : new VouchOutcome.Vouched(subject);
}

/// <summary>All that is logged.</summary>
internal sealed class LogLines : ILoggerProvider
{
    private readonly ConcurrentQueue<string> lines = new();

    public string All => string.Join('\n', lines);

    public ILogger CreateLogger(string categoryName) => new Logger(lines, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(ConcurrentQueue<string> lines, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{category}: {formatter(state, exception)} {exception}");
    }
}
