using System.Net;
using Microsoft.IdentityModel.JsonWebTokens;
using MsaOrleans.Silo.FranceConnect;
using MsaOrleans.Testing;

namespace MsaOrleans.Web.Tests.FranceConnect;

/// <summary>A change of keys while people sign in.</summary>
public sealed class ProviderKeysTests(RotatingSite site) : IClassFixture<RotatingSite>
{
    [Fact]
    public async Task A_new_key_is_made_known_before_it_signs_and_what_the_old_one_has_signed_stays_good()
    {
        using var visit = new Visit(site);
        var adherent = site.NewAdherent();
        var before = await visit.Tokens(adherent, Visit.Request());
        Assert.True(site.Get<SigningKeyTable>().Add(1));
        await Waiting.For(async () => await Known(visit) is { Count: 2 } known ? known : null, () => "the new key to be made known");
        Assert.Equal(new JsonWebToken(before.IdToken).Kid, new JsonWebToken((await visit.Tokens(adherent, Visit.Request())).IdToken).Kid);

        var code = (await visit.SignIn(adherent, Visit.Request()))["code"];
        await site.Settle();
        var after = await visit.Tokens(adherent, Visit.Request());
        Assert.NotEqual(new JsonWebToken(before.IdToken).Kid, new JsonWebToken(after.IdToken).Kid);
        Assert.Equal(HttpStatusCode.OK, (await visit.UserInfo(after.AccessToken)).Status);
        Assert.Contains(new JsonWebToken(before.IdToken).Kid, await Known(visit));
        Assert.NotEqual(HttpStatusCode.OK, (await visit.Redeem(code)).Status); // a quarter of an hour has passed
    }

    private static async Task<List<string>> Known(Visit visit) =>
        [.. (await visit.Json("/.well-known/jwks")).GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("kid").GetString()!)];
}
