using System.IO.Compression;
using System.Text.Json;
using MsaOrleans.Testing;

namespace MsaOrleans.Web.Tests;

/// <summary>What tests of the private space begin with.</summary>
internal static class SiteJourneys
{
    /// <summary>Somebody new signs up and opens his private space.</summary>
    public static Task<Person> OpenSpace(this Browser browser, Site site) => browser.OpenSpace(site, site.NextPerson());

    /// <summary>This person signs up and opens his private space.</summary>
    public static async Task<Person> OpenSpace(this Browser browser, Site site, Person person)
    {
        await browser.SignUp(person);
        await browser.FirstConnection(person, (await site.Mails.To(person.Email)).ProvisionalPassword);
        Assert.Equal("/espace-prive", browser.Path);
        return person;
    }

    /// <summary>Opens a page and sends its form.</summary>
    public static async Task Fill(this Browser browser, string path, params (string Field, string Value)[] fields)
    {
        await browser.Open(path);
        Assert.Equal(path, browser.Path);
        await browser.Send(fields);
    }

    /// <summary>Says that the password is forgotten.</summary>
    public static Task Forget(this Browser browser, string identifier, string email) =>
        browser.Fill("/mot-de-passe/oublie", ("Identifier", identifier), ("Email", email));

    /// <summary>Whether a copy of a session cookie opens anything.</summary>
    public static async Task<bool> IsWorthSomething(this Site site, string? cookie)
    {
        using var thief = site.NewBrowser();
        thief.Cookies.Set("msa-session", cookie!);
        await thief.Open("/mon-compte");
        Assert.Contains(thief.Path, (string[])["/mon-compte", "/connexion"]);
        return thief.Path == "/mon-compte";
    }

    /// <summary>Downloads all that is kept.</summary>
    public static async Task<JsonElement> PersonalData(this Browser browser, string password)
    {
        await browser.Fill("/mon-compte/mes-donnees", ("CurrentPassword", password));
        Assert.Equal(200, browser.Status);
        using var zip = new ZipArchive(new MemoryStream(await browser.Response.Content.ReadAsByteArrayAsync()));
        await using var file = await zip.GetEntry("mes-donnees.json")!.OpenAsync();
        return (await JsonDocument.ParseAsync(file)).RootElement;
    }

    /// <summary>How many letters of a kind somebody was owed, in all.</summary>
    public static async Task<int> LettersOfKind(this Browser browser, string kind, string password = Journeys.GoodPassword) =>
        (await browser.PersonalData(password)).GetProperty("letters").EnumerateArray().Count(letter => letter.GetProperty("kind").GetString() == kind);
}
