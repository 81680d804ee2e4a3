using System.Diagnostics;
using MsaOrleans.Testing;

namespace MsaOrleans.EndToEnd.Tests;

/// <summary>
/// The previous version and this one side by side, as in an upgrade and in a way back: each silo reads what the other has written, each web server asks either,
/// and visitors change from one to the other in the middle of what they do. It takes the previous version, built, in the folder that <c>MSA_PREVIOUS</c> names.
/// </summary>
public sealed class RollingUpgradeTests(ITestOutputHelper output)
{
    private const string Setting = "MSA_PREVIOUS";
    private const int Count = 12;
    private const string Next = "Bruyere-Comptoir-9";

    private static readonly string? previous = Environment.GetEnvironmentVariable(Setting);

    private int pages;

    [Fact]
    public async Task Silos_and_web_servers_of_the_previous_version_and_of_this_one_do_each_other_s_work()
    {
        Assert.SkipWhen(previous is null, $"{Setting} names no folder with the previous version, built: git worktree add FOLDER COMMIT && dotnet build FOLDER/MsaOrleans.sln -c Release");
        var clock = Stopwatch.StartNew();
        await using var cluster = await SmallCluster.Start(Count, migrate: previous);
        await using var oldSilo = await SiloProcess.Start(cluster.Settings, version: previous);
        await using var oldWeb = await WebProcess.Start(cluster.Settings, version: previous);
        Visit[] visits = [.. cluster.People.Select(person => new Visit(person, new Browser(oldWeb.Address)))];
        await Each(visits, visit => visit.Browser.SignUpToVerification(visit.Person));
        Say("began with the previous version");

        await SiloProgram.Run(cluster.Settings, ["migrate"], TestContext.Current.CancellationToken);
        await using var newSilo = await SiloProcess.Start(cluster.Settings);
        await using var newWeb = await WebProcess.Start(cluster.Settings);
        await Each(visits, async visit =>
        {
            // Every second one goes on with the other web server; the silo that he is on is the cluster's choice.
            visit.MoveTo(visit.Number(visits) % 2 == 0 ? newWeb : oldWeb);
            await visit.Browser.Open("/inscription"); // leads to where he was
            await visit.Browser.ProveIdentity(visit.Person);
            await visit.Browser.Send();
            await visit.Browser.Send(("AcceptTerms", "true"));
            Assert.Equal("/inscription/terminee", visit.Browser.Path);
        });
        await Each(visits, async visit =>
        {
            visit.MoveTo(visit.Number(visits) % 2 == 0 ? oldWeb : newWeb);
            await visit.Browser.FirstConnection(visit.Person, (await cluster.Relay.Mails.To(visit.Person.Email)).ProvisionalPassword);
            Assert.Equal("/espace-prive", visit.Browser.Path);
            visit.MoveTo(visit.Number(visits) % 2 == 0 ? newWeb : oldWeb); // the session is known there too
            await IsIn(visit);
        });
        Say("went on with both");

        Assert.Equal(0, await oldSilo.Stop(TestContext.Current.CancellationToken));
        await Each(visits, visit => SignsIn(visit, oldWeb, Journeys.GoodPassword));
        await Each(visits, visit => ChangesPassword(visit, newWeb, Journeys.GoodPassword, Next));
        Say("wrote with this version alone");

        var password = Next;
        if (Scripts(previous!).SequenceEqual(Scripts(Repository.Root)))
        {
            await oldSilo.Restart(TestContext.Current.CancellationToken);
            Assert.Equal(0, await newSilo.Stop(TestContext.Current.CancellationToken));
            await Each(visits, visit => SignsIn(visit, newWeb, password));
            await Each(visits, visit => ChangesPassword(visit, oldWeb, password, Journeys.GoodPassword));
            Say("read and wrote it with the previous one alone");

            password = Journeys.GoodPassword;
            await newSilo.Restart(TestContext.Current.CancellationToken);
            Assert.Equal(0, await oldSilo.Stop(TestContext.Current.CancellationToken));
        }
        else
        {
            // What runs goes on; what starts finds a newer schema, and there is no way back but a restored database.
            var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => oldSilo.Restart(TestContext.Current.CancellationToken));
            Assert.Contains("ended with 2 ", refused.Message, StringComparison.Ordinal);
            Say("saw the previous one refuse the newer schema");
        }
        await Each(visits, visit => SignsIn(visit, newWeb, password));
        Assert.All(visits, visit => Assert.Single(cluster.Relay.Mails.All, mail => mail.To == visit.Person.Email && mail.Subject.Contains("provisoire", StringComparison.Ordinal)));
        Say("are in with this one alone");
        foreach (var visit in visits)
            visit.Browser.Dispose();

        void Say(string what) => output.WriteLine($"{clock.Elapsed.TotalSeconds:0} s: {Count} people {what}; {pages} visits without a fault");
    }

    private static IEnumerable<string?> Scripts(string version) =>
        Directory.EnumerateFiles(Path.Combine(version, "Silo", "Storage", "Migrations", "Postgres"), "*.sql").Select(Path.GetFileName).Order(StringComparer.Ordinal);

    private async Task Each(IReadOnlyList<Visit> visits, Func<Visit, Task> step) => await Parallel.ForEachAsync(visits, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (visit, _) =>
    {
        await step(visit);
        Interlocked.Increment(ref pages);
    });

    private static async Task SignsIn(Visit visit, WebProcess web, string password)
    {
        visit.MoveTo(web);
        await IsIn(visit); // still
        visit.BeginAnew(web);
        await visit.Browser.SignIn(visit.Person.Nir, password);
        await IsIn(visit);
    }

    private static async Task ChangesPassword(Visit visit, WebProcess web, string old, string next)
    {
        visit.MoveTo(web);
        await visit.Browser.Open("/mon-compte/mot-de-passe");
        await visit.Browser.Send(("CurrentPassword", old), ("NewPassword", next), ("ConfirmPassword", next));
        Assert.Equal((200, "/mon-compte"), (visit.Browser.Status, visit.Browser.Path));
    }

    private static async Task IsIn(Visit visit)
    {
        await visit.Browser.Open("/mon-compte");
        Assert.Equal((200, "/mon-compte"), (visit.Browser.Status, visit.Browser.Path));
        Assert.Contains(visit.Person.Email, visit.Browser.Words, StringComparison.Ordinal);
    }

    /// <summary>Somebody, and his browser, which goes from one web server to another as behind a proxy: cookies know no port.</summary>
    private sealed class Visit(Person person, Browser browser)
    {
        private static readonly string[] cookies = ["msa-inscription", "msa-session", "msa-antiforgery", "msa-identifiant"];

        public Person Person => person;

        public Browser Browser { get; private set; } = browser;

        public int Number(Visit[] all) => Array.IndexOf(all, this);

        public void MoveTo(WebProcess web)
        {
            var next = new Browser(web.Address);
            foreach (var cookie in cookies)
            {
                if (Browser.Cookies[cookie] is { } value)
                    next.Cookies.Set(cookie, value);
            }
            Browser.Dispose();
            Browser = next;
        }

        /// <summary>With a browser in which nothing is known yet.</summary>
        public void BeginAnew(WebProcess web)
        {
            Browser.Dispose();
            Browser = new(web.Address);
        }
    }
}
