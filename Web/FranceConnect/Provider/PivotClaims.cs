using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.FranceConnect;

namespace MsaOrleans.Web.FranceConnect.Provider;

/// <summary>What is told of an adherent, by the scopes that were asked for, in the names of FranceConnect's <em>identité pivot</em>.</summary>
public static class PivotClaims
{
    private static readonly Dictionary<string, Func<PivotIdentity, string?>> values = new()
    {
        ["given_name"] = identity => identity.GivenNames,
        ["family_name"] = identity => identity.FamilyName,
        ["birthdate"] = identity => identity.BirthDate.ToString(),
        ["gender"] = identity => identity.Sex switch
        {
            Sex.Male => "male",
            Sex.Female => "female",
        },
        ["birthplace"] = identity => identity.BirthPlace,
        ["birthcountry"] = identity => identity.BirthCountry,
        ["preferred_username"] = identity => identity.PreferredUsername,
        ["email"] = identity => identity.Email?.Value,
    };

    private static readonly Dictionary<string, string[]> ofScopes = new()
    {
        ["profile"] = ["given_name", "family_name", "birthdate", "gender", "preferred_username"],
        ["birth"] = ["birthplace", "birthcountry"],
        ["identite_pivot"] = ["given_name", "family_name", "birthdate", "gender", "birthplace", "birthcountry"],
    };

    /// <summary>Those that may be asked for; others are passed over.</summary>
    public static IReadOnlyList<string> Scopes { get; } = ["openid", .. ofScopes.Keys, .. values.Keys];

    /// <summary>All that is ever told.</summary>
    public static IReadOnlyList<string> Names { get; } = ["sub", .. values.Keys];

    /// <summary>What is told; what he has not is left out.</summary>
    public static Dictionary<string, object> Of(string subject, PivotIdentity identity, IEnumerable<string> scopes)
    {
        var told = new Dictionary<string, object> { ["sub"] = subject };
        foreach (var name in scopes.SelectMany(scope => ofScopes.GetValueOrDefault(scope, [scope])))
        {
            if (values.TryGetValue(name, out var value) && value(identity) is { } text)
                told[name] = text;
        }
        return told;
    }
}
