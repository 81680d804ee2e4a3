using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Agents;
using MsaOrleans.Grains.Interfaces.Credentials;

namespace MsaOrleans.Grains.Tests.Agents;

/// <summary>One agent of one test, with his telephone.</summary>
internal sealed class TestAgent(AgentCluster cluster, AgentLogin login)
{
    public const string OwnPassword = "Passage-Lune7";

    public AgentLogin Login => login;

    public IAgent Grain => cluster.Facet<IAgent>(login);

    public IAgentAccount Account => cluster.Facet<IAgentAccount>(login);

    /// <summary>The one he knows.</summary>
    public string Password { get; set; } = "";

    /// <summary>What his telephone holds.</summary>
    public TotpSecret? Telephone { get; private set; }

    /// <summary>What his telephone shows, so much later than now.</summary>
    public string Code(TimeSpan later = default) => Telephone!.CodeAt(cluster.Clock.GetUtcNow() + later);

    public Task<AgentTicket?> TryPassword(string password) => Grain.SignIn(new(password));

    /// <summary>Gives his password, and puts the secret into his telephone if one is shown.</summary>
    public async Task<AgentTicket> GivePassword()
    {
        var ticket = await TryPassword(Password);
        Assert.NotNull(ticket);
        Telephone = (await Grain.Pending(ticket))?.ToEnrol ?? Telephone;
        return ticket;
    }

    public Task<AgentCodeOutcome> TryCode(AgentTicket ticket, string code) => Grain.Confirm(ticket, code, Samples.Origin);

    public async Task<SessionToken> GiveCode(AgentTicket ticket) => Assert.IsType<AgentCodeOutcome.SignedIn>(await TryCode(ticket, Code())).Session;

    /// <summary>Signs in, and waits for the next code before, so that it may be done twice.</summary>
    public async Task<SessionToken> SignIn()
    {
        var ticket = await GivePassword();
        cluster.Clock.Advance(TotpSecret.Step);
        return await GiveCode(ticket);
    }

    /// <summary>The first sign-in, with the password made his own.</summary>
    public async Task<SessionToken> Begin()
    {
        var session = Assert.IsType<PasswordChangeOutcome.Changed>(await Grain.Personalise(await SignIn(), new(OwnPassword))).Session;
        Password = OwnPassword;
        return session;
    }

    public async Task GuessWrong(int times)
    {
        for (var i = 0; i < times; i++)
            Assert.Null(await TryPassword($"Mauvais-Mot-{i}"));
    }

    /// <summary>A code that is neither that of now nor of the steps around it.</summary>
    public string WrongCode()
    {
        var good = Enumerable.Range(-2, 5).Select(step => Code(step * TotpSecret.Step)).ToHashSet();
        return Enumerable.Range(0, 10).Select(i => new string((char)('0' + i), TotpSecret.Digits)).First(code => !good.Contains(code));
    }
}
