using System.Reflection;
using System.Xml.Linq;
using MsaOrleans.Testing;

namespace MsaOrleans.Architecture.Tests;

public sealed class ReferencesTests
{
    public static TheoryData<string> Projects => [.. AllowedReferences.ByProject.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_file_references_only_what_it_may(string project) =>
        Assert.Empty(AllowedReferences.ByProject[project].OffencesIn(XDocument.Parse(Sources.Read($"{project}/{project}.csproj"))));

    [Theory]
    [InlineData("Grains.Interfaces")]
    [InlineData("Grains")]
    [InlineData("Silo")]
    [InlineData("Web")]
    public void An_assembly_uses_only_what_it_may(string project)
    {
        // A project sees what its own references see: the silo speaks the interfaces of the grains it hosts.
        IReadOnlyList<string> throughThem = project is "Silo" ? ["Grains.Interfaces"] : [];

        Assert.Empty(AllowedReferences.ByProject[project].OffencesIn(Assembly.Load(project), throughThem));
    }

    [Fact]
    public void Every_project_that_ships_has_a_rule() => Assert.Equal(
        AllowedReferences.ByProject.Keys.Order(StringComparer.Ordinal),
        Directory.EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .Where(path => !path.StartsWith("tests/", StringComparison.Ordinal))
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("Grains.Interfaces", """<ProjectReference Include="../Grains/Grains.csproj" />""")]
    [InlineData("Grains.Interfaces", """<PackageReference Include="CsvHelper" />""")]
    [InlineData("Grains.Interfaces", """<FrameworkReference Include="Microsoft.AspNetCore.App" />""")]
    [InlineData("Grains", """<ProjectReference Include="..\Silo\Silo.csproj" />""")]
    [InlineData("Grains", """<PackageReference Include="Hangfire.NetCore" />""")]
    [InlineData("Grains", """<PackageReference Include="OrleansLookalike" />""")]
    [InlineData("Silo", """<ProjectReference Include="../Web/Web.csproj" />""")]
    [InlineData("Silo", """<ProjectReference Include="../Grains.Interfaces/Grains.Interfaces.csproj" />""")]
    [InlineData("Web", """<ProjectReference Include="../Grains/Grains.csproj" />""")]
    public void An_offending_project_file_is_found_out(string project, string reference) =>
        Assert.Single(AllowedReferences.ByProject[project].OffencesIn(XDocument.Parse($"<Project><ItemGroup>{reference}</ItemGroup></Project>")));

    [Theory]
    [InlineData("Grains.Interfaces", "Grains")]
    [InlineData("Grains.Interfaces", "MimeKit")]
    [InlineData("Grains", "Silo")]
    [InlineData("Grains", "Hangfire.Core")]
    [InlineData("Grains", "Microsoft.AspNetCore.Http")]
    [InlineData("Silo", "Web")]
    [InlineData("Web", "Grains")]
    public void An_offending_assembly_is_found_out(string project, string used) =>
        Assert.Equal([$"uses {used}"], AllowedReferences.ByProject[project].OffencesIn(["System.Runtime", "Orleans.Core.Abstractions", used], []));
}
