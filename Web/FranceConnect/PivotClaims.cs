using System.Text.Json;
using System.Text.RegularExpressions;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.FranceConnect;

namespace MsaOrleans.Web.FranceConnect;

/// <summary>
/// The <em>identité pivot</em> in the claims by which FranceConnect and its providers pass it on (arrêté du 8 novembre 2018): what the MSA tells of its adherents, and
/// how strictly it reads what it is told, which is as strictly as FranceConnect itself does.
/// </summary>
public static partial class PivotClaims
{
    private const string Subject = "sub";
    private const string GivenNames = "given_name";
    private const string FamilyName = "family_name";
    private const string BirthDate = "birthdate";
    private const string Gender = "gender";
    private const string BirthPlace = "birthplace";
    private const string BirthCountry = "birthcountry";
    private const string UsedName = "preferred_username";
    private const string Email = "email";

    private const string Male = "male";
    private const string Female = "female";

    private const int LongestSubject = 255;
    private const int LongestName = 256;

    private static readonly Dictionary<string, Func<PivotIdentity, string?>> values = new()
    {
        [GivenNames] = identity => identity.GivenNames,
        [FamilyName] = identity => identity.FamilyName,
        [BirthDate] = identity => identity.BirthDate.ToString(),
        [Gender] = identity => identity.Sex switch
        {
            Sex.Male => Male,
            Sex.Female => Female,
        },
        [BirthPlace] = identity => identity.BirthPlace,
        [BirthCountry] = identity => identity.BirthCountry,
        [UsedName] = identity => identity.PreferredUsername,
        [Email] = identity => identity.Email?.Value,
    };

    private static readonly Dictionary<string, string[]> ofScopes = new()
    {
        ["profile"] = [GivenNames, FamilyName, BirthDate, Gender, UsedName],
        ["birth"] = [BirthPlace, BirthCountry],
        ["identite_pivot"] = [GivenNames, FamilyName, BirthDate, Gender, BirthPlace, BirthCountry],
    };

    /// <summary>Those that may be asked for; others are passed over.</summary>
    public static IReadOnlyList<string> Scopes { get; } = ["openid", .. ofScopes.Keys, .. values.Keys];

    /// <summary>Those by which one asks for all that is needed to know somebody again, and to reach him.</summary>
    public static IReadOnlyList<string> ScopesOfAll { get; } = ["openid", "identite_pivot", Email, UsedName];

    /// <summary>All that is ever told.</summary>
    public static IReadOnlyList<string> Names { get; } = [Subject, .. values.Keys];

    /// <summary>What is told of somebody, by the scopes that were asked for; what he has not is left out.</summary>
    public static Dictionary<string, object> Of(string subject, PivotIdentity identity, IEnumerable<string> scopes)
    {
        var told = new Dictionary<string, object> { [Subject] = subject };
        foreach (var name in NamesOf(scopes))
        {
            if (values[name](identity) is { } text)
                told[name] = text;
        }
        return told;
    }

    /// <summary>The claims of some scopes, the subject aside; scopes that are not known are passed over.</summary>
    public static IEnumerable<string> NamesOf(IEnumerable<string> scopes) => scopes.SelectMany(scope => ofScopes.GetValueOrDefault(scope, [scope])).Where(values.ContainsKey).Distinct();

    /// <param name="claims">A JSON object.</param>
    /// <param name="faults">The names of the claims that are missing or cannot be used, never what they hold.</param>
    /// <returns>Nothing when there is any fault.</returns>
    public static FranceConnectUser? Read(JsonElement claims, out IReadOnlyList<string> faults)
    {
        var found = new List<string>();
        var subject = Claim(Subject, text => text is { Length: > 0 and <= LongestSubject } && text.All(c => c is > ' ' and <= '~'));
        var familyName = Claim(FamilyName, IsName);
        var givenNames = Claim(GivenNames, IsName);
        var birthDate = default(CivilDate);
        Claim(BirthDate, text => CivilDate.TryParse(text, out birthDate));
        var gender = Claim(Gender, text => text is Male or Female);
        var country = Claim(BirthCountry, text => text is not null && Country().IsMatch(text));
        // The code of a commune is that of one in France; who was born elsewhere has none.
        var place = Claim(BirthPlace, text => country == PivotIdentity.France ? text is not null && Commune().IsMatch(text) : text is null or "");
        var usedName = Claim(UsedName, text => text is null or "" || IsName(text));
        EmailAddress? email = null;
        Claim(Email, text => EmailAddress.TryParse(text, out email));
        faults = found;
        return found.Count > 0
            ? null
            : new(subject!, new(familyName!, givenNames!, birthDate, gender == Male ? Sex.Male : Sex.Female, place ?? "", country!, usedName is "" ? null : usedName, email));

        string? Claim(string name, Predicate<string?> isGood)
        {
            var isThere = claims.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null;
            var text = isThere && value.ValueKind is JsonValueKind.String ? Text(value) : null;
            if ((isThere && text is null) || !isGood(text))
                found.Add(name);
            return text;
        }
    }

    // Nothing for what escapes half a character: it is well-formed JSON, and no text.
    private static string? Text(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static bool IsName(string? text) => text is { Length: <= LongestName } && !string.IsNullOrWhiteSpace(text) && !text.Any(char.IsControl);

    [GeneratedRegex("^(?:2[AB]|[0-9]{2})[0-9]{3}\\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Commune();

    [GeneratedRegex("^99[0-9]{3}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Country();
}
