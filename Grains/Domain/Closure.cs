namespace MsaOrleans.Grains.Domain;

/// <summary>
/// What is left of an account that its owner has closed: that it was open, under which terms, and until when. Kept as proof for as long as somebody may
/// contest it (Code civil, article 2224: five years), and then erased.
/// </summary>
/// <param name="OpenedAt">When the terms were accepted.</param>
/// <param name="TermsVersion">Which terms.</param>
/// <param name="ClosedAt">When he closed it.</param>
internal sealed record Closure(DateTimeOffset OpenedAt, string TermsVersion, DateTimeOffset ClosedAt)
{
    private const int KeptYears = 5;

    /// <summary>From when on it is erased.</summary>
    public DateTimeOffset EraseAt => ClosedAt.AddYears(KeptYears);
}
