using System.Runtime.CompilerServices;
using MsaOrleans.Grains.Interfaces;

namespace MsaOrleans.Architecture.Tests;

/// <summary>Made-up rules that offend, each in one way, and one that does not.</summary>
internal static class ImpureRules
{
    [GenerateSerializer, Alias("msa.tests.with-attribute")]
    internal sealed class WithAttribute;

    internal sealed class WithAttributeOnMember
    {
        [Id(0)]
        public int Value { get; init; }
    }

    internal sealed class WithField
    {
        public List<IGrainFactory[]> Factories { get; } = [];
    }

    internal sealed class WithParameter
    {
        public static void Take(IGrainFactory? factory) => RuntimeHelpers.GetHashCode(factory);
    }

    internal sealed class WithReturn
    {
        public static GrainId? Give() => null;
    }

    internal sealed class WithBase : Grain;

    internal sealed class WithFacet
    {
        public IAdherentFacet? Facet { get; init; }
    }

    internal sealed record Pure(Grains.Interfaces.Adherents.Nir Nir, IReadOnlyList<Grains.Interfaces.Adherents.EmailAddress> Addresses);
}
