using System.Text;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Agents;
using MsaOrleans.Grains.Interfaces.Caisses;
using MsaOrleans.Grains.Interfaces.Postal;
using MsaOrleans.Testing;

namespace MsaOrleans.Web.Tests.Assistance;

/// <summary>Letters on paper: the adherent who wants them, and the agents who print and post them. One at a time: they share the queue of a caisse.</summary>
public sealed class PrintingPagesTests(Site site)
{
    private const string Queue = "/assistance/impression";
    private const string Gone = "Ce lot n'attend plus";

    [Fact]
    public async Task What_an_adherent_wants_on_paper_is_printed_and_posted_and_he_reads_when()
    {
        using var visitor = site.NewBrowser();
        var (person, caisse) = await WantsPaper(visitor);
        await visitor.Open("/espace-prive/documents");
        Assert.Equal(2, Count(visitor.Words, "Copie papier : à imprimer."));
        await visitor.Open("/espace-prive/demandes");
        Assert.Contains("Accusé de réception. Copie papier : à imprimer.", visitor.Words, StringComparison.Ordinal);

        var (marie, agent) = await NewAgent();
        using var _ = agent;
        await agent.Follow("Courriers");
        Assert.Equal((200, Queue, "Courriers à imprimer"), (agent.Status, agent.Path, agent.Heading));
        await agent.Open($"{Queue}?caisse={caisse.Slug}");
        Assert.Equal((200, $"Courriers à imprimer, MSA {caisse.Name}"), (agent.Status, agent.Heading));
        Assert.Contains("Attestation Attend depuis moins d'une minute", agent.Words, StringComparison.Ordinal);
        Assert.Contains("Accusé de réception d'une demande d'inscription Attend", agent.Words, StringComparison.Ordinal);
        foreach (var shown in (string[])[person.FamilyName, person.Nir, person.Email])
            Assert.DoesNotContain(shown, agent.Page.DocumentElement.OuterHtml, StringComparison.OrdinalIgnoreCase);
        await agent.Send();
        Assert.Equal(200, agent.Status);
        Assert.Matches($"\\A{Queue}/[0-9a-z-]{{9}}\\z", agent.Path);
        var page = agent.Path;
        Assert.Contains($"par {marie.Login}, aujourd'hui à", agent.Words, StringComparison.Ordinal);
        Assert.Contains("no-store", agent.Response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);

        await agent.Send(("Act", "poster")); // before it is printed
        Assert.Equal((400, page), (agent.Status, agent.Path));
        Assert.Contains("Téléchargez d'abord le fichier PDF", agent.Summary, StringComparison.Ordinal);
        await agent.Send(("Act", "imprimer"));
        Assert.Equal((200, "application/pdf"), (agent.Status, agent.Response.Content.Headers.ContentType!.MediaType));
        Assert.StartsWith($"attachment; filename=courriers-{page[^9..]}.pdf", agent.Response.Content.Headers.ContentDisposition!.ToString(), StringComparison.Ordinal);
        Assert.Contains("no-store", agent.Response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("%PDF", Encoding.Latin1.GetString(await agent.Response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)), StringComparison.Ordinal);

        await agent.Open(page);
        Assert.Contains("Vous avez déjà imprimé ce lot.", agent.Words, StringComparison.Ordinal);
        await agent.Send(("Act", "poster"));
        Assert.Equal((200, Queue), (agent.Status, agent.Path));
        Assert.Contains("sont marqués comme postés.", agent.Words, StringComparison.Ordinal);
        Assert.Empty(await site.Adherent<IAdherentPostalCopies>(Nir.Parse(person.Nir)).Waiting());
        await visitor.Open("/espace-prive/documents");
        Assert.Equal(2, Count(visitor.Words, "Copie papier : postée le"));
        await visitor.Open("/mon-compte/assistance");
        foreach (var said in (string[])["a préparé vos courriers à imprimer", "a imprimé vos courriers", "a posté vos courriers", "Courriers à imprimer, lot"])
            Assert.Contains(said, visitor.Words, StringComparison.Ordinal);
        Assert.DoesNotContain(marie.Login.Value, visitor.Words, StringComparison.Ordinal);
        Assert.Equal(2, (await visitor.PersonalData(Journeys.GoodPassword)).GetProperty("postalCopies").GetArrayLength());

        using var chief = site.NewBrowser();
        await (await SiteAgent.New(site, AgentRole.Supervisor)).Begin(chief);
        await chief.Fill("/assistance/journal", ("Agent", marie.Login.Value), ("Reason", "Contrôle"));
        foreach (var said in (string[])["Courriers préparés pour l’impression", "Courriers imprimés", "Courriers marqués comme postés", "2 courriers", $"lot {page[^9..].ToUpperInvariant()}"])
            Assert.Contains(said, chief.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_agents_each_has_letters_of_his_own_and_hears_what_the_other_did()
    {
        using var visitor = site.NewBrowser();
        var (_, caisse) = await WantsPaper(visitor);
        var (marie, first) = await NewAgent();
        var (_, second) = await NewAgent();
        using var _ = first;
        using var __ = second;
        await first.Open($"{Queue}?caisse={caisse.Slug}");
        await second.Open($"{Queue}?caisse={caisse.Slug}");
        await first.Send();
        var page = first.Path;
        await second.Send();
        Assert.Equal((200, Queue), (second.Status, second.Path));
        Assert.Contains("Il n'y a plus de courrier à préparer pour cette caisse", second.Words, StringComparison.Ordinal);
        Assert.Contains($"Préparé par {marie.Login}", second.Words, StringComparison.Ordinal);
        await second.Open(page);
        Assert.Contains($"{marie.Login} a préparé ce lot. Demandez-lui avant de l'imprimer.", second.Words, StringComparison.Ordinal);
        await first.Send(("Act", "imprimer"));
        await second.Open(page);
        Assert.Contains($"{marie.Login} a déjà imprimé ce lot.", second.Words, StringComparison.Ordinal);

        await first.Open(page);
        await first.Send(("Act", "poster"));
        await second.Send(("Act", "poster"));
        Assert.Equal((200, Queue), (second.Status, second.Path));
        Assert.Contains(Gone, second.Words, StringComparison.Ordinal);
        await second.Open(page);
        Assert.Contains(Gone, second.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_caisse_no_batch_or_no_act_gets_a_sentence()
    {
        using var visitor = site.NewBrowser();
        var (person, caisse) = await WantsPaper(visitor);
        var (_, agent) = await NewAgent();
        using var _ = agent;
        foreach (var wrong in (string[])["mars", "../alsace", "<script>"])
        {
            await agent.Open($"{Queue}?caisse={Uri.EscapeDataString(wrong)}");
            Assert.Equal((200, "Courriers à imprimer"), (agent.Status, agent.Heading));
            Assert.Contains("Cette caisse n'existe pas. Choisissez-la dans la liste.", agent.Words, StringComparison.Ordinal);
        }
        await agent.Open($"{Queue}?caisse={caisse.Slug}");
        await agent.Send(("caisse", "mars"));
        Assert.Contains("Cette caisse n'existe pas.", agent.Words, StringComparison.Ordinal);
        await agent.Post($"{Queue}?caisse={caisse.Slug}", ("caisse", caisse.Slug)); // without a token
        Assert.Equal(400, agent.Status);
        Assert.All(await site.Adherent<IAdherentPostalCopies>(Nir.Parse(person.Nir)).Waiting(), copy => Assert.Null(copy.Preparation));

        await agent.Open($"{Queue}?caisse={IPostalQueue.NoCaisse}");
        Assert.Contains("Aucun courrier n'attend d'être préparé.", agent.Words, StringComparison.Ordinal);
        foreach (var forged in (string[])["0000-0000", "x", "7k3m-9qrt-7k3m"])
        {
            await agent.Open($"{Queue}/{forged}");
            Assert.Equal((200, Queue), (agent.Status, agent.Path));
            Assert.Contains(Gone, agent.Words, StringComparison.Ordinal);
        }
        await agent.Open($"{Queue}?caisse={caisse.Slug}");
        await agent.Send();
        var page = agent.Path;
        await agent.Send(("Act", "brûler"));
        Assert.Equal(400, agent.Status);
        await agent.Open(page);
        var token = ("__RequestVerificationToken", agent.ValueOf("__RequestVerificationToken")!);
        await agent.Post($"{Queue}/0000-0000", token, ("Act", "poster"), ("reference", page[^9..])); // another's mark: the address says which
        Assert.Contains(Gone, agent.Words, StringComparison.Ordinal);
        Assert.Equal(2, (await site.Adherent<IAdherentPostalCopies>(Nir.Parse(person.Nir)).Waiting()).Count);
        await agent.Open(page);
        await agent.Send(("Act", "imprimer"));
        await agent.Open(page);
        await agent.Send(("Act", "poster"));
    }

    [Fact]
    public async Task Signed_out_nothing_is_shown_or_done()
    {
        using var visitor = site.NewBrowser();
        var (person, caisse) = await WantsPaper(visitor);
        foreach (var path in (string[])[Queue, $"{Queue}?caisse={caisse.Slug}", $"{Queue}/7k3m-9qrt"])
        {
            await visitor.Open(path);
            Assert.Equal("/assistance/connexion", visitor.Path);
        }
        var (marie, agent) = await NewAgent();
        using var _ = agent;
        await agent.Open($"{Queue}?caisse={caisse.Slug}");
        await agent.Send();
        await marie.Account.Remove(new("console:test", "agent remove"));
        await agent.Send(("Act", "imprimer"));
        Assert.Equal("/assistance/connexion", agent.Path);
        Assert.All(await site.Adherent<IAdherentPostalCopies>(Nir.Parse(person.Nir)).Waiting(), copy => Assert.Null(copy.Preparation!.PrintedAt));
    }

    [Fact]
    public async Task Whoever_wants_mail_is_told_by_mail_and_nothing_is_printed()
    {
        using var visitor = site.NewBrowser();
        var person = await visitor.OpenSpace(site, site.NextCardHolder());
        await visitor.Fill("/espace-prive/attestations");
        var mail = await site.Mails.To(person.Email, "Un document vous attend dans votre espace privé");
        Assert.DoesNotContain(visitor.Page.QuerySelector("main .list .code")!.TextContent, mail.Text, StringComparison.Ordinal);
        await visitor.Fill("/complement-inscription/departement", ("Department", Other(person)));
        await site.Mails.To(person.Email, "Votre demande d’inscription est enregistrée");
        Assert.Empty(await site.Adherent<IAdherentPostalCopies>(Nir.Parse(person.Nir)).Waiting());
        await visitor.Open("/espace-prive/documents");
        Assert.DoesNotContain("Copie papier", visitor.Words, StringComparison.Ordinal);
        await visitor.Open("/mon-compte/reception");
        Assert.Contains("Ce choix vaut pour ce que vous demanderez à partir de maintenant.", visitor.Words, StringComparison.Ordinal);
        Assert.Contains("ne sont jamais imprimés", visitor.Words, StringComparison.Ordinal);
    }

    /// <summary>Somebody chooses paper, makes a certificate and asks for a department.</summary>
    private async Task<(Person Person, Caisse Caisse)> WantsPaper(Browser visitor)
    {
        var person = await visitor.OpenSpace(site, site.NextCardHolder());
        await visitor.Fill("/mon-compte/reception", ("Documents", "paper"), ("News", "email"));
        await visitor.Fill("/espace-prive/attestations");
        await visitor.Fill("/complement-inscription/departement", ("Department", Other(person)));
        Assert.Equal(2, (await site.Adherent<IAdherentPostalCopies>(Nir.Parse(person.Nir)).Waiting()).Count);
        foreach (var mail in await site.Get<IGrainFactory>().GetGrain<IPostalQueue>(0).Caisses())
        {
            if (CaisseDirectory.Caisse(mail.Caisse) is { } caisse && caisse.Departments.Intersect(person.Departments).Any())
                return (person, caisse);
        }
        throw new InvalidOperationException("Nobody prints his letters.");
    }

    private static string Other(Person person) => CaisseDirectory.Departments.First(department => !person.Departments.Contains(department.Code)).Code;

    private async Task<(SiteAgent Agent, Browser Browser)> NewAgent()
    {
        var (agent, browser) = (await SiteAgent.New(site), site.NewBrowser());
        await agent.Begin(browser);
        return (agent, browser);
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
