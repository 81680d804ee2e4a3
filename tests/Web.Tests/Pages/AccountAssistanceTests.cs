using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Testing;

namespace MsaOrleans.Web.Tests.Pages;

/// <summary>What an adherent sees of the agents who looked at his file.</summary>
public sealed class AccountAssistanceTests(Site site)
{
    private const string Page = "/mon-compte/assistance";

    private static readonly AgentAct act = new("c.roth", "Il dit <b>ne plus</b> recevoir nos courriels & s'inquiète.", "A-77");

    [Fact]
    public async Task Nobody_having_looked_is_said_in_a_sentence()
    {
        using var browser = site.NewBrowser();
        await browser.OpenSpace(site);
        await browser.Open("/mon-compte");
        await browser.Follow("Voir les consultations de mon dossier par l'assistance");

        Assert.Equal((200, Page), (browser.Status, browser.Path));
        Assert.Contains("Aucun agent de l'assistance n'a consulté votre dossier.", browser.Page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(browser.Page.QuerySelectorAll("table"));
    }

    [Fact]
    public async Task Looks_and_acts_are_listed_latest_first_with_their_reason_as_plain_text_and_without_the_agent()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        var file = site.Adherent<IAdherentAssistance>(Nir.Parse(person.Nir));
        await file.Look(act);
        await file.Reveal(act, HiddenValue.Nir);
        await file.CancelDepartment(act, "2A");
        await file.AddNote(act, "Rappeler <jeudi>.");

        await browser.Open(Page);

        Assert.Equal(
            [
                "a écrit une note dans votre dossier",
                "a annulé votre demande pour le département 2A-Corse-du-Sud (sans effet)",
                "a affiché votre numéro de Sécurité Sociale",
                "a consulté votre dossier",
            ],
            browser.Page.QuerySelectorAll("tbody td:nth-child(2)").Select(td => td.TextContent.Trim()));
        Assert.All(browser.Page.QuerySelectorAll("tbody td:nth-child(3)"), td => Assert.Equal(act.Reason, td.TextContent));
        Assert.Empty(browser.Page.QuerySelectorAll("main b"));
        Assert.DoesNotContain(act.Agent, browser.Page.DocumentElement.OuterHtml, StringComparison.Ordinal);

        var data = await browser.PersonalData(Journeys.GoodPassword);
        Assert.Equal("Rappeler <jeudi>.", Assert.Single(data.GetProperty("notes").EnumerateArray()).GetProperty("text").GetString());
        Assert.Equal(4, data.GetProperty("assistance").GetArrayLength());
    }

    [Fact]
    public async Task Sessions_that_an_agent_closes_are_over_at_the_next_page()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);

        Assert.Equal(AssistanceOutcome.Done, await site.Adherent<IAdherentAssistance>(Nir.Parse(person.Nir)).CloseSessions(act));

        await browser.Open("/mon-compte");
        Assert.Equal("/connexion", browser.Path);
    }
}
