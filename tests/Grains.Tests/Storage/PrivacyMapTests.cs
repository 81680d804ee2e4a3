using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using MsaOrleans.Grains.Storage;
using MsaOrleans.Testing;

namespace MsaOrleans.Grains.Tests.Storage;

/// <summary>Nothing is kept of anybody that the map of personal data (<c>docs/privacy.md</c>) does not name.</summary>
public sealed partial class PrivacyMapTests
{
    private static readonly string document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "privacy.md"));

    [Fact]
    public void Every_property_of_a_row_is_on_the_map_and_the_map_names_no_other() => Assert.Equal(
        Records(AdherentStateJson.Default, typeof(AdherentState)).Concat(Records(AgentStateJson.Default, typeof(AgentState))).Distinct().Order(StringComparer.Ordinal),
        Mapped().Select(row => $"{row.Groups["record"].Value}: {string.Join(", ", Names().Matches(row.Groups["properties"].Value).Select(name => name.Groups[1].Value))}").Order(StringComparer.Ordinal));

    [Fact]
    public void Each_leads_to_a_line_of_the_map()
    {
        var lines = Lines().Matches(document).Select(line => line.Groups[1].Value).ToList();
        Assert.Equal(Enumerable.Range(1, lines.Count).Select(number => number.ToString(CultureInfo.InvariantCulture)), lines);
        Assert.All(Mapped().SelectMany(row => row.Groups["lines"].Value.Split(", ")), line => Assert.Contains(line, lines));
    }

    private static MatchCollection Mapped() => Rows().Matches(document);

    /// <summary>The records of which a row is made, each with its properties that are stored.</summary>
    private static IEnumerable<string> Records(JsonSerializerContext stored, Type row)
    {
        var (seen, found) = (new HashSet<Type>(), new Queue<Type>([row]));
        while (found.TryDequeue(out var type))
        {
            var info = stored.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type)!;
            if (!seen.Add(info.Type))
                continue;
            if (info.ElementType is { } element)
                found.Enqueue(element);
            if (info.Kind != JsonTypeInfoKind.Object)
                continue;
            var properties = info.Properties.Where(property => property.Get is not null && (property.Set ?? (object?)property.AssociatedParameter) is not null).ToList();
            foreach (var property in properties)
                found.Enqueue(property.PropertyType);
            yield return $"{info.Type.Name}: {string.Join(", ", properties.Select(property => property.Name))}";
        }
    }

    [GeneratedRegex(@"^\| `(?<record>\w+)` \| (?<properties>[^|]+) \| (?<lines>\d+(?:, \d+)*) \|$", RegexOptions.Multiline)]
    private static partial Regex Rows();

    [GeneratedRegex(@"^\| (\d+) \|", RegexOptions.Multiline)]
    private static partial Regex Lines();

    [GeneratedRegex(@"`(\w+)`")]
    private static partial Regex Names();
}
