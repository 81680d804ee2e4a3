namespace MsaOrleans.Web.Arrivals;

/// <summary>A newcomer's place in the line, as his browser keeps it, encrypted.</summary>
/// <param name="Number">His number; lower ones come first.</param>
/// <param name="In">It was his turn: he stays in, whatever the line does.</param>
public sealed record Place(long Number, bool In)
{
    /// <summary>As long as a place is kept for somebody who does not ask for it.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(2);
}
