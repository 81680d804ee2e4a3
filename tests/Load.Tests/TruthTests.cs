using System.Net;
using MsaOrleans.Testing;

namespace MsaOrleans.Load.Tests;

public sealed class TruthTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whose_password_opens_nothing_is_lost_and_whose_does_is_not(bool opens)
    {
        await using var site = await StubSite.Start();
        site.Then(200, StubSite.Page);
        if (opens)
            site.Then(302, "", ("Location", "/espace-prive"));
        else
            site.Then(400, StubSite.Page);
        var smtp = new IPEndPoint(IPAddress.Loopback, FreePort.Next());
        await using var post = await Postbox.Open(smtp);
        var (accounts, account) = (new Accounts(), new Account(Person.LamyFritz));
        var password = account.ChoosePassword();
        account.PasswordAccepted();
        accounts.Acknowledge(account);

        var truth = await new Truth(new() { Site = site.Address, Adherents = "", Payments = "", Smtp = smtp }, accounts, post).Check(Stop);

        Assert.Equal(1, truth.Acknowledged);
        Assert.Equal(opens ? 0 : 1, truth.Lost.Count);
        Assert.Contains(site.Asked, asked => asked.Contains($"Password={password}", StringComparison.Ordinal));
    }
}
