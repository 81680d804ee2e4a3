using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;
using MsaOrleans.Testing;

namespace MsaOrleans.Web.Tests.FranceConnect;

/// <summary>Somebody as FranceConnect tells who he is.</summary>
internal static class Pivot
{
    /// <summary>The claims of somebody whom the caisses know. His subject is the same at each visit.</summary>
    public static JsonObject Of(Person person) => new()
    {
        ["sub"] = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(person.Nir))) + "v1",
        ["given_name"] = person.GivenNames,
        ["family_name"] = person.FamilyName,
        ["birthdate"] = person.BirthDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["gender"] = person.Sex == "M" ? "male" : "female",
        ["birthplace"] = person.BirthCountry == "99100" ? person.BirthPlace : "",
        ["birthcountry"] = person.BirthCountry,
        ["email"] = person.Email,
    };

    /// <summary>The same, with another claim, or without one.</summary>
    public static JsonObject With(this JsonObject claims, string name, JsonNode? value)
    {
        if (value is null)
            claims.Remove(name);
        else
            claims[name] = value;
        return claims;
    }

    /// <summary>The account by which a browser is known at <see cref="OtherProvider"/>.</summary>
    public static void IsAtFranceConnect(this Browser browser, JsonObject claims) => browser.Cookies.Set("account", Base64UrlEncoder.Encode(claims.ToJsonString()));
}
