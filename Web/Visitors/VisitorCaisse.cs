using Microsoft.AspNetCore.Authentication.Cookies;
using MsaOrleans.Grains.Interfaces.Caisses;

namespace MsaOrleans.Web.Visitors;

/// <summary>
/// The caisse whose site a visitor reads: the one he chose on <em>Changer de région</em>, which his browser remembers, else the MSA d'Alsace. It says nothing of
/// where he is a member, and is the same whether he is signed in or not.
/// </summary>
public sealed class VisitorCaisse(ICookieManager cookies)
{
    /// <summary>Name of the cookie. It holds a slug, and no secret: what is none of the 35 counts for nothing.</summary>
    public const string Cookie = "msa-caisse";

    private static readonly Caisse usual = CaisseDirectory.Caisse("alsace")!;

    public Caisse Of(HttpContext context) =>
        cookies.GetRequestCookie(context, Cookie) is { } slug && CaisseDirectory.Caisse(slug) is { } chosen ? chosen : usual;

    public void Choose(HttpContext context, Caisse caisse) => cookies.Prefer(context, Cookie, caisse.Slug);
}
