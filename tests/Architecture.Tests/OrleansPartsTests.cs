using System.Reflection;

namespace MsaOrleans.Architecture.Tests;

/// <summary>Two projects do without Orleans' generator and name the parts of the application themselves (Directory.Build.targets).</summary>
public sealed class OrleansPartsTests
{
    [Theory]
    [InlineData("Silo")]
    [InlineData("Web")]
    public void A_project_without_the_generator_has_nothing_for_it_to_generate(string project) =>
        Assert.DoesNotContain(
            Assembly.Load(project).GetTypes(),
            type => type.IsDefined(typeof(GenerateSerializerAttribute)) || typeof(IAddressable).IsAssignableFrom(type) || typeof(Grain).IsAssignableFrom(type));

    [Theory]
    [InlineData("Silo")]
    [InlineData("Web")]
    public void What_a_silo_loads_by_itself_is_what_it_needs(string project) =>
        Assert.Equal(["Grains", "Orleans.Persistence.AdoNet"], Assembly.Load(project).GetCustomAttributes<ApplicationPartAttribute>().Select(part => part.AssemblyName).Order());
}
