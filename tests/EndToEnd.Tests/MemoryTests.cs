using MsaOrleans.Testing;
using MsaOrleans.Testing.Remains;

namespace MsaOrleans.EndToEnd.Tests;

/// <summary>What the silo that makes secrets and sends them by mail keeps of them in its memory.</summary>
public sealed class MemoryTests : IAsyncLifetime
{
    // The connection to the relay, with its buffers, is kept for the next letter: ten seconds, and up to ten more until somebody looks.
    private static readonly TimeSpan patience = TimeSpan.FromMinutes(1);

    private readonly SecretSearch search = new();
    private SmallCluster cluster = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => cluster = await SmallCluster.Start(people: 8);

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    [Fact]
    public async Task Nothing_in_use_holds_a_secret_that_was_mailed()
    {
        await using var silo = await SiloProcess.Start(cluster.Settings);
        await using var web = await WebProcess.Start(cluster.Settings);
        foreach (var person in cluster.People)
        {
            using var browser = new Browser(web.Address);
            await browser.SignUp(person);
            Assert.Equal("/inscription/terminee", browser.Path);
        }
        foreach (var person in cluster.People)
            search.Add("mailed secret", (await cluster.Relay.Mails.To(person.Email, stop: Stop)).ProvisionalPassword);
        await cluster.Until("SELECT count(*) FROM hangfire.job WHERE statename <> 'Succeeded' AND invocationdata::text LIKE '%SendDispatchJob%'", 0);

        var memory = new ProcessMemory(silo);
        await Waiting.For(
            () => Task.FromResult(memory.ObjectsInUseWith(search).Count == 0 ? "nothing" : null),
            () => $"a memory in which nothing holds a mailed secret:{Environment.NewLine}{string.Join(Environment.NewLine, memory.ObjectsInUseWith(search, byWhom: true))}", patience, Stop);

        // What it does hold would have been found.
        var known = new SecretSearch();
        known.Add("pseudonym key", cluster.Settings["Adherents:PseudonymKey"]);
        Assert.NotEmpty(memory.ObjectsInUseWith(known));
    }
}
