using Microsoft.Extensions.DependencyInjection;
using MsaOrleans.Grains.Interfaces.Space;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Testing;
using MsaOrleans.Web.Hosting;

namespace MsaOrleans.Web.Tests.Pages;

/// <summary>A machine that breaks under a visitor's hands.</summary>
public sealed class BrokenMachineTests
{
    [Fact]
    public async Task A_broken_registry_gets_a_calm_page_and_costs_neither_an_attempt_nor_an_answer()
    {
        using var data = new TempFolder();
        var address = $"http://127.0.0.1:{FreePort.Next()}";
        var registry = new BreakableRegistry();
        await using var site = MsaSite.Build(
            ["--urls", address, "--environment", "Production", "--Data:Directory", data.Path, "--Logging:LogLevel:Default=None"],
            builder => builder.Services.AddSingleton<IInsuredPersonRegistry>(registry));
        await site.StartAsync(TestContext.Current.CancellationToken);
        using var browser = new Browser(address);
        await browser.SignUpToVerification(Person.LamyFritz);
        await browser.Send(("HealthInsured", "no"));

        registry.IsBroken = true;
        for (var i = 0; i < 4; i++)
        {
            await browser.Open("/inscription/verification/paiement");
            await browser.Send(("PaymentAmount", "22,50"));
            Assert.Equal(503, browser.Status); // it may be back soon, and what was typed is kept
            Assert.Contains("09 69 36 37 03", browser.Words, StringComparison.Ordinal);
            Assert.DoesNotContain("Exception", browser.Page.Source.Text, StringComparison.Ordinal);
        }
        registry.IsBroken = false;
        await browser.Open("/inscription");
        Assert.Equal("/inscription/verification/paiement", browser.Path);
        await browser.Send(("PaymentAmount", "22,51"));
        Assert.Contains("Il vous reste 2 essais", browser.ErrorOn("PaymentAmount"), StringComparison.Ordinal);
    }

    private sealed class BreakableRegistry : IInsuredPersonRegistry
    {
        public bool IsBroken { get; set; }

        public Task<InsuredPerson?> Find(Guid adherent) => IsBroken ? throw new IOException("The registry does not answer.") : Task.FromResult<InsuredPerson?>(null);

        public Task<IReadOnlyList<Payment>> Payments(Guid adherent) => Task.FromResult<IReadOnlyList<Payment>>([]);
    }
}
