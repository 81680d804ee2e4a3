using System.Diagnostics.CodeAnalysis;

namespace MsaOrleans.Web.Limits;

/// <summary>
/// Which requests a rule is about, as users of AspNetCoreRateLimit write it: <c>method:path</c>, either of which may be <c>*</c>, and <c>*</c> alone for
/// all. A path may end with <c>*</c>. Compared as routes are: without regard to case, nor to a slash at the end.
/// </summary>
public sealed record EndpointPattern
{
    private static readonly string[] methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    private readonly string? method;
    private readonly string path;
    private readonly bool isPrefix;

    private EndpointPattern(string text, string? method, string path, bool isPrefix) => (Text, this.method, this.path, this.isPrefix) = (text, method, path, isPrefix);

    /// <summary>As it was written.</summary>
    public string Text { get; }

    public static bool TryParse(string? text, [NotNullWhen(true)] out EndpointPattern? pattern)
    {
        pattern = null;
        var written = text?.Trim() ?? "";
        var (method, path) = written == "*" ? ("*", "*") : written.Split(':', 2) is [var before, var after] ? (before.ToUpperInvariant(), after) : ("", "");
        var isPrefix = path.EndsWith('*');
        var start = isPrefix ? path[..^1] : path.TrimEnd('/');
        if ((method != "*" && !methods.Contains(method)) || path == "" || (path != "*" && path[0] != '/') || start.Contains('*', StringComparison.Ordinal) || start.Any(char.IsWhiteSpace))
            return false;
        pattern = new(written, method == "*" ? null : method, start, isPrefix);
        return true;
    }

    public bool Matches(string requestMethod, ReadOnlySpan<char> requestPath)
    {
        if (method is not null && !HttpMethods.Equals(method, requestMethod))
            return false;
        var asked = requestPath.TrimEnd('/');
        return isPrefix ? asked.StartsWith(path, StringComparison.OrdinalIgnoreCase) : asked.Equals(path, StringComparison.OrdinalIgnoreCase);
    }
}
