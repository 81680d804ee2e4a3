using MsaOrleans.Testing;

namespace MsaOrleans.Web.Tests;

/// <summary>What tests of the private space begin with.</summary>
internal static class SiteJourneys
{
    /// <summary>Somebody new signs up and opens his private space.</summary>
    public static async Task<Person> OpenSpace(this Browser browser, Site site)
    {
        var person = site.NextPerson();
        await browser.SignUp(person);
        await browser.FirstConnection(person, (await site.Mails.To(person.Email)).ProvisionalPassword);
        Assert.Equal("/espace-prive", browser.Path);
        return person;
    }
}
