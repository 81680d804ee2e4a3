using MsaOrleans.Grains.Interfaces.Postal;

namespace MsaOrleans.Grains.Ports;

/// <summary>What waits to be printed and posted, read from beside the rows: written in the same transaction as these.</summary>
public interface IWaitingCopies
{
    /// <summary>The caisses for which something waits, the longest waiting first.</summary>
    Task<IReadOnlyList<CaisseMail>> Caisses();

    /// <summary>Adherents of a caisse with letters that are in no batch, the longest waiting first.</summary>
    /// <param name="caisse">Its slug, or <see cref="IPostalQueue.NoCaisse"/>.</param>
    /// <param name="skip">How many to pass over.</param>
    /// <param name="most">How many to find at most.</param>
    Task<IReadOnlyList<Guid>> Find(string caisse, int skip, int most);

    /// <summary>The batches of a caisse that have not been posted, the longest prepared first.</summary>
    Task<IReadOnlyList<PostalBatch>> Batches(string caisse, int most);

    /// <summary>Whose letters are in a batch, in the order in which they were put there; nothing when nobody's wait there.</summary>
    Task<BatchEntries?> In(PostalBatch batch);
}

/// <summary>Whose letters are in a batch.</summary>
/// <param name="Caisse">Slug of the caisse it is for.</param>
/// <param name="Letters">How many letters.</param>
/// <param name="Adherents">Whose.</param>
public sealed record BatchEntries(string Caisse, int Letters, IReadOnlyList<Guid> Adherents);
