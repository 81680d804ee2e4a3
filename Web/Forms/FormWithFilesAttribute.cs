using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Filters;
using MsaOrleans.Grains.Interfaces.Sessions;

namespace MsaOrleans.Web.Forms;

/// <summary>
/// A page whose form takes files, of whoever is signed in: more than the forms of other pages may send, and read into memory, since the framework would put
/// what is longer than 64 KB on the disk, and nothing of an adherent is to lie there in clear.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class FormWithFilesAttribute : Attribute, IAuthorizationFilter
{
    /// <summary>Bytes of the whole form: more than it may have, so that files somewhat too large get their sentence, and what was written stays. The proxy knows this number too.</summary>
    public const int MaxBody = 20 * 1024 * 1024;

    private static readonly FormOptions options = new() { MemoryBufferThreshold = MaxBody, MultipartBodyLengthLimit = MaxBody };

    public void OnAuthorization(AuthorizationFilterContext context)
    {
        var features = context.HttpContext.Features;
        if (features.Get<SessionStatus>() is null)
            return;
        Admit(context.HttpContext);
        if (features.Get<IFormFeature>() is not { Form: not null })
            features.Set<IFormFeature>(new FormFeature(context.HttpContext.Request, options));
    }

    /// <summary>Whether a page takes files.</summary>
    internal static bool IsOn(Endpoint? page) => page?.Metadata.GetMetadata<FormWithFilesAttribute>() is not null;

    /// <summary>Lets a request be as long as such a form may be; without effect once its body is being read.</summary>
    internal static void Admit(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MaxBody;
    }
}
