using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Identity;
using MsaOrleans.Load;
using MsaOrleans.Testing;

namespace MsaOrleans.Benchmarks;

/// <summary>
/// Whole journeys and sign-ins on our site (a silo, a web server) and on a plain ASP.NET Core Identity site, in turns, on the same PostgreSQL server, with as many visitors at once; and
/// bare password hashes of both.
/// </summary>
internal static class IdentityComparison
{
    /// <summary>Pages asked for and forms sent in a whole journey of ours, redirects followed: 17 to sign up, 9 for the first connection.</summary>
    public const int OurRequests = 26;

    /// <summary>Of the provisional password when its letter is written, at the sign-in, and of the new one.</summary>
    public const int OurHashes = 3;

    private const int BareHashes = 200;

    public static async Task<IdentityReport> Measure(int journeys, int warmUps, int turns, int signIns, int visitors, TextWriter progress, CancellationToken stop)
    {
        var load = Machine.Load;
        await progress.WriteLineAsync("Making the databases ...");
        var (ourSmtp, theirSmtp) = (Mailbox(), Mailbox());
        await using var ourPost = await Postbox.Open(ourSmtp);
        await using var theirPost = await Postbox.Open(theirSmtp, IdentityJourney.SecretOf);
        await using var installation = await Installation.Create(
            journeys * turns + warmUps, stop, payments: true, ("Mail:Smtp:Host", ourSmtp.Address.ToString()), ("Mail:Smtp:Port", ourSmtp.Port.ToString(CultureInfo.InvariantCulture)), ("Mail:Smtp:Security", "none"));
        await installation.Grow();
        await using var identity = await IdentityProcess.Start(await installation.Server.NewDatabase(), theirSmtp);
        var (identityMeter, databaseMeter) = (new ProcessMeter(identity.Id), ProcessMeter.Of(installation.Server));
        var (ourCrowd, theirCrowd) = (new Crowd(installation.Sites, progress, stop), new Crowd([identity.Address], progress, stop));
        var people = new Queue<Person>(await installation.People(stop));
        var (ourPeople, theirPeople, named) = (new ConcurrentQueue<Person>(), new ConcurrentQueue<string>(), 0);

        await progress.WriteLineAsync("Warming up ...");
        await Ours(warmUps);
        await Theirs(warmUps);
        var (ours, theirs) = (new List<SiteLoad>(), new List<SiteLoad>());
        for (var turn = 0; turn < turns; turn++)
        {
            await progress.WriteLineAsync($"Turn {turn + 1} of {turns}: {journeys} journeys each ...");
            ours.Add(await Ours(journeys));
            theirs.Add(await Theirs(journeys));
        }
        await progress.WriteLineAsync("Signing in again ...");
        await OurSignIns(signIns / 4);
        await TheirSignIns(signIns / 4);
        var (ourSignIns, theirSignIns) = (await OurSignIns(signIns), await TheirSignIns(signIns));
        await progress.WriteLineAsync("Bare hashes ...");
        return new(
            Machine.Describe(), $"{load} before, {Machine.Load} after", visitors, new(Sum(ours), ourSignIns, await SignIns.Bare(), OurRequests, OurHashes),
            new(Sum(theirs), theirSignIns, await BareOfIdentity(), IdentityJourney.Requests, IdentityJourney.Hashes), ourCrowd.Failures + theirCrowd.Failures);

        Task<SiteLoad> Ours(int count) => Timed(() => installation.Cpu, ourCrowd, Enumerable.Range(0, count).Select(_ => people.Dequeue()), async (visitor, person) =>
        {
            await visitor.SignUp(person);
            if (await ourPost.Wait(person.Email, Letters.ProvisionalPassword, TimeSpan.FromSeconds(60), stop) is null)
                throw new InvalidOperationException($"{person.Email} got no letter.");
            await visitor.FirstConnection(person, ourPost.SecretsTo(person.Email, Letters.ProvisionalPassword)[0]);
            ourPeople.Enqueue(person);
        });

        Task<SiteLoad> Theirs(int count) => Timed(TheirCpu, theirCrowd, Enumerable.Range(0, count).Select(_ => $"visitor.{++named}@exemple.fr"), async (visitor, email) =>
        {
            await visitor.WholeJourney(email, theirPost, stop);
            theirPeople.Enqueue(email);
        });

        Task<SiteLoad> OurSignIns(int count) => Again(() => installation.Cpu, ourCrowd, ourPeople, count, (visitor, person) => visitor.SignIn(person, Journeys.GoodPassword));

        Task<SiteLoad> TheirSignIns(int count) => Again(TheirCpu, theirCrowd, theirPeople, count, (visitor, email) => visitor.IdentitySignIn(email, IdentityJourney.PasswordAtTheEnd));

        ServersCpu TheirCpu() => new(identityMeter.Cpu, TimeSpan.Zero, databaseMeter.FamilyCpu);

        // Nobody twice at once.
        Task<SiteLoad> Again<T>(Func<ServersCpu> cpu, Crowd crowd, ConcurrentQueue<T> free, int count, Func<LightVisitor, T, Task> signIn) =>
            Timed(cpu, crowd, Enumerable.Range(0, count), async (visitor, _) =>
            {
                free.TryDequeue(out var who);
                await signIn(visitor, who!);
                free.Enqueue(who!);
            });

        async Task<SiteLoad> Timed<T>(Func<ServersCpu> cpu, Crowd crowd, IEnumerable<T> items, Func<LightVisitor, T, Task> journey)
        {
            var (clock, before) = (Stopwatch.StartNew(), cpu());
            var took = await crowd.Send(items, visitors, journey);
            return new(took.Count, clock.Elapsed, cpu() - before);
        }
    }

    private static IPEndPoint Mailbox() => new(IPAddress.Loopback, FreePort.Next());

    private static SiteLoad Sum(IEnumerable<SiteLoad> turns) => turns.Aggregate((one, other) => new(one.Count + other.Count, one.Elapsed + other.Elapsed, one.Cpu + other.Cpu));

    // PBKDF2 as Identity has it, on every processor.
    private static async Task<Load> BareOfIdentity()
    {
        var (hasher, user) = (new PasswordHasher<IdentityUser>(), new IdentityUser());
        hasher.HashPassword(user, Journeys.GoodPassword);
        var (clock, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        await Parallel.ForAsync(0, BareHashes, (_, _) =>
        {
            hasher.HashPassword(user, Journeys.GoodPassword);
            return ValueTask.CompletedTask;
        });
        return new(BareHashes, clock.Elapsed, Environment.CpuUsage.TotalTime - cpu);
    }
}
