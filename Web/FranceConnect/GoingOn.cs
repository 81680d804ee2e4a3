namespace MsaOrleans.Web.FranceConnect;

/// <summary>
/// A page that goes on by itself, after a form, to where a redirect may not lead: browsers let a form lead only where the page that holds it may, and hold to it
/// through all redirects that follow. The page has a link there as well.
/// </summary>
internal static class GoingOn
{
    /// <param name="response">The page.</param>
    /// <param name="address">Where it goes on, in ASCII as addresses are.</param>
    public static void GoOn(this HttpResponse response, string address) => response.Headers["Refresh"] = $"0; url={address}";
}
