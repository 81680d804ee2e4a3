using MsaOrleans.Grains.Interfaces.Assistance;

namespace MsaOrleans.Grains.Ports;

/// <summary>What the database tells of the site's activity.</summary>
public interface IActivityCounts
{
    /// <summary>What was counted, by the hour.</summary>
    /// <param name="from">The beginning of the first hour wanted.</param>
    Task<IReadOnlyList<HourCount>> Since(DateTimeOffset from);

    /// <summary>The letters owed at a moment.</summary>
    Task<LettersOwed> LettersOwed(DateTimeOffset now);
}

/// <summary>What was counted in an hour.</summary>
/// <param name="Hour">Its beginning.</param>
/// <param name="Counter">Instrument and tags, as <c>msa.locks kind=sign_in</c>.</param>
/// <param name="Count">How much.</param>
public sealed record HourCount(DateTimeOffset Hour, string Counter, long Count);
