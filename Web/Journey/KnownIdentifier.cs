using MsaOrleans.Grains.Interfaces.Adherents;

namespace MsaOrleans.Web.Journey;

/// <summary>
/// The NIR that the sign-in page fills in for a visitor who comes from the sign-up. It travels in a cookie, encrypted, never in an address; and
/// not for long: the next person at this computer must not find it.
/// </summary>
public sealed class KnownIdentifier(ProtectedCookie<KnownIdentifier.Value> cookie)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    public Nir? Recall(HttpContext context) => cookie.Read(context) is { } known && Nir.TryParse(known.Nir, out var nir) == NirFault.None ? nir : null;

    public void Remember(HttpContext context, Nir nir) => cookie.Write(context, new(nir.Value));

    public void Forget(HttpContext context) => cookie.Delete(context);

    /// <summary>What the cookie holds.</summary>
    public sealed record Value(string Nir);
}
