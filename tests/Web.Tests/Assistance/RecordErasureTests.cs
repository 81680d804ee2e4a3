using Hangfire;
using MsaOrleans.Grains.Interfaces.Agents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Testing;
using MsaOrleans.Web.Assistance;

namespace MsaOrleans.Web.Tests.Assistance;

/// <summary>The end of what the record of the hotline keeps, on a site whose record begins with something old.</summary>
public sealed class RecordErasureTests(RealSite site) : IClassFixture<RealSite>
{
    private const string Path = "/assistance/journal";

    [Fact]
    public async Task By_night_what_is_older_than_five_years_goes_and_a_supervisor_reads_that_it_did()
    {
        var trail = site.Get<IAuditTrail>();
        var adherent = Guid.NewGuid();
        await trail.Append(new(TimeProvider.System.GetUtcNow().AddYears(-6), AuditedAct.Looked, new("marc", "Il ne reçoit rien"), adherent));
        await trail.Append(new(TimeProvider.System.GetUtcNow(), AuditedAct.Looked, new("marc", "Il ne reçoit rien"), adherent));

        site.Get<IRecurringJobManager>().Trigger("audit-erasure");

        await Waiting.For(async () => (await trail.About(adherent, 9)).Count == 1 ? "gone" : null, () => "the old entry to go");
        using var browser = site.NewBrowser();
        await (await SiteAgent.New(site, AgentRole.Supervisor)).Begin(browser);
        await browser.Fill(Path, ("Act", nameof(AuditedAct.ErasedOld)), ("Reason", "Contrôle"));
        Assert.Equal(
            ["Silo", "Lignes de plus de cinq ans effacées", "jusqu’à la ligne 1"],
            new[] { "Agent", "Acte", "Détail" }.Select(label => Assert.Single(browser.Page.QuerySelectorAll($"tbody td[data-label='{label}']")).TextContent.Trim()));
    }

    [Theory]
    [InlineData("17:0f3c0f3c0f3c0f3c0f3c0f3c0f3c0f3c", "jusqu’à la ligne 17")]
    [InlineData("17:0f3c0f3c0f3c0f3c0f3c0f3c0f3c0f3c Entry 5 was removed: the record goes on after it.", "jusqu’à la ligne 17 ; l’une au moins n’était plus intacte")]
    [InlineData(null, null)] // it cannot be opened
    public void What_was_erased_is_told_by_its_last_line(string? detail, string? told) =>
        Assert.Equal(told, RecordTexts.DetailOf(new(20, DateTimeOffset.UnixEpoch, AuditedAct.ErasedOld, new(AgentAct.Silo, ""), null, detail, detail is not null)));
}

/// <summary>Without the agents of the demonstration, whose making is on record from the beginning.</summary>
public sealed class RealSite() : Site(["--Demo:Enabled=false"], population: 1);
