using System.Net;
using System.Net.Http.Headers;
using AngleSharp.Html.Parser;
using MsaOrleans.Testing;

namespace MsaOrleans.Web.Tests.Limits;

/// <summary>What becomes of a form that a limit refuses: its text is kept for sending it again, its files and passwords are not.</summary>
public sealed class RefusedFormsTests(LimitedSite site) : IClassFixture<LimitedSite>
{
    [Fact]
    public async Task A_form_that_came_too_soon_keeps_what_was_typed_and_is_accepted_when_it_is_sent_again()
    {
        using var visitor = site.NewVisitor();
        await visitor.Open("/mot-de-passe/oublie");
        foreach (var _ in Enumerable.Range(0, LimitedSite.Forms))
            await visitor.Post("/mot-de-passe/oublie");
        var person = site.NextPerson();
        await visitor.Open("/mot-de-passe/oublie");
        await visitor.Send(("Identifier", person.Nir), ("Email", person.Email));

        Assert.Equal(429, visitor.Status);
        Assert.Contains("Ce que vous avez écrit est gardé. Attendez 10 minutes, puis appuyez sur Réessayer.", visitor.Words, StringComparison.Ordinal);
        Assert.Equal(person.Email, visitor.ValueOf("Email"));
        site.Pass(TimeSpan.FromMinutes(10));
        await visitor.Send();
        Assert.Equal((200, "/mot-de-passe/oublie/envoi"), (visitor.Status, visitor.Path));
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(12_000_000)] // more than other forms may hold
    public async Task Of_a_form_with_large_files_the_text_is_kept_and_the_files_are_asked_for_again(int bytes)
    {
        var client = site.NextClient();
        using var http = await Exhausted(client, "/espace-prive/contact");
        using var form = new MultipartFormDataContent { { new StringContent("Bonjour, voici ma facture à 15 h."), "Message" } };
        form.Add(new ByteArrayContent(new byte[bytes]), "Files", "facture.pdf");
        form.Add(NoFile());
        form.Add(new StringContent("le jeton"), "__RequestVerificationToken");

        using var answer = await http.PostAsync("/espace-prive/contact", form, TestContext.Current.CancellationToken);

        var page = await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal(
            [("Message", "Bonjour, voici ma facture à 15 h."), ("__RequestVerificationToken", "le jeton"), ("Files", "facture.pdf")],
            page.QuerySelectorAll("main input[type=hidden]").Select(field => (field.GetAttribute("name")!, field.GetAttribute("value")!)));
        Assert.Contains("Ce que vous avez écrit est gardé, mais pas vos fichiers", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Large_files_sent_to_a_page_that_takes_none_are_not_read()
    {
        using var http = await Exhausted(site.NextClient());
        using var form = new MultipartFormDataContent { { new StringContent("Bonjour"), "Message" }, { new ByteArrayContent(new byte[12_000_000]), "Files", "facture.pdf" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mot-de-passe/oublie") { Content = form, Headers = { ExpectContinue = true } };

        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Contains("Ce que vous avez envoyé n'a pas pu être gardé ici.", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=b")]
    public async Task Of_a_form_with_too_much_text_the_page_says_that_it_is_lost(string type)
    {
        var client = site.NextClient();
        using var http = await Exhausted(client);
        var text = new string('a', 70_000);
        using var form = new StringContent(type[0] == 'a' ? $"Message={text}" : $"--b\r\nContent-Disposition: form-data; name=Message\r\n\r\n{text}\r\n--b--\r\n");
        form.Headers.ContentType = MediaTypeHeaderValue.Parse(type);

        using var answer = await http.PostAsync("/mot-de-passe/oublie", form, TestContext.Current.CancellationToken);

        var page = await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Empty(page.QuerySelectorAll("main input[type=hidden]"));
        Assert.Contains("Ce que vous avez envoyé n'a pas pu être gardé ici.", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Rien n'est perdu", page.Body.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=")]
    [InlineData("multipart/form-data; boundary=bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb")]
    [InlineData("multipart/form-data; boundary=c")]
    public async Task A_form_that_is_none_is_refused_like_any_other(string type)
    {
        using var http = await Exhausted(site.NextClient());
        using var form = new StringContent("--b\r\nContent-Disposition: form-data; name=Message\r\n\r\nBonjour\r\n--b--\r\n");
        form.Headers.Remove("Content-Type");
        form.Headers.TryAddWithoutValidation("Content-Type", type);
        using var answer = await http.PostAsync("/mot-de-passe/oublie", form, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
    }

    [Fact]
    public async Task A_password_is_not_written_into_the_page()
    {
        using var visitor = site.NewVisitor();
        foreach (var _ in Enumerable.Range(0, LimitedSite.SignIns))
            await visitor.Post("/connexion");
        await visitor.Post("/connexion", ("Identifier", Person.LamyFritz.Nir), ("Password", "Montagne-Verte-9"));

        Assert.Equal(429, visitor.Status);
        Assert.DoesNotContain("Montagne-Verte-9", visitor.Page.Source.Text, StringComparison.Ordinal);
        Assert.Contains("Par sécurité votre mot de passe n'est pas gardé", visitor.Words, StringComparison.Ordinal);
    }

    // As browsers send a field for a file in which none was chosen.
    private static ByteArrayContent NoFile() => new([]) { Headers = { ContentDisposition = ContentDispositionHeaderValue.Parse("form-data; name=\"Files\"; filename=\"\"") } };

    private async Task<HttpClient> Exhausted(string client, string path = "/mot-de-passe/oublie")
    {
        var http = new HttpClient { BaseAddress = new Uri(site.Address), DefaultRequestHeaders = { { "X-Forwarded-For", client } } };
        foreach (var _ in Enumerable.Range(0, LimitedSite.Forms))
            (await http.PostAsync(path, null, TestContext.Current.CancellationToken)).Dispose();
        return http;
    }
}
