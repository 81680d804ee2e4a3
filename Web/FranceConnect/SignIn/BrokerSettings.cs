namespace MsaOrleans.Web.FranceConnect.SignIn;

/// <summary>How FranceConnect is reached, and who the site is there (<c>FranceConnect:SignIn</c>).</summary>
/// <param name="Issuer">What its tokens say issued them, to the letter.</param>
/// <param name="Endpoints">Where its endpoints are; nothing: at <paramref name="MetadataAddress"/> it says so itself.</param>
/// <param name="MetadataAddress">Its <c>.well-known/openid-configuration</c>.</param>
/// <param name="ClientId">The site's name there.</param>
/// <param name="ClientSecret">And its secret.</param>
/// <param name="Acr">The least level of identification that will do.</param>
/// <param name="Timeout">How long each of its answers may take; FranceConnect itself waits 6 seconds for its providers.</param>
public sealed record BrokerSettings(
    string Issuer, BrokerEndpoints? Endpoints, string? MetadataAddress, string ClientId, string ClientSecret, EidasLevel Acr, TimeSpan Timeout)
{
    /// <summary>It shows itself without its secret.</summary>
    public override string ToString() => $"FranceConnect at {Issuer}";
}

/// <summary>The endpoints of OpenID Connect, as absolute addresses.</summary>
public sealed record BrokerEndpoints(string Authorization, string Token, string UserInfo, string EndSession, string Jwks);

/// <summary>How surely somebody was identified (eIDAS), as FranceConnect writes it in <c>acr</c>: <c>eidas1</c> low, <c>eidas2</c> substantial, <c>eidas3</c> high.</summary>
public enum EidasLevel
{
    Eidas1 = 1,
    Eidas2,
    Eidas3,
}

/// <summary>The three levels in writing.</summary>
internal static class EidasLevels
{
    public static string Name(this EidasLevel level) => $"eidas{(int)level}";

    /// <summary>Nothing when it is none of the three, written just so.</summary>
    public static EidasLevel? Read(string? text) => Enum.GetValues<EidasLevel>().Where(level => level.Name() == text).Select(level => (EidasLevel?)level).FirstOrDefault();
}
