using Microsoft.Extensions.DependencyInjection;
using MsaOrleans.Silo.Registry;
using MsaOrleans.Testing;
using MsaOrleans.Web.Tests.FranceConnect;

namespace MsaOrleans.Web.Tests;

/// <summary>A site whose provisional passwords live for a second.</summary>
public sealed class ExpiringSite() : Site(["--Credentials:ProvisionalLifetime=00:00:01"], population: 20);

/// <summary>Another installation: other data, other keys, the same people.</summary>
public sealed class OtherSite() : Site([], population: 3);

/// <summary>A site whose clock can be put forward.</summary>
public class HurriedSite : Site
{
    private readonly HurriedClock clock = new();

    public HurriedSite()
        : this([], population: 20)
    {
    }

    protected HurriedSite(string[] settings, int population)
        : base(settings, population)
    {
    }

    /// <summary>Its clock.</summary>
    public TimeProvider Clock => clock;

    /// <summary>Lets time pass, for everybody who asks what time it is; what waits goes on waiting.</summary>
    public void Pass(TimeSpan time) => clock.Ahead += time;

    protected override void Configure(IServiceCollection services) => services.AddSingleton<TimeProvider>(clock);
}

/// <summary>A clock that can be put forward.</summary>
internal sealed class HurriedClock : TimeProvider
{
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;
}

/// <summary>A site for watchers with a stopwatch: many people, and nobody else at its door.</summary>
public sealed class WatchedSite() : Site(ProviderSite.Settings, population: 1200)
{
    private const int CountOfAccounts = 50;
    private const int SignUpsAtOnce = 4;

    private static int nextSeed = 100; // Site uses 7

    private readonly SemaphoreSlim gate = new(1);
    private IReadOnlyList<Person>? accounts;

    /// <summary>People who have an account and a password of their own; the same for all tests, and none with a wrong password on his slate.</summary>
    internal async Task<IReadOnlyList<Person>> Accounts()
    {
        await gate.WaitAsync();
        try
        {
            accounts ??= await SignUp();
            await Parallel.ForEachAsync(accounts, new ParallelOptions { MaxDegreeOfParallelism = SignUpsAtOnce }, async (person, _) =>
            {
                using var browser = NewBrowser();
                await browser.SignIn(person.Nir, Journeys.GoodPassword);
            });
            return accounts;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>People with numbers as good as any, of which no file of the caisses has heard.</summary>
    internal static IReadOnlyList<Person> PeopleUnknownToTheCaisses(int count)
    {
        var (adherents, payments) = (new StringWriter(), new StringWriter());
        new RegistryGenerator(count, seed: Interlocked.Increment(ref nextSeed)).Write(adherents, payments);
        return Person.Read(adherents.ToString(), payments.ToString());
    }

    /// <summary>Stops it and starts it again: nobody's state is in memory any more.</summary>
    internal Task Forget() => Restart();

    private async Task<IReadOnlyList<Person>> SignUp()
    {
        Person[] people = [.. Enumerable.Range(0, CountOfAccounts).Select(_ => NextPerson())];
        await Parallel.ForEachAsync(people, new ParallelOptions { MaxDegreeOfParallelism = SignUpsAtOnce }, async (person, stop) =>
        {
            using var browser = NewBrowser();
            await browser.SignUp(person);
            await browser.MakePersonal(person, (await Mails.To(person.Email, stop: stop)).ProvisionalPassword);
            Assert.Equal("/premiere-connexion/confirmation", browser.Path);
        });
        return people;
    }
}
