using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.FranceConnect;

namespace MsaOrleans.Web.Tests.FranceConnect;

/// <summary>
/// A site that is an identity provider of FranceConnect, with a clock that can be put forward and a log that can be read. What the adherents' grains answer to
/// FranceConnect is the test's to say; all else is the real thing.
/// </summary>
public sealed class ProviderSite() : Site(
    [
        "--FranceConnect:Provider:Issuer={address}",
        .. Client(0, Json, "json"),
        .. Client(1, Jwt, "jwt"),
        "--Logging:LogLevel:Default=Debug",
        "--Logging:LogLevel:Microsoft.AspNetCore=Debug",
        "--Logging:Console:LogLevel:Default=None",
    ],
    population: 100)
{
    public const string Json = "fc-json";
    public const string Jwt = "fc-jwt";
    public const string Secret = "un-secret-de-test-qui-est-assez-long";
    public const string Callback = "http://127.0.0.1:9/api/v2/oidc-callback";
    public const string AfterLogout = "http://127.0.0.1:9/api/v2/client/logout-callback";
    public const string Password = "Tilleul-Ardoise-7";

    private readonly HurriedClock clock = new();
    private readonly ConcurrentDictionary<Guid, Vouching> vouching = new();

    public static readonly PivotIdentity Somebody = new(
        "LAMY", "Élodie Marie", CivilDate.Of(new(1963, 9, 12)), Gender.Female, "67482", PivotIdentity.France, "FRITZ", EmailAddress.Parse("elodie.fritz@ferme.example"));

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
                ? vouching.GetValueOrDefault((Guid)args![0]!, Vouching.Nobody)
                : targetMethod.Invoke(others, args);
    }
}

/// <summary>What an adherent's grain says to FranceConnect.</summary>
internal sealed class Vouching(string nir, Guid subject, VouchRequirements missing) : IAdherentFranceConnect
{
    public static readonly Vouching Nobody = new("", Guid.Empty, VouchRequirements.None);

    public string Nir => nir;

    public string Subject => subject.ToString("N");

    public PivotIdentity? Identity { get; set; }

    public Task<VouchOutcome> Vouch(Password password, SignInOrigin origin) => Task.FromResult<VouchOutcome>(
        this == Nobody || password.Value != ProviderSite.Password ? new VouchOutcome.Refused()
        : missing != VouchRequirements.None ? new VouchOutcome.NotYet(missing)
        : new VouchOutcome.Vouched(subject));

    public Task<PivotIdentity?> VouchedIdentity(Guid asked) => Task.FromResult(asked == subject ? Identity : null);

    public Task<FranceConnectSignInOutcome> SignIn(FranceConnectUser user, SignInOrigin origin) => throw new NotSupportedException();

    public Task<bool> BeginSignUp(SignUpTicket ticket, FranceConnectUser user) => throw new NotSupportedException();

    public Task<DateTimeOffset?> LinkedSince(SessionToken session) => throw new NotSupportedException();

    public Task<UnlinkOutcome> Unlink(SessionToken session) => throw new NotSupportedException();
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
