namespace MsaOrleans.Web.Journey;

/// <summary>
/// A visitor who has just shown a provisional password that had expired: for a few minutes he may have another sent to the same address. Nobody else
/// is told that there is an account.
/// </summary>
public sealed class ExpiredPasswordVisit(ProtectedCookie<ExpiredPasswordVisit.Value> cookie)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    public Guid? Recall(HttpContext context) => cookie.Read(context)?.Adherent;

    public void Remember(HttpContext context, Guid adherent) => cookie.Write(context, new(adherent));

    public void Forget(HttpContext context) => cookie.Delete(context);

    /// <summary>What the cookie holds.</summary>
    public sealed record Value(Guid Adherent);
}
