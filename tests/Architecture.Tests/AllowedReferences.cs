using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MsaOrleans.Architecture.Tests;

/// <summary>What each project may know of the others and of the world (DESIGN, section 4).</summary>
/// <param name="Projects">Projects of ours.</param>
/// <param name="Packages">Which packages, and so which foreign assemblies.</param>
internal sealed record AllowedReferences(IReadOnlyList<string> Projects, Func<string, bool> Packages)
{
    public static IReadOnlyDictionary<string, AllowedReferences> ByProject { get; } = new Dictionary<string, AllowedReferences>
    {
        ["Grains.Interfaces"] = new([], IsOrleans),
        ["Grains"] = new(["Grains.Interfaces"], IsOrleans),
        ["Silo"] = new(["Grains"], _ => true),
        ["Web"] = new(["Grains.Interfaces", "Silo"], _ => true),
    };

    /// <summary>What a project file says that it may not.</summary>
    public IEnumerable<string> OffencesIn(XDocument project) =>
        from reference in project.Descendants()
        where reference.Name.LocalName is "ProjectReference" or "PackageReference" or "FrameworkReference" or "Reference"
        let name = (string?)reference.Attribute("Include") ?? (string?)reference.Attribute("Update") ?? ""
        let allowed = reference.Name.LocalName == "ProjectReference"
            ? Projects.Contains(Path.GetFileNameWithoutExtension(name.Replace('\\', '/')))
            : Packages(name)
        where !allowed
        select $"{reference.Name.LocalName} {name}";

    /// <summary>What a compiled assembly uses that it may not: the compiler writes down every assembly of which it used a type.</summary>
    public IEnumerable<string> OffencesIn(Assembly assembly, IReadOnlyList<string> throughThem) => OffencesIn(
        assembly.GetReferencedAssemblies().Select(a => a.Name!), throughThem);

    public IEnumerable<string> OffencesIn(IEnumerable<string> assemblies, IReadOnlyList<string> throughThem) => assemblies
        .Where(name => ByProject.ContainsKey(name)
            ? !Projects.Contains(name) && !throughThem.Contains(name)
            : !IsOfTheRuntime(name) && !Packages(name))
        .Select(name => $"uses {name}");

    private static bool IsOrleans(string name) => Regex.IsMatch(name, @"^(Microsoft\.)?Orleans(\.|$)");

    private static bool IsOfTheRuntime(string name) =>
        name is "netstandard" or "mscorlib" || Regex.IsMatch(name, @"^(System|Microsoft\.Extensions|Microsoft\.CSharp)(\.|$)");
}
