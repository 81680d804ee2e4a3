using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Agents;
using MsaOrleans.Grains.Interfaces.Messages;
using MsaOrleans.Testing;

namespace MsaOrleans.Web.Tests.Assistance;

/// <summary>Messages of adherents, from the queue to the answer.</summary>
public sealed class MessagePagesTests(Site site)
{
    private const string Queue = "/assistance/messages";
    private const string Html = "<script>alert(1)</script> & <b>mon paiement</b> ?";

    [Fact]
    public async Task A_message_is_taken_answered_and_closed_and_both_sides_tell_it()
    {
        using var visitor = site.NewBrowser();
        var (person, id) = await Write(visitor);
        var (marie, agent) = await NewAgent();
        using var _ = agent;
        await agent.Follow("Messages");
        Assert.Equal((200, Queue, "Messages en attente"), (agent.Status, agent.Path, agent.Heading));
        var entry = agent.Page.QuerySelector($".found li:has(a[href$='/{id}'])")!;
        Assert.Contains("Attend depuis moins d'une minute, un message", Plain(entry.TextContent), StringComparison.Ordinal);
        foreach (var shown in (string[])[person.FamilyName, person.Nir, "mon paiement"])
            Assert.DoesNotContain(shown, entry.OuterHtml, StringComparison.OrdinalIgnoreCase);

        await Open(agent, id);
        var page = agent.Path;
        Assert.Equal((200, "Paiements"), (agent.Status, agent.Heading));
        Assert.Contains(person.DisplayName, agent.Words, StringComparison.Ordinal);
        Assert.Equal([Html], Texts(agent));
        Assert.Empty(agent.Page.QuerySelectorAll("main script, main b"));
        Assert.Contains("no-store", agent.Response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);

        await agent.Send(("Act", "prendre"));
        Assert.Equal((200, page), (agent.Status, agent.Path));
        Assert.Contains("Il est à vous jusqu'", agent.Words, StringComparison.Ordinal);
        await agent.Open(Queue);
        Assert.Contains("À vous", agent.Page.QuerySelector($".found li:has(a[href$='/{id}'])")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("À vous", agent.Page.QuerySelector(".found li .tag")!.TextContent); // and first

        await agent.Open(page);
        await agent.Send(("Act", "repondre-clore"), ("Text", "Il part <i>demain</i>."));
        Assert.Equal((200, Queue), (agent.Status, agent.Path));
        Assert.Contains("Votre réponse est enregistrée, et l'échange est clos.", agent.Words, StringComparison.Ordinal);
        Assert.Null(agent.Page.QuerySelector($"a[href$='/{id}']"));
        await agent.Open(page);
        Assert.Equal([Html, "Il part <i>demain</i>."], Texts(agent));
        Assert.Null(agent.Page.QuerySelector("textarea"));

        Assert.NotNull(await site.Mails.To(person.Email, "Vous avez reçu une réponse"));
        await visitor.Open("/mon-compte/assistance");
        Assert.Contains("a répondu à un message de vous (paiements)", visitor.Words, StringComparison.Ordinal);
        Assert.Contains("a lu un message de vous (paiements)", visitor.Words, StringComparison.Ordinal);
        Assert.Contains("a pris en charge un message de vous (paiements)", visitor.Words, StringComparison.Ordinal);
        Assert.Contains("Réponse à un message", visitor.Words, StringComparison.Ordinal);
        Assert.DoesNotContain(marie.Login.Value, visitor.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_agents_the_second_hears_who_has_it_and_keeps_his_words()
    {
        using var visitor = site.NewBrowser();
        var (_, id) = await Write(visitor);
        var (marie, first) = await NewAgent();
        var (_, second) = await NewAgent();
        using var __ = first;
        using var ___ = second;
        await Open(first, id);
        await Open(second, id);
        var page = second.Path;
        await first.Send(("Act", "prendre"));
        await second.Send(("Act", "repondre"), ("Text", "Le vôtre"));
        Assert.Equal((400, page), (second.Status, second.Path));
        Assert.Contains($"{marie.Login} a pris cet échange entre-temps. Rien n'a été modifié.", second.Summary, StringComparison.Ordinal);
        Assert.Contains("Le vôtre", second.Page.QuerySelector(".message")!.TextContent, StringComparison.Ordinal);
        await second.Open(Queue);
        Assert.Contains($"pris par {marie.Login}", second.Words, StringComparison.Ordinal);
        await second.Open(page);
        Assert.Contains($"{marie.Login} l'a pris", second.Words, StringComparison.Ordinal);
        Assert.Null(second.Page.QuerySelector("textarea"));

        await first.Send(("Act", "rendre"));
        Assert.Contains("Le message est rendu à la file.", first.Words, StringComparison.Ordinal);
        await second.Open(page);
        await second.Send(("Act", "prendre"), ("Text", "Déjà commencé"));
        Assert.Equal((200, "Déjà commencé"), (second.Status, second.ValueOf("Text"))); // taking loses nothing
        await second.Send(("Act", "repondre"));
        Assert.Equal((200, Queue), (second.Status, second.Path));
    }

    [Fact]
    public async Task What_changes_while_an_agent_writes_is_shown_to_him_with_his_words_kept()
    {
        using var visitor = site.NewBrowser();
        var (person, id) = await Write(visitor);
        var (_, agent) = await NewAgent();
        using var __ = agent;
        await Open(agent, id);
        await visitor.Fill($"/espace-prive/contact/{id}", ("Message", "Il est arrivé."));
        await agent.Send(("Act", "repondre"), ("Text", "Il part demain."));
        Assert.Equal((400, "Il part demain."), (agent.Status, agent.ValueOf("Text")));
        Assert.Contains("L'adhérent a écrit entre-temps", agent.Summary, StringComparison.Ordinal);
        Assert.Equal("Il est arrivé.", Texts(agent)[^1]);

        foreach (var (text, error) in ((string, string)[])[(" ", "Écrivez votre réponse."), (new string('é', MessageLimits.MaxLength + 1), "Ce texte compte 4 001 caractères.")])
        {
            await agent.Send(("Act", "repondre"), ("Text", text));
            Assert.Equal((400, text), (agent.Status, agent.ValueOf("Text")));
            Assert.StartsWith(error, agent.ErrorOn("Text"), StringComparison.Ordinal);
        }
        await agent.Post(agent.Path, ("Act", "repondre"), ("Seen", "2"), ("Text", "Sans jeton")); // without a token
        Assert.Equal((400, "Sans jeton"), (agent.Status, agent.ValueOf("Text")));
        await agent.Send(("Act", "autre"));
        Assert.Equal(400, agent.Status);
        Assert.Equal(2, (await site.Adherent<IAdherentCorrespondence>(Nir.Parse(person.Nir)).Waiting())[0].Messages);

        await Open(agent, id);
        await visitor.Fill("/mon-compte/fermeture/confirmation", ("CurrentPassword", Journeys.GoodPassword), ("Confirm", "true"));
        await agent.Send(("Act", "repondre"), ("Text", "Trop tard"));
        Assert.Equal(400, agent.Status);
        Assert.Contains("Cet échange n'existe plus", agent.Summary, StringComparison.Ordinal);
        Assert.Contains("Trop tard", agent.Page.QuerySelector(".message")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_another_agent_has_answered_or_closed_is_said()
    {
        using var visitor = site.NewBrowser();
        var (person, id) = await Write(visitor);
        var (_, agent) = await NewAgent();
        using var __ = agent;
        var grain = site.Adherent<IAdherentCorrespondence>(Nir.Parse(person.Nir));
        await Open(agent, id);
        await grain.Answer(new("marc", "Réponse à un message"), id, "Voici", 1, close: false);
        await agent.Send(("Act", "repondre"), ("Text", "La mienne"));
        Assert.Contains("marc a répondu entre-temps", agent.Summary, StringComparison.Ordinal);
        await grain.Close(new("marc", "Réponse à un message"), id, 2);
        await agent.Send(("Act", "repondre"), ("Text", "La mienne"));
        Assert.Equal(400, agent.Status);
        Assert.Contains("Cet échange a été clos entre-temps.", agent.Summary, StringComparison.Ordinal);
        Assert.Contains("La mienne", agent.Page.QuerySelector(".message")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_opens_from_there_without_a_call_and_leads_back()
    {
        using var visitor = site.NewBrowser();
        var (person, id) = await Write(visitor);
        var (_, agent) = await NewAgent();
        using var __ = agent;
        await Open(agent, id);
        await agent.Send(("Act", "dossier"));
        Assert.Equal((200, person.DisplayName), (agent.Status, agent.Heading));
        Assert.Contains("Réponse à un message", agent.Page.QuerySelector(".call")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Message écrit : paiements", agent.Words, StringComparison.Ordinal);
        Assert.Contains("a lu un message (paiements)", agent.Words, StringComparison.Ordinal);
        await agent.Follow("Paiements");
        Assert.Equal([Html], Texts(agent));

        // A call under way keeps its own reason.
        await agent.Fill("/assistance", ("Reason", "Rappelle pour son paiement"), ("CallReference", "A-9"), ("Nir", person.Nir));
        await agent.Open(agent.Page.QuerySelector(".found a")!.GetAttribute("href")!);
        await agent.Follow("Paiements");
        await agent.Send(("Act", "clore"));
        await visitor.Open("/mon-compte/assistance");
        Assert.Contains("a clos un message de vous sans y répondre (paiements)", visitor.Words, StringComparison.Ordinal);
        Assert.Contains("Rappelle pour son paiement", visitor.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_opens_to_the_agent_who_found_it_in_the_queue_and_to_nobody_else()
    {
        using var visitor = site.NewBrowser();
        var (person, id) = await Write(visitor);
        var (marie, agent) = await NewAgent();
        var (_, other) = await NewAgent();
        using var __ = agent;
        using var ___ = other;
        await Open(agent, id);
        var page = agent.Path;
        foreach (var path in (string[])[page, $"{Queue}/xyz/{id}"])
        {
            await other.Open(path);
            Assert.Equal(Queue, other.Path);
            Assert.Contains("Ce message n'est plus ouvert pour vous.", other.Words, StringComparison.Ordinal);
            await other.Post(path, Token(agent), ("Act", "clore"), ("Seen", "1"));
            Assert.Single(await site.Adherent<IAdherentCorrespondence>(Nir.Parse(person.Nir)).Waiting());
        }
        await agent.Open(page.Replace($"{id}", $"{Guid.NewGuid()}", StringComparison.Ordinal));
        Assert.Equal(Queue, agent.Path);
        Assert.Contains("Cet échange n'existe plus", agent.Words, StringComparison.Ordinal);
        foreach (var path in (string[])[Queue, page])
        {
            await visitor.Open(path);
            Assert.Equal("/assistance/connexion", visitor.Path);
        }

        await agent.Open(page);
        await marie.Account.Remove(new("console:test", "agent remove"));
        await agent.Send(("Act", "repondre"), ("Text", "De nulle part"));
        Assert.Equal("/assistance/connexion", agent.Path);
        Assert.Equal(1, Assert.Single(await site.Adherent<IAdherentCorrespondence>(Nir.Parse(person.Nir)).Waiting()).Messages);
    }

    [Fact]
    public async Task The_record_reads_in_words()
    {
        using var visitor = site.NewBrowser();
        var (_, id) = await Write(visitor);
        var (marie, agent) = await NewAgent();
        using var __ = agent;
        await Open(agent, id);
        await agent.Send(("Act", "prendre"));
        await agent.Send(("Act", "repondre"), ("Text", " "));
        using var chief = site.NewBrowser();
        await (await SiteAgent.New(site, AgentRole.Supervisor)).Begin(chief);
        await chief.Fill("/assistance/journal", ("Agent", marie.Login.Value), ("Reason", "Contrôle"));
        foreach (var said in (string[])["Message lu", "Message pris", "Réponse à un message", "paiements : sans effet, texte vide"])
            Assert.Contains(said, chief.Words, StringComparison.Ordinal);
    }

    private async Task<(SiteAgent Agent, Browser Browser)> NewAgent()
    {
        var (agent, browser) = (await SiteAgent.New(site), site.NewBrowser());
        await agent.Begin(browser);
        return (agent, browser);
    }

    private async Task<(Person Person, Guid Id)> Write(Browser visitor)
    {
        var person = await visitor.OpenSpace(site);
        await visitor.Fill("/espace-prive/contact", ("Topic", "Payments"), ("Message", Html));
        return (person, Assert.Single(await site.Adherent<IAdherentCorrespondence>(Nir.Parse(person.Nir)).Waiting()).Id);
    }

    private static async Task Open(Browser agent, Guid id)
    {
        await agent.Open(Queue);
        await agent.Open(agent.Page.QuerySelector($"a[href$='/{id}']")!.GetAttribute("href")!);
    }

    private static (string, string) Token(Browser browser) => ("__RequestVerificationToken", browser.ValueOf("__RequestVerificationToken")!);

    private static List<string> Texts(Browser browser) => [.. browser.Page.QuerySelectorAll(".conversation .note-text").Select(e => e.TextContent)];

    private static string Plain(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
