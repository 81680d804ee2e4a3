using MsaOrleans.Grains.Interfaces.Agents;
using MsaOrleans.Testing;

namespace MsaOrleans.Web.Tests.Assistance;

/// <summary>An agent of one test, with his telephone.</summary>
internal sealed class SiteAgent(Site site, AgentLogin login, string password)
{
    public const string OwnPassword = "Bruyere-Comptoir-9";

    /// <summary>Name of the cookie that holds his session.</summary>
    public const string Cookie = "msa-assistance";

    private static int born;

    public AgentLogin Login => login;

    /// <summary>The one he knows.</summary>
    public string Password { get; private set; } = password;

    /// <summary>What his telephone holds.</summary>
    public TotpSecret? Telephone { get; private set; }

    public IAgentAccount Account => site.Get<IGrainFactory>().GetGrain<IAgentAccount>(login.Key);

    /// <summary>Somebody whose account has just been made.</summary>
    public static async Task<SiteAgent> New(Site site, AgentRole role = AgentRole.Agent)
    {
        var login = AgentLogin.Parse($"agent{Interlocked.Increment(ref born)}");
        var password = await site.Get<IGrainFactory>().GetGrain<IAgentAccount>(login.Key).Add(new(login, "Marie Durand", role), new("console:test", "agent add"));
        return new(site, login, password!.Value);
    }

    /// <summary>What his telephone shows now, or shows so many steps later.</summary>
    public string Code(int stepsLater = 0) => Telephone!.CodeOf(TotpSecret.StepAt(site.Get<TimeProvider>().GetUtcNow()) + stepsLater);

    /// <summary>Gives login and password.</summary>
    public async Task GivePassword(Browser browser)
    {
        await browser.Fill("/assistance/connexion", ("Login", login.Value), ("Password", Password));
        Assert.Equal("/assistance/code", browser.Path);
        if (browser.Page.QuerySelector("[data-secret]")?.GetAttribute("data-secret") is { } secret)
            Telephone = TotpSecret.Parse(secret);
    }

    /// <summary>The first sign-in, up to the change of the password.</summary>
    public async Task Enter(Browser browser)
    {
        await GivePassword(browser);
        await browser.Send(("Code", Code(-1))); // those of now and of the next step are left for what follows
        Assert.Equal("/assistance/mot-de-passe", browser.Path);
    }

    /// <summary>The whole first sign-in.</summary>
    public async Task Begin(Browser browser)
    {
        await Enter(browser);
        await browser.Send(("NewPassword", OwnPassword), ("ConfirmPassword", OwnPassword));
        Password = OwnPassword;
        Assert.Equal((200, "/assistance", "Bonjour Marie Durand"), (browser.Status, browser.Path, browser.Heading));
    }

    /// <summary>Whoever is signed in in this browser leaves.</summary>
    public static Task SignOut(Browser browser) =>
        browser.Post("/assistance/deconnexion", ("__RequestVerificationToken", browser.ValueOf("__RequestVerificationToken")!));
}
