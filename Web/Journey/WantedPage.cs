namespace MsaOrleans.Web.Journey;

/// <summary>
/// The page of the private space, or of the hotline, that somebody asked for before he had signed in, from a link in a mail say: signing in leads there. A
/// cookie holds it, encrypted, so that no address can send anybody anywhere. Adherents and agents have one each.
/// </summary>
public sealed class WantedPage(ProtectedCookie<WantedPage.Value> cookie)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    public void Remember(HttpContext context) => cookie.Write(context, new(context.Request.Path));

    /// <summary>The page wanted, once.</summary>
    public string? Take(HttpContext context)
    {
        if (cookie.Read(context) is not { } wanted)
            return null;
        cookie.Delete(context);
        return wanted.Path;
    }

    /// <summary>What the cookie holds.</summary>
    public sealed record Value(string Path);
}
