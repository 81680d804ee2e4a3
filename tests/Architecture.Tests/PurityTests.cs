using System.Reflection;

namespace MsaOrleans.Architecture.Tests;

/// <summary>The rules know nothing of Orleans: no field, parameter, return or attribute of theirs is of one of its types.</summary>
public sealed class PurityTests
{
    private const string Rules = "MsaOrleans.Grains.Domain";

    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    [Fact]
    public void The_rules_know_nothing_of_Orleans()
    {
        var rules = Assembly.Load("Grains").GetTypes()
            .Where(type => type.Namespace is { } ns && (ns == Rules || ns.StartsWith(Rules + ".", StringComparison.Ordinal)))
            .ToList();

        Assert.True(rules.Count > 10, "The rules are not where they are looked for.");
        Assert.Empty(rules.SelectMany(ImpuritiesOf));
    }

    [Theory]
    [InlineData(typeof(ImpureRules.WithAttribute), "GenerateSerializerAttribute")]
    [InlineData(typeof(ImpureRules.WithAttributeOnMember), "IdAttribute")]
    [InlineData(typeof(ImpureRules.WithField), "IGrainFactory")]
    [InlineData(typeof(ImpureRules.WithParameter), "IGrainFactory")]
    [InlineData(typeof(ImpureRules.WithReturn), "GrainId")]
    [InlineData(typeof(ImpureRules.WithBase), "Grain")]
    [InlineData(typeof(ImpureRules.WithFacet), "IAdherentFacet")]
    public void An_impure_rule_is_found_out(Type rule, string used) => Assert.Contains(ImpuritiesOf(rule), impurity => impurity.EndsWith(used, StringComparison.Ordinal));

    [Fact]
    public void Values_that_travel_are_no_impurity() => Assert.Empty(ImpuritiesOf(typeof(ImpureRules.Pure)));

    private static IEnumerable<string> ImpuritiesOf(Type rule) =>
        UsedBy(rule).SelectMany(Parts).Where(IsOfOrleans).Distinct().Select(used => $"{rule.Name} uses {used.Name}");

    private static IEnumerable<Type> UsedBy(Type rule)
    {
        var members = rule.GetMembers(Declared);
        var methods = members.OfType<MethodBase>().ToList();
        var attributed = new ICustomAttributeProvider[] { rule }.Concat(members).Concat(methods.SelectMany(m => m.GetParameters()));
        return
        [
            .. rule.BaseType is { } parent ? [parent] : Type.EmptyTypes,
            .. rule.GetInterfaces(),
            .. members.OfType<FieldInfo>().Select(f => f.FieldType),
            .. methods.SelectMany(m => m.GetParameters()).Select(p => p.ParameterType),
            .. methods.OfType<MethodInfo>().Select(m => m.ReturnType),
            .. methods.Where(m => m.GetMethodBody() is not null).SelectMany(m => m.GetMethodBody()!.LocalVariables).Select(v => v.LocalType),
            .. attributed.SelectMany(a => a.GetCustomAttributes(inherit: false)).Select(a => a.GetType()),
        ];
    }

    private static IEnumerable<Type> Parts(Type type) => type switch
    {
        { HasElementType: true } => Parts(type.GetElementType()!),
        { IsGenericType: true } => type.GetGenericArguments().SelectMany(Parts).Prepend(type),
        _ => [type],
    };

    // A facet is Orleans' although it is ours: it is a reference to a grain.
    private static bool IsOfOrleans(Type type) =>
        type.Assembly.GetName().Name is { } name && name.StartsWith("Orleans", StringComparison.Ordinal)
        || typeof(IAddressable).IsAssignableFrom(type);
}
