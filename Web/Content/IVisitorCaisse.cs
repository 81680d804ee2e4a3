using MsaOrleans.Grains.Interfaces.Caisses;

namespace MsaOrleans.Web.Content;

/// <summary>Whose site the visitor is on: that caisse's news are his.</summary>
public interface IVisitorCaisse
{
    Caisse Caisse { get; }
}

/// <summary>The caisse whose site this is, for everybody: that of Alsace.</summary>
internal sealed class DefaultCaisse : IVisitorCaisse
{
    public Caisse Caisse { get; } = CaisseDirectory.CaisseOf("67")!;
}
