using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using MsaOrleans.Web.Resilience;

namespace MsaOrleans.Web.Visitors;

/// <summary>How much stands around a page.</summary>
public static class Frame
{
    /// <summary>Address of the choice of a caisse.</summary>
    public const string RegionPath = "/changer-de-region";

    /// <summary>
    /// Whether the page is somebody's own business, a journey or his space, or holds what he typed: profiles, search and regions would only lead away from it.
    /// </summary>
    /// <param name="page">What answers.</param>
    /// <param name="context">The request.</param>
    public static bool IsQuiet(ActionDescriptor page, HttpContext context) =>
        context.Features.Get<InterruptedRequest>() is not null || page.FilterDescriptors.Any(descriptor => descriptor.Filter is QuietFrameAttribute);

    /// <summary>The address of the page that is drawn, to come back to.</summary>
    public static string ReturnAddress(HttpContext context) => context.Features.Get<IStatusCodeReExecuteFeature>() is { } asked
        ? $"{new PathString(asked.OriginalPath)}{asked.OriginalQueryString}" // an error page: what it stands for
        : context.Response.StatusCode == StatusCodes.Status400BadRequest ? $"{context.Request.Path}" // what was refused is neither repeated nor shown
        : $"{context.Request.Path}{context.Request.QueryString}";

    /// <summary>
    /// What <see cref="ReturnAddress"/> has given a visitor to come back with, if it is one of ours as we write them: anybody can write a link, and what is not ASCII cannot stand
    /// in the header of a redirection.
    /// </summary>
    public static string? WayBack(IUrlHelper url, string? address) => url.IsLocalUrl(address) && address.All(character => character is > ' ' and <= '~') ? address : null;

    /// <summary>The link to <em>Changer de région</em>, and back; on that page the page itself.</summary>
    public static string RegionAddress(HttpContext context) => context.Request.Path == RegionPath
        ? ReturnAddress(context)
        : $"{RegionPath}?Return={Uri.EscapeDataString(ReturnAddress(context))}";
}
