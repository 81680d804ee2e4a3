using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using MsaOrleans.Web.Journey;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace MsaOrleans.Web.FranceConnect.Provider;

/// <summary>
/// That somebody has just given his password, for one request and for one answer. Who he is travels in a cookie, encrypted; that it is used once, even if the
/// cookie was copied, is kept among the tokens, where every web server sees it.
/// </summary>
public sealed class PasswordProof(ICookieManager cookies, IDataProtectionProvider protection, IOpenIddictTokenManager tokens, TimeProvider clock)
{
    private const string Type = "msa_password_proof";

    private static readonly TimeSpan lifetime = TimeSpan.FromMinutes(1);

    private readonly ProtectedCookie<Value> cookie = new("msa-franceconnect", lifetime, outlivesBrowser: false, protection, cookies);

    /// <summary>Remembers it for the next request.</summary>
    public async Task Give(HttpContext context, Guid adherent, Guid subject)
    {
        var now = clock.GetUtcNow();
        var entry = await tokens.CreateAsync(
            new OpenIddictTokenDescriptor { Type = Type, Status = Statuses.Valid, CreationDate = now, ExpirationDate = now + lifetime }, context.RequestAborted);
        cookie.Write(context, new((await tokens.GetIdAsync(entry, context.RequestAborted))!, adherent, subject, now, HashOf(context.Request.QueryString)));
    }

    /// <summary>Takes it away.</summary>
    /// <returns>Nothing when there is none, or it was given for another request, or is too old, or has been taken before.</returns>
    public async Task<Value?> Take(HttpContext context)
    {
        if (cookie.Read(context) is not { } proof)
            return null;
        cookie.Delete(context);
        return proof.Request == HashOf(context.Request.QueryString)
            && clock.GetUtcNow() - proof.At < lifetime
            && await tokens.FindByIdAsync(proof.Id, context.RequestAborted) is { } entry
            && await tokens.HasStatusAsync(entry, Statuses.Valid, context.RequestAborted)
            && await tokens.TryRedeemAsync(entry, context.RequestAborted)
                ? proof
                : null;
    }

    private static string HashOf(QueryString request) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(request.Value ?? "")));

    /// <summary>What the cookie holds.</summary>
    /// <param name="Id">Its entry among the tokens.</param>
    /// <param name="Adherent">Pseudonym of whose password it was.</param>
    /// <param name="Subject">By which others know him.</param>
    /// <param name="At">When he gave it.</param>
    /// <param name="Request">Hash of the request for which he did.</param>
    public sealed record Value(string Id, Guid Adherent, Guid Subject, DateTimeOffset At, string Request);
}
