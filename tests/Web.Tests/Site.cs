using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using MsaOrleans.Grains.Interfaces;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Silo.Registry;
using MsaOrleans.Testing;
using MsaOrleans.Web.Hosting;
using MsaOrleans.Web.Tests;

[assembly: AssemblyFixture(typeof(Site))]

namespace MsaOrleans.Web.Tests;

/// <summary>
/// The real site on the embedded default, over HTTP: one for all page tests. Every test is somebody else, so that nothing is shared but the house.
/// </summary>
public class Site : IAsyncLifetime
{
    private readonly string[] settings;
    private readonly int population;

    private readonly TempFolder data = new();
    private readonly ConcurrentQueue<Person> people = new();
    private WebApplication? site;

    public Site()
        : this([])
    {
    }

    /// <param name="settings">Settings of its own, as command-line arguments; <c>{address}</c> in them is its own.</param>
    /// <param name="population">How many people the caisses know.</param>
    protected Site(string[] settings, int population = 400) => (this.settings, this.population) = (settings, population);

    public string Address { get; } = $"http://127.0.0.1:{FreePort.Next()}";

    public MailFolder Mails => new(Path.Combine(data.Path, "mails"));

    /// <summary>One of its services.</summary>
    public T Get<T>()
        where T : notnull => site!.Services.GetRequiredService<T>();

    public Browser NewBrowser() => new(Address);

    /// <summary>Somebody whom no other test knows.</summary>
    public Person NextPerson() => people.TryDequeue(out var person) ? person : throw new InvalidOperationException("More people are needed.");

    /// <summary>Somebody who has a carte Vitale.</summary>
    public Person NextCardHolder() => Enumerable.Repeat(0, population).Select(_ => NextPerson()).First(p => p.CardSerial is not null);

    /// <summary>An adherent's grain by one of its facets, for what no page of his leads to.</summary>
    internal T Adherent<T>(Nir nir)
        where T : IAdherentFacet => site!.Services.GetRequiredService<IGrainFactory>().GetGrain<T>(site.Services.GetRequiredService<AdherentKeys>().For(nir));

    public virtual async ValueTask InitializeAsync()
    {
        site = Build();
        var (adherents, payments) = (new StringWriter(), new StringWriter());
        new RegistryGenerator(population, seed: 7).Write(adherents, payments);
        var importer = site.Services.GetRequiredService<RegistryImporter>();
        await importer.ImportAdherents(new StringReader(adherents.ToString()));
        await importer.ImportPayments(new StringReader(payments.ToString()));
        foreach (var person in Person.Read(adherents.ToString(), payments.ToString()))
            people.Enqueue(person);
        await site.StartAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (site is not null)
            await site.DisposeAsync();
        data.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Stops it and starts it again on the same data: what it had in memory is gone.</summary>
    protected async Task Restart()
    {
        await site!.StopAsync();
        await site.DisposeAsync();
        site = Build();
        await site.StartAsync();
    }

    /// <summary>Last word on the services.</summary>
    protected virtual void Configure(IServiceCollection services)
    {
    }

    private WebApplication Build() => MsaSite.Build(
        ["--urls", Address, "--environment", "Development", "--Data:Directory", data.Path, "--Logging:LogLevel:Default=Warning", .. Unlimited.FromHere, "--WaitingRoom:Enabled=false", "--Demo:FranceConnect=false", .. settings.Select(setting => setting.Replace("{address}", Address, StringComparison.Ordinal))],
        builder => Configure(builder.Services));
}
