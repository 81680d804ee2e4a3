using System.Security.Cryptography;
using MsaOrleans.Grains.Interfaces.FranceConnect;

namespace MsaOrleans.Web.Demo.StandIn;

/// <summary>What stands in for FranceConnect on the site of a demonstration: where it is, whom it knows, and whom anybody may be there.</summary>
/// <param name="Address">Its own, which ends without a slash.</param>
/// <param name="Site">That of the MSA's site, as it is typed.</param>
/// <param name="People">Whom anybody may be, without any proof.</param>
public sealed record StandInSettings(string Address, string Site, IReadOnlyList<StandInPerson> People)
{
    /// <summary>The MSA's site, which lets in whom it names.</summary>
    public StandInClient Msa { get; } = new("msa-espace-prive", "Mon espace privé de la MSA", $"{Site}/connexion/franceconnect/retour", $"{Site}/deconnexion/retour", IsMsa: true);

    /// <summary>Some other site, which lets in whom it names, too.</summary>
    public StandInClient PublicService { get; } =
        new("service-public-fictif", "Service public fictif", Address + StandInPaths.PublicServiceReturn, Address + StandInPaths.PublicServiceSignedOut, IsMsa: false);

    /// <summary>By which the MSA, its provider, knows it.</summary>
    public string SecretAtMsa { get; } = NewSecret();

    /// <summary>The third site.</summary>
    public string PublicServiceAddress => Address + StandInPaths.PublicService;

    public string Issuer => Address + StandInPaths.Root;

    /// <summary>One of the two; nothing when it is neither.</summary>
    public StandInClient? Client(string? id) => new[] { Msa, PublicService }.FirstOrDefault(client => client.Id == id);

    public override string ToString() => Address;

    internal static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
}

/// <summary>A site that asks who somebody is. Its secret is new at each start.</summary>
/// <param name="Id">Its <c>client_id</c>.</param>
/// <param name="Name">As visitors read it.</param>
/// <param name="RedirectUri">Where it is answered.</param>
/// <param name="PostLogoutRedirectUri">Where it is told of the end of a session.</param>
/// <param name="IsMsa">It is the MSA's: FranceConnect does not show her own accounts to her.</param>
public sealed record StandInClient(string Id, string Name, string RedirectUri, string PostLogoutRedirectUri, bool IsMsa)
{
    public string Secret { get; } = StandInSettings.NewSecret();

    public override string ToString() => Id;
}

/// <summary>Somebody whom anybody may be.</summary>
/// <param name="Identity">Who he is.</param>
/// <param name="IsKnown">The caisses know him.</param>
public sealed record StandInPerson(PivotIdentity Identity, bool IsKnown);

/// <summary>Its addresses; those of the protocol are as at FranceConnect v2.</summary>
public static class StandInPaths
{
    public const string Root = "/api/v2";
    public const string Authorize = Root + "/authorize";
    public const string Token = Root + "/token";
    public const string UserInfo = Root + "/userinfo";
    public const string EndSession = Root + "/session/end";
    public const string Keys = Root + "/jwks";
    public const string Configuration = Root + "/.well-known/openid-configuration";

    /// <summary>Back from the MSA, with an answer.</summary>
    public const string MsaReturn = Root + "/oidc-callback";

    /// <summary>Back from the MSA, signed out.</summary>
    public const string MsaSignedOut = Root + "/client/logout-callback";

    /// <summary>On to the MSA.</summary>
    public const string Msa = "/msa";

    /// <summary>Where one chooses who to be.</summary>
    public const string Choice = "/choix";

    public const string PublicService = "/service-public-fictif";
    public const string PublicServiceSignIn = PublicService + "/connexion";
    public const string PublicServiceReturn = PublicService + "/retour";
    public const string PublicServiceSignedOut = PublicService + "/deconnexion";
}
