using System.CommandLine;
using System.Globalization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MsaOrleans.Grains;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Agents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Silo.Agents;
using MsaOrleans.Silo.Hosting;
using MsaOrleans.Silo.Registry;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.CommandLine;

/// <summary><c>agent</c>: who may work at the hotline.</summary>
internal static class AgentCommand
{
    public static Command Create() => new("agent", "Says who may work at the hotline. Embedded, the site must be stopped; on PostgreSQL a silo must be running, except for list.")
    {
        Add(),
        Reset(),
        Remove(),
        List(),
    };

    private static Command Add()
    {
        var login = LoginArgument();
        var name = new Option<string>("--name") { Description = "As the agent is called, as \"Marie Durand\".", HelpName = "NAME", Required = true };
        var supervisor = new Option<bool>("--supervisor") { Description = "May also see how the site runs, and who did what." };
        name.Validators.Add(result =>
        {
            if (string.IsNullOrWhiteSpace(result.GetValueOrDefault<string>()) || result.GetValueOrDefault<string>()!.Length > AgentProfile.MaxNameLength)
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"A name has 1 to {AgentProfile.MaxNameLength} characters."));
        });
        var command = new Command("add", "Makes an agent, and prints a provisional password, this once.") { login, name, supervisor };
        command.SetAction(async (parsed, stop) =>
        {
            var profile = new AgentProfile(parsed.GetValue(login)!, parsed.GetValue(name)!.Trim(), parsed.GetValue(supervisor) ? AgentRole.Supervisor : AgentRole.Agent);
            var password = await Ask(profile.Login, account => account.Add(profile, By("agent add")), stop)
                ?? throw new SetupException($"There is an agent {profile.Login} already. Nothing was changed.");
            return await Tell(parsed, profile.Login, password);
        });
        return command;
    }

    private static Command Reset()
    {
        var login = LoginArgument();
        var command = new Command("reset", "For an agent who has lost password or telephone: prints a new provisional password, and has a telephone enrolled anew. Sessions end, locks too.") { login };
        command.SetAction(async (parsed, stop) =>
        {
            var who = parsed.GetValue(login)!;
            return await Tell(parsed, who, await Ask(who, account => account.Reset(By("agent reset")), stop) ?? throw Unknown(who));
        });
        return command;
    }

    private static Command Remove()
    {
        var login = LoginArgument();
        var command = new Command("remove", "Removes an agent. Sessions end at once.") { login };
        command.SetAction(async (parsed, stop) =>
        {
            var who = parsed.GetValue(login)!;
            if (!await Ask(who, account => account.Remove(By("agent remove")), stop))
                throw Unknown(who);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"The agent {who} is removed.");
            return MsaCommandLine.Done;
        });
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "Lists the agents: login, role, name, and what there is to know.");
        command.SetAction(async (parsed, stop) =>
        {
            var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
            var directory = PostgresDatabase.ConfiguredIn(configuration) is null ? DataDirectory.Open(configuration) : null;
            using var occupied = directory?.Occupy();
            await using var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddMsaStorage(configuration).BuildServiceProvider();
            services.GetRequiredService<RegistryProtection>(); // as at the start of a server: the keys are there, and ours opens them
            var agents = new AgentDirectory(services.GetRequiredService<Database>(), new(services.GetRequiredService<IDataProtectionProvider>()));
            foreach (var agent in await agents.All(stop))
                await parsed.InvocationConfiguration.Output.WriteLineAsync(Line(agent, services.GetRequiredService<TimeProvider>().GetUtcNow()));
            return MsaCommandLine.Done;
        });
        return command;
    }

    private static string Line(AgentState agent, DateTimeOffset now)
    {
        var standing = agent switch
        {
            _ when agent.Lockout.HoldsAt(now) => string.Create(CultureInfo.InvariantCulture, $"locked until {agent.Lockout.Until:u}"),
            { Password.ProvisionalUntil: { } end } when end <= now => "provisional password expired",
            { Password.IsProvisional: true } => "has not signed in yet",
            _ => "in use",
        };
        return string.Join('\t', agent.Profile!.Login, agent.Profile.Role.ToString().ToLowerInvariant(), agent.Profile.Name, standing);
    }

    private static Argument<AgentLogin> LoginArgument() => new("LOGIN")
    {
        Description = "Small letters and digits, in parts joined by a dot or a dash: marie.durand.",
        CustomParser = result =>
        {
            if (!AgentLogin.TryParse(result.Tokens[0].Value, out var login))
                result.AddError("A login has small letters and digits, in parts joined by a dot or a dash, as marie.durand.");
            return login;
        },
    };

    private static Task<T> Ask<T>(AgentLogin login, Func<IAgentAccount, Task<T>> ask, CancellationToken stop) =>
        CommandHost.AskGrains(grains => ask(grains.GetGrain<IAgentAccount>(login.Key)), stop);

    private static async Task<int> Tell(ParseResult parsed, AgentLogin login, Password password)
    {
        var output = parsed.InvocationConfiguration.Output;
        await output.WriteLineAsync($"Provisional password of {login}, told this once, to be changed at the first sign-in at /assistance:");
        await output.WriteLineAsync(password.Value);
        return MsaCommandLine.Done;
    }

    private static SetupException Unknown(AgentLogin login) => new($"There is no agent {login}. Nothing was changed.");

    // Who is at the console, as far as the system knows.
    private static AgentAct By(string command) => new($"console:{Environment.UserName}", command);
}
