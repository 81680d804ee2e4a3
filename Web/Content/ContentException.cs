namespace MsaOrleans.Web.Content;

/// <summary>A content file that cannot be published as it is; says which one, and what to change.</summary>
public sealed class ContentException : Exception
{
    public ContentException(string file, string message)
        : base($"Web/Content/{file}: {message}")
    {
    }
}
