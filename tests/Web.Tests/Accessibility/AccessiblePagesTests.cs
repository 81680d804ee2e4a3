using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using MsaOrleans.Testing;

namespace MsaOrleans.Web.Tests.Accessibility;

/// <summary>What RGAA and the conventions of forms ask of the pages as they are sent; what they ask of them on a screen is in the tests in a real browser.</summary>
public sealed partial class AccessiblePagesTests(VisitedPages visited) : IClassFixture<VisitedPages>
{
    // Type, purpose as browsers know it (RGAA 11.13), keyboard of a telephone. A NIR brings up no digits: those of Corsica have a letter.
    private static readonly Dictionary<string, (string Type, string? Autocomplete, string? InputMode)> ofVisitors = new()
    {
        ["Profile"] = ("radio", null, null),
        ["Nir"] = ("text", "off", null),
        ["FamilyName"] = ("text", "family-name", null),
        ["GivenName"] = ("text", "given-name", null),
        ["BirthDay"] = ("text", "bday-day", "numeric"),
        ["BirthMonth"] = ("text", "bday-month", "numeric"),
        ["BirthYear"] = ("text", "bday-year", "numeric"),
        ["Email"] = ("email", "email", null),
        ["MobilePhone"] = ("tel", "tel", null),
        ["LandlinePhone"] = ("tel", "home tel", null),
        ["Fax"] = ("tel", "fax tel", null),
        ["HealthInsured"] = ("radio", null, null),
        ["CardKind"] = ("radio", null, null),
        ["CardSerial"] = ("text", "off", "numeric"),
        ["PaymentAmount"] = ("text", "off", "decimal"),
        ["AcceptTerms"] = ("checkbox", null, null),
        ["Identifier"] = ("text", "username", null),
        ["Password"] = ("password", "current-password", null),
        ["CurrentPassword"] = ("password", "current-password", null),
        ["NewPassword"] = ("password", "new-password", null),
        ["ConfirmPassword"] = ("password", "new-password", null),
        ["AddressLine"] = ("text", "address-line1", null) /* street-address is for several lines */,
        ["PostalCode"] = ("text", "postal-code", "numeric"),
        ["City"] = ("text", "address-level2", null),
        ["Documents"] = ("radio", null, null),
        ["News"] = ("radio", null, null),
        ["Confirm"] = ("checkbox", null, null),
        ["Code"] = ("text", "one-time-code", null),
        ["Topic"] = ("select", null, null),
        ["Message"] = ("textarea", null, null),
        ["Files"] = ("file", null, null),
        ["Size"] = ("radio", null, null),
        ["q"] = ("search", "off", null),
        ["annee"] = ("select", null, null),
        ["nature"] = ("select", null, null),
        ["FromDay"] = ("text", null, "numeric"),
        ["FromMonth"] = ("text", null, "numeric"),
        ["FromYear"] = ("text", null, "numeric"),
        ["ToDay"] = ("text", null, "numeric"),
        ["ToMonth"] = ("text", null, "numeric"),
        ["ToYear"] = ("text", null, "numeric"),
    };

    // An agent types what is somebody else's: his browser must neither propose nor remember it.
    private static readonly Dictionary<string, (string Type, string? Autocomplete, string? InputMode)> ofAgents = new()
    {
        ["Login"] = ("text", "username", null),
        ["Password"] = ("password", "current-password", null),
        ["CurrentPassword"] = ("password", "current-password", null),
        ["NewPassword"] = ("password", "new-password", null),
        ["ConfirmPassword"] = ("password", "new-password", null),
        ["Code"] = ("text", "one-time-code", "numeric"),
        ["Reason"] = ("text", "off", null),
        ["CallReference"] = ("text", "off", null),
        ["Nir"] = ("text", "off", null),
        ["Email"] = ("text", "off", "email"),
        ["NewEmail"] = ("text", "off", "email"),
        ["FamilyName"] = ("text", "off", null),
        ["GivenName"] = ("text", "off", null),
        ["BirthDay"] = ("text", "off", "numeric"),
        ["BirthMonth"] = ("text", "off", "numeric"),
        ["BirthYear"] = ("text", "off", "numeric"),
        ["PhoneChecked"] = ("checkbox", null, null),
        ["Text"] = ("textarea", null, null),
        ["Agent"] = ("text", "off", null),
        ["Act"] = ("select", null, null),
        ["From"] = ("date", null, null),
        ["To"] = ("date", null, null),
    };

