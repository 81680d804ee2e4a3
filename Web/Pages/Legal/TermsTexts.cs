namespace MsaOrleans.Web.Pages.Legal;

/// <summary>
/// The terms of use, one file a version in <c>Pages/Legal/Terms</c>. What somebody has accepted is shown to him as it was: a version that was ever shown is never changed
/// (a test knows each by heart), another is written beside it.
/// </summary>
public static class TermsTexts
{
    /// <summary>Every version whose text is kept, oldest first.</summary>
    public static IReadOnlyList<string> Versions { get; } = ["2026-11"];

    /// <summary>The view that shows a version.</summary>
    public static string ViewOf(string version) => $"/Pages/Legal/Terms/{version}.cshtml";
}
