using System.Data.Common;
using MsaOrleans.Grains;
using MsaOrleans.Silo.Messages;
using MsaOrleans.Silo.Postal;
using MsaOrleans.Silo.Search;

namespace MsaOrleans.Silo.Storage;

/// <summary>What stands of an adherent outside his row, so that he is found without opening it.</summary>
/// <param name="Tokens">By which the hotline finds him, in order.</param>
/// <param name="WaitingSince">When the oldest message that waits for an answer was written, in milliseconds since 1970; nothing when none does.</param>
/// <param name="Letters">His letters that wait to be printed and posted.</param>
internal sealed record RowIndex(long[] Tokens, long? WaitingSince, WaitingLetters[] Letters)
{
    public static readonly RowIndex Nothing = new([], null, []);

    public static RowIndex Of(AdherentState state, SearchTokens tokens) =>
        new(tokens.Of(state), state.Conversations.WaitingSince?.ToUnixTimeMilliseconds(), WaitingLetters.Of(state.PostalCopies, tokens));

    public bool Equals(RowIndex? other) => other is not null && WaitingSince == other.WaitingSince && HasTokensOf(other) && HasLettersOf(other);

    public override int GetHashCode() => HashCode.Combine(WaitingSince, Tokens.Length, Letters.Length);

    /// <summary>Puts this in the place of what stands of an adherent, and leaves alone the table of which nothing changes.</summary>
    /// <param name="known">What stands of him; nothing when that is not known, so that all of it is replaced.</param>
    /// <param name="key">Of his row.</param>
    /// <param name="transaction">Which writes his row too.</param>
    public async Task TakePlaceOf(RowIndex? known, AdherentRowKey key, DbTransaction transaction)
    {
        if (known is null || !HasTokensOf(known))
            await SearchIndex.Replace(transaction, [(key, Tokens)], CancellationToken.None);
        if (known is null || known.WaitingSince != WaitingSince)
            await SqlWaitingMessages.Replace(transaction, [(key, WaitingSince)], CancellationToken.None);
        if (known is null || !HasLettersOf(known))
            await SqlWaitingCopies.Replace(transaction, [(key, Letters)], CancellationToken.None);
    }

    /// <summary>Puts these in the place of whatever is there of these adherents.</summary>
    public static async Task Replace(DbTransaction transaction, IReadOnlyCollection<(AdherentRowKey Key, RowIndex Index)> rows, CancellationToken stop)
    {
        await SearchIndex.Replace(transaction, rows.Select(row => (row.Key, row.Index.Tokens)), stop);
        await SqlWaitingMessages.Replace(transaction, rows.Select(row => (row.Key, row.Index.WaitingSince)), stop);
        await SqlWaitingCopies.Replace(transaction, rows.Select(row => (row.Key, row.Index.Letters)), stop);
    }

    private bool HasTokensOf(RowIndex other) => Tokens.AsSpan().SequenceEqual(other.Tokens);

    private bool HasLettersOf(RowIndex other) => Letters.AsSpan().SequenceEqual(other.Letters);
}
