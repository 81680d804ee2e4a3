using System.Data.Common;
using MsaOrleans.Grains;
using MsaOrleans.Silo.Messages;
using MsaOrleans.Silo.Search;

namespace MsaOrleans.Silo.Storage;

/// <summary>What stands of an adherent outside his row, so that he is found without opening it.</summary>
/// <param name="Tokens">By which the hotline finds him, in order.</param>
/// <param name="WaitingSince">When the oldest message that waits for an answer was written, in milliseconds since 1970; nothing when none does.</param>
internal sealed record RowIndex(long[] Tokens, long? WaitingSince)
{
    public static readonly RowIndex Nothing = new([], null);

    public static RowIndex Of(AdherentState state, SearchTokens tokens) => new(tokens.Of(state), state.Conversations.WaitingSince?.ToUnixTimeMilliseconds());

    public bool Equals(RowIndex? other) => other is not null && WaitingSince == other.WaitingSince && Tokens.AsSpan().SequenceEqual(other.Tokens);

    public override int GetHashCode() => HashCode.Combine(WaitingSince, Tokens.Length);

    /// <summary>Puts these in the place of what is there of these adherents.</summary>
    public static async Task Replace(DbTransaction transaction, IReadOnlyCollection<(AdherentRowKey Key, RowIndex Index)> rows, CancellationToken stop)
    {
        await SearchIndex.Replace(transaction, rows.Select(row => (row.Key, row.Index.Tokens)), stop);
        await SqlWaitingMessages.Replace(transaction, rows.Select(row => (row.Key, row.Index.WaitingSince)), stop);
    }
}
