using MsaOrleans.Testing;
using MsaOrleans.Web.Tests.Assistance;
using MsaOrleans.Web.Tests.FranceConnect;
using MsaOrleans.Web.Tests.Security;

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
            await InRandomOrder(accounts, round, async (person, isKnown) => cold.Note(isKnown, await Try(visitor, person), person.Nir));
        }
        using (var visitor = await AtTheDoor())
        {
            for (var round = 0; round < 2; round++)
                await InRandomOrder(accounts, strangers, async (person, isKnown) => warm.Note(isKnown, await Try(visitor, person), person.Nir));
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
    public async Task The_door_for_FranceConnect_answers_alike_with_and_without_an_account()
    {
        var door = "/franceconnect/connexion" + Visit.Request();
        var accounts = await site.Accounts();
        var strangers = People(accounts.Count);
        using var visitor = new Observer(site);
        Assert.Equal(200, (await visitor.Open(door)).Status);
        foreach (var person in People(20))
            await Try(person);

        var answers = new Answers();
        for (var round = 0; round < 4; round++)
            await InRandomOrder(accounts, strangers, async (person, isKnown) => answers.Note(isKnown, await Try(person), person.Nir));
        answers.AssertAlike("Signing in for FranceConnect", 400);

        Task<Answer> Try(Person person) => visitor.Send(door, ("Identifier", person.Nir), ("Password", WrongPassword));
    }

    [Fact]
    public async Task The_door_of_the_hotline_answers_alike_whether_or_not_a_login_is_somebody_s()
    {
        const string Door = "/assistance/connexion";
        var agents = new List<string>();
        for (var i = 0; i < 50; i++)
            agents.Add((await SiteAgent.New(site)).Login.Value);
        string[] nobodies = [.. Enumerable.Range(0, agents.Count).Select(i => $"personne{i}")];
        using var visitor = new Observer(site);
        await visitor.Open(Door);
        foreach (var warmingUp in Enumerable.Range(0, 20))
            await Try($"echauffement{warmingUp}");

        var answers = new Answers();
        for (var round = 0; round < 4; round++)
            await Answers.InRandomOrder(random, agents, nobodies, async (login, isKnown) => answers.Note(isKnown, await Try(login), login));
        answers.AssertAlike("Signing in at the hotline", 400);

        Task<Answer> Try(string login) => visitor.Send(Door, ("Login", login), ("Password", WrongPassword));
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
        (Person Person, bool IsKnown, Answers[] Kinds)[] requests =
        [
            .. accounts.Concat(accounts).Select(p => (p, true, (Answers[])[right])),
            .. accounts.Concat(accounts).Select(p => (p with { Email = "autre." + p.Email }, true, (Answers[])[wrong])),
            .. People(2 * accounts.Count).Select(p => (p, false, (Answers[])[right, wrong])),
        ];
        random.Shuffle(requests);
        await Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = FormsAtOnce }, async (request, _) =>
        {
            var answer = await Ask(request.Person);
            foreach (var kind in request.Kinds)
                kind.Note(request.IsKnown, answer, request.Person.Nir, request.Person.Email);
        });
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
            identifier.Note(isKnown, await visitor.Fill("/inscription/identifiant", ("Nir", person.Nir)), person.Nir, person.Email);
            await visitor.Fill("/inscription/a-preparer");
            details.Note(isKnown, await visitor.Fill("/inscription/coordonnees", Journeys.DetailsOf(person)), person.Nir, person.Email);
            await visitor.Fill("/inscription/verification", ("HealthInsured", "yes"));
            await visitor.Open("/inscription/verification/carte-vitale");
            // One try only: the words count what is left.
            proof.Note(isKnown, await visitor.Send("/inscription/verification/carte-vitale", ("CardKind", "with-photo"), ("CardSerial", "0000000000")), person.Nir, person.Email);
        }
    }

    private IReadOnlyList<Person> People(int count) => [.. Enumerable.Range(0, count).Select(_ => site.NextPerson())];

    private Task InRandomOrder(IEnumerable<Person> known, IEnumerable<Person> unknown, Func<Person, bool, Task> ask) => Answers.InRandomOrder(random, known, unknown, ask);
}
