using System.Text.Json;
using System.Text.RegularExpressions;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.FranceConnect;

namespace MsaOrleans.Web.FranceConnect.SignIn;

/// <summary>Reads the <em>identité pivot</em> from FranceConnect's claims, as strictly as its own broker reads those of identity providers (arrêté du 8 novembre 2018).</summary>
public static partial class PivotClaims
{
    private const int LongestSubject = 255;
    private const int LongestName = 256;

    /// <param name="claims">A JSON object.</param>
    /// <param name="faults">The names of the claims that are missing or cannot be used, never what they hold.</param>
    /// <returns>Nothing when there is any fault.</returns>
    public static FranceConnectUser? Read(JsonElement claims, out IReadOnlyList<string> faults)
    {
        var found = new List<string>();
        var subject = Claim("sub", text => text is { Length: > 0 and <= LongestSubject } && text.All(c => c is > ' ' and <= '~'));
        var familyName = Claim("family_name", IsName);
        var givenNames = Claim("given_name", IsName);
        var birthDate = default(CivilDate);
        Claim("birthdate", text => CivilDate.TryParse(text, out birthDate));
        var gender = Claim("gender", text => text is "male" or "female");
        var country = Claim("birthcountry", text => text is not null && Country().IsMatch(text));
        // The code of a commune is that of one in France; who was born elsewhere has none.
        var place = Claim("birthplace", text => country == PivotIdentity.France ? text is not null && Commune().IsMatch(text) : text is null or "");
        var usedName = Claim("preferred_username", text => text is null or "" || IsName(text));
        EmailAddress? email = null;
        Claim("email", text => EmailAddress.TryParse(text, out email));
        faults = found;
        return found.Count > 0
            ? null
            : new(subject!, new(familyName!, givenNames!, birthDate, gender == "male" ? Sex.Male : Sex.Female, place ?? "", country!, usedName is "" ? null : usedName, email));

        string? Claim(string name, Predicate<string?> isGood)
        {
            var isThere = claims.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null;
            var text = isThere && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
            if ((isThere && text is null) || !isGood(text))
                found.Add(name);
            return text;
        }
    }

    private static bool IsName(string? text) => text is { Length: <= LongestName } && !string.IsNullOrWhiteSpace(text) && !text.Any(char.IsControl);

    [GeneratedRegex("^(?:2[AB]|[0-9]{2})[0-9]{3}\\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Commune();

    [GeneratedRegex("^99[0-9]{3}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Country();
}