    [Fact]
    public void Every_page_makes_sense_without_style_and_without_script() =>
        None(visited.All.SelectMany(page => PageReading.Faults(page.Html, page.Page).Select(fault => $"{page}: {fault}")));

    [Fact]
    public void Every_field_says_what_may_be_filled_in_and_with_which_keys()
    {
        var fields = visited.All.SelectMany(page => FieldsOf(page.Page), (page, field) => (Page: page, Field: field)).ToList();
        None(fields
            .Select(f => (f.Page, Name: f.Field.GetAttribute("name")!, Is: (Kind(f.Field), f.Field.GetAttribute("autocomplete") ?? (IsChosen(f.Field) ? null : f.Field.Closest("form")!.GetAttribute("autocomplete")), f.Field.GetAttribute("inputmode"))))
            .Where(f => f.Name != "Department" && (!(f.Page.IsOfHotline ? ofAgents : ofVisitors).TryGetValue(f.Name, out var wanted) || wanted != f.Is))
            .Select(f => $"{f.Page.Path} {f.Name} {f.Is}"));

        // A number where a region is asked for, a list where a request is made.
        Assert.Equal(["select", "text off"], fields.Where(f => f.Field.GetAttribute("name") == "Department").Select(f => $"{Kind(f.Field)} {f.Field.GetAttribute("autocomplete")}".Trim()).Distinct().Order());
    }

    [Fact]
    public void Every_field_of_every_page_was_seen()
    {
        var seen = visited.All.SelectMany(page => FieldsOf(page.Page), (page, field) => (page.IsOfHotline, field.GetAttribute("name")!)).ToHashSet();
        var written =
            from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "Web", "Pages"), "*.cshtml", SearchOption.AllDirectories)
            from Match field in Written().Matches(File.ReadAllText(file))
            select (file.Contains($"{Path.DirectorySeparatorChar}Assistance{Path.DirectorySeparatorChar}", StringComparison.Ordinal), field.Groups[1].Value);
        None(written.Where(field => !seen.Contains(field)).Select(field => field.Item2));
    }

    [Fact]
    public void Every_refusal_is_told_in_the_title_first_and_beside_the_field()
    {
        var refused = visited.All.Where(page => page.Status == 400).ToList();
        Assert.True(refused.Count > 25, $"Only {refused.Count} were seen.");
        foreach (var (page, document) in refused.Select(page => (page, page.Page)))
        {
            Assert.True(document.Title!.StartsWith("Erreur : ", StringComparison.Ordinal), $"{page}: {document.Title}");
            var summary = document.QuerySelector("main")!.FirstElementChild!;
            Assert.True(summary is { ClassName: "error-summary" } && summary.HasAttribute("data-focus") && summary.GetAttribute("tabindex") == "-1", $"{page}: {summary.OuterHtml}");
            foreach (var link in summary.QuerySelectorAll("a"))
            {
                var field = document.GetElementById(link.GetAttribute("href")![1..]);
                Assert.True(field?.LocalName is "input" or "select" or "textarea", $"{page}: {link.OuterHtml}");
                var group = field!.GetAttribute("type") == "radio" ? field.Closest("fieldset")! : field;
                Assert.True(group.GetAttribute("aria-invalid") == "true", $"{page}: {group.OuterHtml}");
                Assert.Contains(link.TextContent, string.Concat(group.GetAttribute("aria-describedby")!.Split(' ').Select(id => document.GetElementById(id)!.TextContent)), StringComparison.Ordinal);
            }
        }
        Assert.All(visited.All.Except(refused), page => Assert.False(page.Page.Title!.StartsWith("Erreur :", StringComparison.Ordinal), $"{page}: {page.Page.Title}"));
    }

    // All of them in the message, and whole.
    private static void None(IEnumerable<string> faults) => Assert.True(!faults.Any(), string.Join('\n', faults.Distinct()));

    private static IEnumerable<IElement> FieldsOf(IHtmlDocument page) => page.QuerySelectorAll("main :is(input:not([type=hidden]), select, textarea)");

    private static string Kind(IElement field) => field is IHtmlInputElement input ? input.Type : field.LocalName;

    private static bool IsChosen(IElement field) => Kind(field) is not ("text" or "email" or "tel" or "password");

    [GeneratedRegex("<msa-(?:input|select|textarea|checkbox|radios|date)\\b[^>]*?\\bfor(?:-day)?=\"(\\w+)\"")]
    private static partial Regex Written();
}
