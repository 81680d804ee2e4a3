using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Testing;

namespace MsaOrleans.Web.Tests.Assistance;

/// <summary>Calls, from the search to the act.</summary>
public sealed class HotlinePagesTests(Site site)
{
    private const string Reason = "Ne peut pas se connecter";

    [Fact]
    public async Task Somebody_is_found_by_number_by_address_and_by_name()
    {
        using var visitor = site.NewBrowser();
        var person = site.NextCardHolder();
        await visitor.SignUp(person);
        using var agent = await NewAgent();

        foreach (var by in ((string, string)[][])
        [
            [("Nir", person.Nir)],
            [("Email", $" {person.Email.ToUpperInvariant()} ")],
            [("FamilyName", person.FamilyName), ("GivenName", person.GivenName), ("BirthDay", person.BirthDay), ("BirthMonth", person.BirthMonth), ("BirthYear", person.BirthYear)],
        ])
        {
            await agent.Fill("/assistance", [("Reason", Reason), ("CallReference", "A-77"), .. by]);
            Assert.Equal((200, "/assistance", "Un dossier trouvé"), (agent.Status, agent.Path, agent.Page.QuerySelector("#results")!.TextContent));
            Assert.Contains("A un compte, connu des caisses", agent.Words, StringComparison.Ordinal);
            Assert.DoesNotContain(person.Nir, agent.Page.QuerySelector(".found")!.OuterHtml, StringComparison.Ordinal);
            await OpenFile(agent);
            Assert.Equal(person.DisplayName, agent.Heading);
            Assert.Contains("no-store", agent.Response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Nothing_found_says_what_to_check_and_what_would_have_found_somebody()
    {
        var person = site.NextPerson();
        using var agent = await NewAgent();
        await agent.Fill("/assistance", ("Reason", Reason), ("FamilyName", person.FamilyName), ("GivenName", "Zéphirin"), ("BirthDay", person.BirthDay), ("BirthMonth", person.BirthMonth), ("BirthYear", person.BirthYear));

        Assert.Equal("Aucun dossier trouvé", agent.Page.QuerySelector("#results")!.TextContent);
        Assert.Contains("Quelqu'un a ce nom et cette date de naissance avec un autre prénom", agent.Words, StringComparison.Ordinal);
        Assert.Contains("son nom de naissance, ou son nom d'usage", agent.Words, StringComparison.Ordinal);
        Assert.Equal("Zéphirin", agent.ValueOf("GivenName"));
    }

    [Fact]
    public async Task Without_a_reason_or_anything_to_search_by_the_form_comes_back()
    {
        using var agent = await NewAgent();
        await agent.Fill("/assistance", ("Reason", " "));
        Assert.Equal(400, agent.Status);
        Assert.StartsWith("Indiquez le motif de l’appel", agent.ErrorOn("Reason"), StringComparison.Ordinal);
        Assert.StartsWith("Donnez de quoi chercher", agent.ErrorOn("Nir"), StringComparison.Ordinal);

        foreach (var (field, value) in ((string, string)[])[("Nir", "12"), ("Email", "non"), ("BirthDay", "40"), ("FamilyName", new string('x', 300))])
        {
            await agent.Fill("/assistance", ("Reason", Reason), (field, value));
            Assert.Equal(400, agent.Status);
            Assert.NotNull(agent.ErrorOn(field));
            Assert.Equal(value, agent.ValueOf(field));
        }
    }

    [Fact]
    public async Task The_reason_is_typed_once_a_call()
    {
        using var agent = await NewAgent();
        await Search(agent, site.NextPerson());
        await agent.Open("/assistance");
        Assert.Equal((Reason, "A-77"), (agent.ValueOf("Reason"), agent.ValueOf("CallReference")));
        Assert.Contains(Reason, agent.Page.QuerySelector(".call")!.TextContent, StringComparison.Ordinal);

        await agent.Post("/assistance/appel", Token(agent));
        Assert.Contains("L'appel est terminé.", agent.Words, StringComparison.Ordinal);
        Assert.Equal("", agent.ValueOf("Reason"));
        Assert.Null(agent.Page.QuerySelector(".call"));
    }

    [Fact]
    public async Task A_locked_adherent_is_unlocked_finishes_and_both_sides_tell_it()
    {
        using var visitor = site.NewBrowser();
        var person = site.NextCardHolder();
        await Lock(visitor, person);
        using var agent = await NewAgent();
        await Search(agent, person);
        Assert.Contains("Inscription en cours", agent.Words, StringComparison.Ordinal);
        await OpenFile(agent);
        Assert.StartsWith("Vérification suspendue jusqu", Standing(agent), StringComparison.Ordinal);
        Assert.Contains("depuis moins d'une minute", Standing(agent), StringComparison.Ordinal);
        var file = agent.Path;

        await agent.Follow("Débloquer la vérification");
        Assert.Equal((200, "Débloquer la vérification", Reason), (agent.Status, agent.Heading, agent.ValueOf("Reason")));
        await agent.Send(("Reason", " "));
        Assert.Equal(400, agent.Status);
        Assert.StartsWith("Indiquez le motif", agent.ErrorOn("Reason"), StringComparison.Ordinal);
        await agent.Send(("Reason", Reason));
        Assert.Equal((200, file), (agent.Status, agent.Path));
        Assert.Contains("La vérification est débloquée : il peut recommencer tout de suite.", agent.Words, StringComparison.Ordinal);
        Assert.StartsWith("Inscription en cours", Standing(agent), StringComparison.Ordinal);

        // Pressed once more, from a page that is out of date.
        await agent.Open($"{file}/debloquer-verification");
        await agent.Send();
        Assert.Equal(400, agent.Status);
        Assert.Contains("La vérification n'est pas, ou n'est plus, suspendue. Rien n'a été modifié.", agent.Summary, StringComparison.Ordinal);

        await visitor.SignUp(person);
        await visitor.FirstConnection(person, (await site.Mails.To(person.Email)).ProvisionalPassword);
        await agent.Open(file);
        Assert.StartsWith("Espace privé ouvert", Standing(agent), StringComparison.Ordinal);
        var told = Timeline(agent);
        Assert.True(told.FindIndex(t => t.Contains("Conditions acceptées", StringComparison.Ordinal)) < told.FindIndex(t => t.Contains("a débloqué la vérification", StringComparison.Ordinal)));
        Assert.True(told.FindLastIndex(t => t.Contains("a débloqué la vérification", StringComparison.Ordinal)) < told.FindIndex(t => t.StartsWith("Vérification manquée (carte Vitale), suspension", StringComparison.Ordinal)));

        await visitor.Open("/mon-compte/assistance");
        Assert.Contains("a débloqué la vérification de votre identité", visitor.Words, StringComparison.Ordinal);
        Assert.Contains(Reason, visitor.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_masked_is_shown_once_when_asked_for()
    {
        using var visitor = site.NewBrowser();
        var person = site.NextCardHolder();
        await visitor.SignUp(person);
        using var agent = await NewAgent();
        await Search(agent, person);
        await OpenFile(agent);
        Assert.DoesNotContain(person.Email, agent.Page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.DoesNotContain(person.Nir[^6..], agent.Words.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);

        await agent.Send(("Show", "Email"));
        Assert.Equal((200, person.Email), (agent.Status, agent.Page.QuerySelector("[data-shown=Email]")?.TextContent));
        Assert.Contains(Timeline(agent), t => t.Contains("a affiché l'adresse email", StringComparison.Ordinal));
        await agent.Send(("Show", "Nir"));
        Assert.Contains(person.Nir[^6..], agent.Page.QuerySelector("[data-shown=Nir]")!.TextContent.Replace("\u00a0", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain(person.Email, agent.Page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        await agent.Send(("Show", "LandlinePhone"));
        Assert.Equal(400, agent.Status);
        await agent.Open(agent.Path);
        Assert.Null(agent.Page.QuerySelector("[data-shown]"));
    }

    [Fact]
    public async Task A_note_is_text_whatever_it_looks_like()
    {
        using var agent = await NewAgent();
        await agent.Fill("/assistance", ("Reason", "<i>Appel</i>"), ("Nir", site.NextPerson().Nir));
        await OpenFile(agent);
        await agent.Send(("Text", "<script>alert(1)</script> & <b>rappeler</b>"));
        Assert.Contains("La note est au dossier.", agent.Words, StringComparison.Ordinal);
        Assert.Equal("<script>alert(1)</script> & <b>rappeler</b>", agent.Page.QuerySelector(".note-text")!.TextContent);
        Assert.Empty(agent.Page.QuerySelectorAll("main script, main b, i"));

        await agent.Send(("Text", " "));
        Assert.Equal((400, "Écrivez la note."), (agent.Status, agent.ErrorOn("Text")));
        await agent.Send(("Text", new string('é', FileNote.MaxLength + 1)));
        Assert.Equal(400, agent.Status);
        Assert.StartsWith("Cette note est trop longue.", agent.ErrorOn("Text"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_is_corrected_after_the_check_on_the_telephone()
    {
        using var visitor = site.NewBrowser();
        var person = site.NextCardHolder();
        await visitor.SignUp(person);
        using var agent = await NewAgent();
        await Search(agent, person);
        await OpenFile(agent);
        await agent.Follow("Corriger l'adresse email");
        await agent.Send(("NewEmail", "pas une adresse"));
        Assert.Equal(400, agent.Status);
        Assert.NotNull(agent.ErrorOn("NewEmail"));
        Assert.StartsWith("Vérifiez d'abord au téléphone", agent.ErrorOn("PhoneChecked"), StringComparison.Ordinal);

        var right = $"juste.{Guid.NewGuid():N}@exemple.fr";
        await agent.Send(("NewEmail", right), ("PhoneChecked", "true"));
        Assert.Contains("La nouvelle adresse est notée", agent.Words, StringComparison.Ordinal);
        Assert.NotEmpty((await site.Mails.To(right)).ProvisionalPassword);
    }

    [Fact]
    public async Task A_department_code_is_hastened_then_cancelled()
    {
        using var visitor = site.NewBrowser();
        var person = await visitor.OpenSpace(site);
        var other = person.Departments.Contains("2A") ? "2B" : "2A";
        await visitor.Fill("/complement-inscription/departement", ("Department", other));
        using var agent = await NewAgent();
        await Search(agent, person);
        await OpenFile(agent);
        var file = agent.Path;
        foreach (var (act, said) in ((string, string)[])[("hater-departement", "Le code part à l'adresse du dossier."), ("annuler-departement", "La demande est annulée.")])
        {
            Assert.NotNull(agent.Page.QuerySelector($"main a[href$='/{act}/{other.ToLowerInvariant()}']"));
            await agent.Open($"{file}/{act}/{other}");
            await agent.Send();
            Assert.Equal((200, file), (agent.Status, agent.Path));
            Assert.Contains(said, agent.Words, StringComparison.Ordinal);
        }
        foreach (var nothing in (string[])["hater-departement", "annuler-departement/99", "autre-chose"])
        {
            await agent.Open($"{file}/{nothing}");
            Assert.Equal(404, agent.Status);
        }
    }

    [Fact]
    public async Task A_file_opens_to_the_agent_who_found_it_during_a_call_and_to_nobody_else()
    {
        using var agent = await NewAgent();
        await Search(agent, site.NextPerson());
        await OpenFile(agent);
        var file = agent.Path;

        using var other = await NewAgent();
        await Search(other, site.NextPerson());
        foreach (var path in (string[])[file, $"{file}/adresse", $"{file[..^2]}00", "/assistance/dossier/xyz"])
        {
            await other.Open(path);
            Assert.Equal("/assistance", other.Path);
            Assert.Contains("Ce dossier n’est plus ouvert pour vous", other.Words, StringComparison.Ordinal);
        }
        await other.Post($"{file}/fermer-sessions", Token(other), ("Reason", Reason));
        Assert.Equal("/assistance", other.Path);

        await agent.Post("/assistance/appel", Token(agent));
        await agent.Open(file);
        Assert.Equal("/assistance", agent.Path);
        Assert.Contains("Aucun appel n’est en cours.", agent.Words, StringComparison.Ordinal);

        using var adherent = site.NewBrowser();
        await adherent.OpenSpace(site);
        foreach (var path in (string[])[file, $"{file}/adresse", "/assistance/appel"])
        {
            await adherent.Open(path);
            Assert.Equal("/assistance/connexion", adherent.Path);
        }
    }

    [Fact]
    public async Task Whoever_searches_without_end_is_told_until_when()
    {
        using var agent = await NewAgent();
        var person = site.NextPerson();
        for (var i = 0; i <= 300 && agent.Status == 200; i++)
            await agent.Fill("/assistance", ("Reason", Reason), ("Nir", person.Nir));
        Assert.Equal(400, agent.Status);
        Assert.Contains("Vous avez fait trop de recherches. Vous pourrez chercher à nouveau à partir d", agent.Summary, StringComparison.Ordinal);
        Assert.Equal(person.Nir, agent.ValueOf("Nir"));
    }

    private async Task<Browser> NewAgent()
    {
        var browser = site.NewBrowser();
        await (await SiteAgent.New(site)).Begin(browser);
        return browser;
    }

    private static Task Search(Browser agent, Person person) => agent.Fill("/assistance", ("Reason", Reason), ("CallReference", "A-77"), ("Nir", person.Nir));

    private static Task OpenFile(Browser agent) => agent.Open(((IHtmlAnchorElement)agent.Page.QuerySelector(".found a")!).GetAttribute("href")!);

    private static (string, string) Token(Browser browser) => ("__RequestVerificationToken", browser.ValueOf("__RequestVerificationToken")!);

    private static string Standing(Browser agent) => agent.Page.QuerySelector("[data-standing]")!.TextContent.Replace('\u00a0', ' ');

    private static List<string> Timeline(Browser agent) => [.. agent.Page.QuerySelectorAll(".timeline-what").Select(e => e.TextContent)];

    private static async Task Lock(Browser visitor, Person person)
    {
        await visitor.SignUpToVerification(person);
        await visitor.Send(("HealthInsured", "yes"));
        for (var i = 0; i < 3; i++)
            await visitor.Send(("CardKind", "with-photo"), ("CardSerial", $"000000000{i}"));
        Assert.Equal("/inscription/bloquee", visitor.Path);
    }
}
