using System.Collections.Concurrent;
using MsaOrleans.Testing;

namespace MsaOrleans.Web.Tests.Pages;

/// <summary>Runs when all else has come to its end: a stopwatch needs quiet.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class EnumerationCollection : ICollectionFixture<WatchedSite>;

/// <summary>
/// Neither words nor time tell who has an account, or whom the caisses know (ASVS 6.3.8): hundreds of answers of each kind, in pairs, in random order.
/// That an account exists is told in one place only, and on purpose: at the sign-up, as the leaflet has it.
/// </summary>
[Collection(typeof(EnumerationCollection))]
public sealed class EnumerationTests(WatchedSite site)
{
    private const string WrongPassword = "Mauvais-Mot-1";
    private const string Forgotten = "/mot-de-passe/oublie";
    private const int FormsAtOnce = 10;

    private readonly Random random = new(20261125);

    [Fact]
    public async Task Signing_in_answers_alike_with_and_without_an_account()
    {
        var accounts = await site.Accounts();
        var strangers = People(accounts.Count);

        // Four tries each, since the fifth locks. The first two find nobody's state in memory, as an attacker would.
        var (cold, warm) = (new Answers(), new Answers());
        foreach (var round in (IReadOnlyList<Person>[])[strangers, People(accounts.Count)])
        {
            await site.Forget();
            using var visitor = await AtTheDoor();
            await InRandomOrder(accounts, round, (person, isKnown) => cold.Add(isKnown, person, Try(visitor, person)));
        }
        using (var visitor = await AtTheDoor())
        {
            for (var round = 0; round < 2; round++)
                await InRandomOrder(accounts, strangers, (person, isKnown) => warm.Add(isKnown, person, Try(visitor, person)));
        }
        cold.AssertAlike("Signing in, nothing in memory", 400);
        warm.AssertAlike("Signing in, all in memory", 400);

        async Task<Observer> AtTheDoor()
        {
            var visitor = new Observer(site);
            await visitor.Open("/connexion");
            foreach (var person in People(20))
                await Try(visitor, person);
            return visitor;
        }

        static Task<Answer> Try(Observer visitor, Person person) => visitor.Send("/connexion", ("Identifier", person.Nir), ("Password", WrongPassword));
    }

    [Fact]
    public async Task A_forgotten_password_is_answered_alike_with_and_without_an_account_and_whatever_the_address()
    {
        var accounts = await site.Accounts();
        using var visitor = new Observer(site);
        await visitor.Open(Forgotten);
        await Task.WhenAll(People(FormsAtOnce).Select(Ask));

        // Two letters each: three an hour would be sent. The answers are slow on purpose, so several are asked for at once.
        var (right, wrong) = (new Answers(), new Answers());
        (Person Person, Action<Person, Answer> Note)[] requests =
        [
            .. accounts.Concat(accounts).Select(p => (p, right.Note(isKnown: true))),
            .. accounts.Concat(accounts).Select(p => (p with { Email = "autre." + p.Email }, wrong.Note(isKnown: true))),
            .. People(2 * accounts.Count).Select(p => (p, right.Note(isKnown: false) + wrong.Note(isKnown: false))),
        ];
        random.Shuffle(requests);
        await Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = FormsAtOnce }, async (request, _) => request.Note(request.Person, await Ask(request.Person)));
        right.AssertAlike("A forgotten password, the address of the account", 302);
        wrong.AssertAlike("A forgotten password, another address", 302);

        Task<Answer> Ask(Person person) => visitor.Send(Forgotten, ("Identifier", person.Nir), ("Email", person.Email));
    }

    [Fact]
    public async Task The_sign_up_answers_alike_whether_or_not_the_caisses_know_the_number()
    {
        const int Pairs = 80;
        var (identifier, details, proof) = (new Answers(), new Answers(), new Answers());
        await InRandomOrder(People(5), WatchedSite.PeopleUnknownToTheCaisses(5), (person, isKnown) => SignUp(person, isKnown, new(), new(), new()));
        await InRandomOrder(People(Pairs), WatchedSite.PeopleUnknownToTheCaisses(Pairs), (person, isKnown) => SignUp(person, isKnown, identifier, details, proof));
        identifier.AssertAlike("The number at the sign-up", 302);
        details.AssertAlike("The details at the sign-up", 302);
        proof.AssertAlike("The proof of identity", 400);

        async Task SignUp(Person person, bool isKnown, Answers identifier, Answers details, Answers proof)
        {
            using var visitor = new Observer(site);
            await visitor.Fill("/inscription/profil", ("Profile", "individual"));
            await identifier.Add(isKnown, person, visitor.Fill("/inscription/identifiant", ("Nir", person.Nir)));
            await visitor.Fill("/inscription/a-preparer");
            await details.Add(isKnown, person, visitor.Fill("/inscription/coordonnees", Journeys.DetailsOf(person)));
            await visitor.Fill("/inscription/verification", ("HealthInsured", "yes"));
            await visitor.Open("/inscription/verification/carte-vitale");
            // One try only: the words count what is left.
            await proof.Add(isKnown, person, visitor.Send("/inscription/verification/carte-vitale", ("CardKind", "with-photo"), ("CardSerial", "0000000000")));
        }
    }

    private IReadOnlyList<Person> People(int count) => [.. Enumerable.Range(0, count).Select(_ => site.NextPerson())];

    private async Task InRandomOrder(IReadOnlyList<Person> known, IReadOnlyList<Person> unknown, Func<Person, bool, Task> ask)
    {
        foreach (var (one, other) in known.Zip(unknown))
        {
            foreach (var isKnown in random.Next(2) == 0 ? (bool[])[true, false] : [false, true])
                await ask(isKnown ? one : other, isKnown);
        }
    }

    /// <summary>Answers to one question, about people known and unknown.</summary>
    private sealed class Answers
    {
        private readonly ConcurrentBag<(bool IsKnown, double Milliseconds, string Told)> all = [];

        public async Task Add(bool isKnown, Person person, Task<Answer> answer) => Note(isKnown)(person, await answer);

        public Action<Person, Answer> Note(bool isKnown) => (person, answer) => all.Add((isKnown, answer.Time.TotalMilliseconds, answer.Told(person.Nir, person.Email)));

        public void AssertAlike(string what, int status)
        {
            Assert.StartsWith($"{status}\n", Assert.Single(all.Select(answer => answer.Told).Distinct()), StringComparison.Ordinal);
            Durations.AssertAlike(what, Of(isKnown: true), Of(isKnown: false));
        }

        private List<double> Of(bool isKnown) => [.. all.Where(answer => answer.IsKnown == isKnown).Select(answer => answer.Milliseconds)];
    }
}
