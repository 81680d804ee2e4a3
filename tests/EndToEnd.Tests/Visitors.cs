using MsaOrleans.Testing;

namespace MsaOrleans.EndToEnd.Tests;

/// <summary>What a visitor must see of machines that are away.</summary>
internal static class Visitors
{
    /// <summary>The page that says "later", when, and that holds all the details of a person as he typed them.</summary>
    public static void IsToldLaterWith(this Browser browser, Person person)
    {
        browser.IsToldLater();
        Assert.All(Journeys.DetailsOf(person), field => Assert.Equal(field.Value, browser.ValueOf(field.Field)));
    }

    /// <summary>The page that says "later", and when.</summary>
    public static void IsToldLater(this Browser browser)
    {
        Assert.Equal(503, browser.Status);
        Assert.NotNull(browser.Response.Headers.RetryAfter);
        Assert.Contains("momentanément indisponible", browser.Heading, StringComparison.Ordinal);
    }
}
