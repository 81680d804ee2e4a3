using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Postal;
using MsaOrleans.Silo.Search;

namespace MsaOrleans.Silo.Postal;

/// <summary>An entry of the queue of the post: letters of one adherent that are in no batch, or in the same.</summary>
/// <param name="Batch">Empty for those in no batch.</param>
/// <param name="Caisse">A keyed hash of its slug.</param>
/// <param name="Since">When the oldest was asked for, or the batch prepared, in milliseconds since 1970.</param>
/// <param name="Count">How many.</param>
internal sealed record WaitingLetters(string Batch, long Caisse, long Since, int Count)
{
    /// <summary>Those of an adherent, by batch.</summary>
    public static WaitingLetters[] Of(PostalCopies copies, SearchTokens tokens) =>
    [
        .. copies.Waiting.GroupBy(c => c.Preparation).OrderBy(of => of.Key?.Batch, StringComparer.Ordinal).Select(of => new WaitingLetters(
            of.Key?.Batch ?? "",
            tokens.OfCaisse(copies.Caisse ?? IPostalQueue.NoCaisse),
            (of.Key?.At ?? of.Min(c => c.RequestedAt)).ToUnixTimeMilliseconds(),
            of.Count())),
    ];
}
