using System.IO.Compression;
using System.Text;
using System.Text.Json;
using AngleSharp.Dom;
using MsaOrleans.Testing;
using static MsaOrleans.Web.Tests.Pages.AccountPages;

namespace MsaOrleans.Web.Tests.Pages;

/// <summary>All that is kept of an adherent, for him to take away.</summary>
public sealed class AccountDataTests(Site site)
{
    [Fact]
    public async Task His_data_come_as_a_page_and_as_JSON_without_a_single_secret()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        var provisional = (await site.Mails.To(person.Email)).ProvisionalPassword;
        var session = browser.Cookies["msa-session"]!;
        await browser.Fill(Address, ("AddressLine", "14 rue des Vignes"), ("PostalCode", "68240"), ("City", "Été-sur-<Mer>"));
        await browser.AskForAddress(site, "nouvelle." + person.Email);

        await browser.Fill(Data, ("CurrentPassword", ""));
        Assert.Contains("Saisissez votre mot de passe", browser.ErrorOn("CurrentPassword"), StringComparison.Ordinal);
        await browser.Send(("CurrentPassword", "Mauvais-Mot-1"));
        Assert.Equal((400, Data), (browser.Status, browser.Path));
        Assert.Contains("n’est pas le vôtre", browser.ErrorOn("CurrentPassword"), StringComparison.Ordinal);
        await browser.Send(("CurrentPassword", Journeys.GoodPassword));
        Assert.Equal(200, browser.Status);
        Assert.Equal("application/zip", browser.Response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("mes-donnees-msa.zip", browser.Response.Content.Headers.ContentDisposition!.FileName);

        using var zip = new ZipArchive(new MemoryStream(await browser.Response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)));
        Assert.Equal(["mes-donnees.html", "mes-donnees.json"], zip.Entries.Select(entry => entry.FullName));
        var files = zip.Entries.ToDictionary(entry => entry.Name, Text);
        var data = JsonDocument.Parse(files["mes-donnees.json"]).RootElement;
        Assert.Equal(person.Nir, data.GetProperty("nir").GetString());
        Assert.Equal(person.BirthDate.ToString("yyyy-MM-dd", null), data.GetProperty("birthDate").GetString());
        Assert.Equal(person.Email, data.GetProperty("contact").GetProperty("card").GetProperty("email").GetString());
        Assert.Equal("+33612345678", data.GetProperty("contact").GetProperty("card").GetProperty("mobilePhone").GetString());
        Assert.Equal("nouvelle." + person.Email, data.GetProperty("contact").GetProperty("pendingEmail").GetString());
        Assert.Equal("Été-sur-<Mer>", data.GetProperty("contact").GetProperty("addressChanges")[0].GetProperty("address").GetProperty("city").GetString());
        Assert.Equal(person.Departments.Order(StringComparer.Ordinal), data.GetProperty("enrolments").GetProperty("active").EnumerateArray().Select(e => e.GetProperty("department").GetString()!));
        Assert.Equal("provisionalPassword", data.GetProperty("sessions").GetProperty("signIns")[0].GetProperty("means").GetString());
        Assert.True(data.GetProperty("verifications")[0].GetProperty("matched").GetBoolean());
        Assert.Contains(data.GetProperty("letters").EnumerateArray(), letter => letter.GetProperty("kind").GetString() == "ProvisionalPassword");
        Assert.Equal(person.RecentAmounts.Order(), data.GetProperty("payments").EnumerateArray()
            .Select(p => p.GetProperty("amount").GetDecimal().ToString("0.00", null).Replace('.', ',')).Intersect(person.RecentAmounts).Order());
        Assert.Equal(person.FamilyName, data.GetProperty("registry").GetProperty("birthName").GetString());

        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(files["mes-donnees.html"]);
        Assert.Equal("fr", page.DocumentElement.GetAttribute("lang"));
        Assert.Contains("Été-sur-<Mer>", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains(person.Email, page.Body.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("script, mer"));

        foreach (var text in files.Values)
        {
            foreach (var secret in (string[])[Journeys.GoodPassword, provisional, session, "argon2", "Mauvais-Mot-1"])
                Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase);
        }
        Assert.DoesNotContain(Names(data), name => ((string[])["hash", "salt", "token", "secret", "ticket", "code", "key"]).Any(word =>
            name.Equals(word, StringComparison.OrdinalIgnoreCase) || name.EndsWith(word, StringComparison.OrdinalIgnoreCase) && !name.EndsWith("placeCode", StringComparison.OrdinalIgnoreCase)
            && !name.EndsWith("countryCode", StringComparison.OrdinalIgnoreCase) && !name.EndsWith("postalCode", StringComparison.OrdinalIgnoreCase)));
        Assert.DoesNotContain(Texts(data), text => text.Length >= 40 && Convert.TryFromBase64String(text, new byte[text.Length], out _)); // the shape of every hash that is kept

        static string Text(ZipArchiveEntry entry)
        {
            using var reader = new StreamReader(entry.Open(), Encoding.UTF8);
            return reader.ReadToEnd();
        }
    }

    private static IEnumerable<string> Names(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Names(p.Value).Prepend(p.Name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Names),
        _ => [],
    };

    private static IEnumerable<string> Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Texts(p.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
        JsonValueKind.String => [element.GetString()!],
        _ => [],
    };
}
