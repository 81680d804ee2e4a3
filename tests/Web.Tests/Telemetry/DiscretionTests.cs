using System.Text;
using MsaOrleans.Testing;

namespace MsaOrleans.Web.Tests.Telemetry;

/// <summary>Whoever watches the site learns nothing about its visitors.</summary>
public sealed class DiscretionTests
{
    private const string WrongAmount = "777,70";
    private const string Sought = "ma-question-à-moi";
    private const string WrongPassword = "Mauvais-Secret-9";

    [Fact]
    public async Task A_whole_journey_leaves_nothing_personal_in_logs_traces_or_metrics()
    {
        var fritz = Person.LamyFritz with { Email = $"courrier.{Guid.NewGuid():N}@exemple.fr" };
        var newEmail = $"nouveau.{Guid.NewGuid():N}@exemple.fr";
        await using var collector = await Collector.Start();
        var site = new ObservedSite(collector);
        await site.InitializeAsync();
        using var browser = site.NewBrowser();

        await browser.SignUpToVerification(fritz);
        await browser.Send(("HealthInsured", "no"));
        await browser.Send(("PaymentAmount", WrongAmount));
        await browser.Send(("PaymentAmount", fritz.RecentAmounts[0]));
        await browser.Send();
        await browser.Send(("AcceptTerms", "true"));
        var provisional = (await site.Mails.To(fritz.Email)).ProvisionalPassword;
        await browser.SignIn(fritz.Nir, WrongPassword);
        await browser.FirstConnection(fritz, provisional);
        Assert.Equal("/espace-prive", browser.Path);
        await browser.Fill("/mon-compte/email", ("Email", newEmail), ("CurrentPassword", Journeys.GoodPassword));
        var link = (await site.Mails.To(newEmail)).Link.AbsolutePath;
        await browser.Fill(link);
        await browser.Fill("/complement-inscription/departement", ("Department", "13"));
        await browser.SignOut();
        await browser.Open($"/recherche?q={Sought}");
        await browser.Open($"/nulle-part/{fritz.Nir}?courriel={fritz.Email}");
        Assert.Equal(404, browser.Status);
        await site.DisposeAsync(); // what is still held back is exported

        string[] personal =
        [
            fritz.Nir, fritz.FamilyName, fritz.GivenName, fritz.Email, newEmail, "612345678", "06 12 34 56 78", fritz.RecentAmounts[0], "22.5", WrongAmount, "777.7",
            provisional, Journeys.GoodPassword, WrongPassword, link.Split('/')[^1], Sought,
        ];
        foreach (var (where, told) in new[] { ("log", site.Log), ("traces", collector.Traces), ("metrics", collector.Metrics) })
        {
            foreach (var secret in personal)
                Assert.False(told.Contains(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(secret)), StringComparison.OrdinalIgnoreCase), $"{secret} is in the {where}.");
        }
        // There was something to look at.
        Assert.Contains("ProvisionalPassword sent", site.Log, StringComparison.Ordinal);
        Assert.Contains("adresse-electronique/{token}", collector.Traces, StringComparison.Ordinal);
        Assert.Contains("send dispatch", collector.Traces, StringComparison.Ordinal);
        foreach (var metric in new[] { "msa.registrations.finished", "msa.dispatches", "msa.password_hashes.duration", "orleans-catalog-activations", "http.server.request.duration" })
            Assert.Contains(metric, collector.Metrics, StringComparison.Ordinal);
    }
}
