using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Enrolments;

namespace MsaOrleans.Grains.Tests.Adherent;

/// <summary>A thousand guesses at once are as many as the limit allows, whatever they have the shape of, and the right one among them comes too late.</summary>
[Collection(AdherentCluster.SharedClock)]
public sealed class ParallelGuessesTests(AdherentCluster cluster)
{
    private const int Many = 1000;

    [Fact]
    public async Task Of_a_thousand_provisional_passwords_at_once_five_are_looked_at_and_the_right_one_after_them_opens_nothing()
    {
        var fritz = cluster.NewAdherent();
        var provisional = await fritz.ReceiveProvisionalPassword();
        var guess = PasswordGenerator.New();

        var wrong = Enumerable.Range(1, Many - 1).Select(_ => fritz.Credentials.SignIn(guess, Samples.Origin)).ToList();
        // Calls that wait for a grain may overtake each other: the right one is sent once five are answered, while the others wait.
        await Task.WhenEach(wrong).ElementAtAsync(5 - 1, TestContext.Current.CancellationToken);
        var right = fritz.Credentials.SignIn(new(provisional), Samples.Origin);

        Assert.All(await Task.WhenAll([.. wrong, right]), outcome => Assert.Equal(new SignInOutcome.Refused(), outcome));
        Assert.Equal(2 * 5, cluster.Hasher.HashesOf(guess.Value)); // with the provisional one, and with his own, which he has not yet
        Assert.Equal(5, fritz.Stored!.Credentials.Lockout.Locks * 5 + fritz.Stored.Credentials.Lockout.Failures);
    }

    [Fact]
    public async Task Of_a_thousand_codes_at_once_on_the_page_of_passwords_five_are_looked_at()
    {
        var fritz = cluster.NewAdherent();
        await fritz.ReceiveCode(await fritz.Connect());
        var guess = ConfidentialCode.New().Value;

        var outcomes = await AtOnce(_ => fritz.Credentials.SignIn(new(guess), Samples.Origin));

        Assert.All(outcomes, outcome => Assert.Equal(new SignInOutcome.Refused(), outcome));
        Assert.Equal(2 * 5, cluster.Hasher.HashesOf(guess)); // with his own password, and with the code
    }

    [Fact]
    public async Task Of_a_thousand_links_at_once_the_right_one_changes_the_address_once_and_no_other_does()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        Assert.Equal(EmailChangeOutcome.ToProve, await fritz.Contact.ChangeEmail(session, new(TestAdherent.OwnPassword), Samples.OtherEmail));
        var link = (await fritz.ReceiveLetters()).Find(letter => letter.To == Samples.OtherEmail)!.Secret!;
        Assert.True(EmailLink.TryParse(link, out _, out var secret));

        var outcomes = await AtOnce(i => fritz.Contact.ProveEmail(i % 2 == 0 ? secret : RandomSecret.New()));

        Assert.Single(outcomes, EmailProof.Changed);
        Assert.Equal(Samples.OtherEmail, fritz.Stored!.Contact.Email);
    }

    private static Task<T[]> AtOnce<T>(Func<int, Task<T>> guess) => Task.WhenAll(Enumerable.Range(0, Many).Select(guess));
}
