using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace MsaOrleans.Web.Visitors;

/// <summary>How large a visitor wants the text, in percent of the size his browser has: a class of <c>html</c>, so that it is there before anything is drawn.</summary>
public sealed class TextSize(ICookieManager cookies)
{
    /// <summary>Name of the cookie. A page that the browser kept reads it when he comes back to it.</summary>
    public const string Cookie = "msa-taille";

    /// <summary>Percents on offer, the usual one first; <c>site.css</c> has a class for each of the others.</summary>
    public static ImmutableArray<int> Steps { get; } = [100, 120, 140, 170, 200];

    public int Of(HttpContext context) => Read(cookies.GetRequestCookie(context, Cookie)) ?? Steps[0];

    public void Choose(HttpContext context, int percent) =>
        cookies.Prefer(context, Cookie, percent.ToString(CultureInfo.InvariantCulture), readByScripts: true);

    /// <summary>One of the steps, or nothing.</summary>
    public static int? Read(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var percent) && Steps.Contains(percent) ? percent : null;

    /// <summary>The class of <c>html</c>; nothing at the usual size.</summary>
    public static string? ClassOf(int percent) => percent == Steps[0] ? null : $"text-{percent}";

    /// <summary>The next larger step; the largest stays.</summary>
    public static int Larger(int percent) => Steps[Math.Min(Steps.IndexOf(percent) + 1, Steps.Length - 1)];

    /// <summary>The next smaller step; the smallest stays.</summary>
    public static int Smaller(int percent) => Steps[Math.Max(Steps.IndexOf(percent) - 1, 0)];
}
