using MsaOrleans.Grains.Interfaces.Agents;

namespace MsaOrleans.Grains.Tests.Agents;

/// <summary>A thousand guesses at once at the door of the hotline are five.</summary>
[Collection(AgentCluster.SharedClock)]
public sealed class ParallelGuessesTests(AgentCluster cluster)
{
    private const int Many = 1000;

    [Fact]
    public async Task Of_a_thousand_passwords_at_once_five_are_looked_at()
    {
        var marie = await cluster.NewAgent();
        var guess = $"guess {marie.Login}";

        Assert.All(await Task.WhenAll(Enumerable.Range(0, Many).Select(_ => marie.TryPassword(guess))), Assert.Null);

        Assert.Equal(5, cluster.Hasher.HashesOf(guess));
        Assert.Null(await marie.TryPassword(marie.Password));
    }

    [Fact]
    public async Task Of_a_thousand_codes_at_once_five_are_looked_at_and_the_right_one_after_them_opens_nothing()
    {
        var marie = await cluster.NewAgent();
        var ticket = await marie.GivePassword();

        var wrong = Enumerable.Range(1, Many - 1).Select(_ => marie.TryCode(ticket, marie.WrongCode())).ToList();
        // Calls that wait for a grain may overtake each other: the right one is sent once five are answered, while the others wait.
        await Task.WhenEach(wrong).ElementAtAsync(5 - 1, TestContext.Current.CancellationToken);
        var outcomes = await Task.WhenAll([.. wrong, marie.TryCode(ticket, marie.Code())]);

        // The fifth ends the sign-in that it belongs to.
        Assert.Equal(4, outcomes.Count(outcome => outcome is AgentCodeOutcome.Wrong));
        Assert.Equal(Many - 4, outcomes.Count(outcome => outcome is AgentCodeOutcome.Over));
        Assert.Null(await marie.TryPassword(marie.Password));
    }
}
