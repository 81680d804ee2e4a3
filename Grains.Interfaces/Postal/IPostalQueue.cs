using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Assistance;

namespace MsaOrleans.Grains.Interfaces.Postal;

/// <summary>
/// What waits to be printed and posted, for the agents of a caisse, named by its slug, or by <see cref="NoCaisse"/>. Lists show neither words nor names, and so are on no
/// record; the rest is on that of each adherent concerned. Its key is always 0.
/// </summary>
[Alias("msa.postal-queue")]
public interface IPostalQueue : IGrainWithIntegerKey
{
    /// <summary>In the place of a slug: adherents who live where no caisse is.</summary>
    const string NoCaisse = "sans-caisse";

    /// <summary>The caisses for which something waits, in a batch or not, the longest waiting first.</summary>
    [Alias("caisses"), Retriable]
    Task<IReadOnlyList<CaisseMail>> Caisses();

    /// <summary>One page of what waits for a caisse, by the adherents who have waited longest.</summary>
    /// <param name="caisse">Its slug.</param>
    /// <param name="number">The first page is 1.</param>
    [Alias("page"), Retriable]
    Task<PostalQueuePage> Page(string caisse, int number);

    /// <summary>A batch that waits to be posted; nothing when it does not, or not any more.</summary>
    [Alias("batch"), Retriable]
    Task<WaitingBatch?> Batch(PostalBatch batch);

    /// <summary>Puts the letters that have waited longest into a batch, <see cref="PostalBatch.MaxLetters"/> at most. None is ever in two.</summary>
    [Alias("prepare"), ResponseTimeout("00:01:00")]
    Task<BatchOutcome> Prepare(AgentAct act, string caisse, PostalBatch batch);

    /// <summary>All letters of a batch as one file, each beginning on an odd page, for paper printed on both sides.</summary>
    [Alias("print"), ResponseTimeout("00:01:00")]
    Task<PrintedBatch> Print(AgentAct act, PostalBatch batch);

    /// <summary>The letters of a batch that were printed have been posted.</summary>
    [Alias("post"), ResponseTimeout("00:01:00")]
    Task<BatchOutcome> Post(AgentAct act, PostalBatch batch);
}

/// <summary>What waits for a caisse.</summary>
/// <param name="Caisse">Its slug.</param>
/// <param name="Letters">How many letters are in no batch.</param>
/// <param name="Prepared">How many are in batches that have not been posted.</param>
/// <param name="Since">Since when the longest waiting of all waits.</param>
[GenerateSerializer, Immutable, Alias("msa.caisse-mail")]
public sealed record CaisseMail(string Caisse, int Letters, int Prepared, DateTimeOffset Since);

/// <summary>One page of the queue of a caisse.</summary>
/// <param name="Letters">How many letters are in no batch, on all pages.</param>
/// <param name="Copies">Those of this page, the longest waiting first.</param>
/// <param name="Batches">What is in batches that have not been posted, the longest prepared first.</param>
/// <param name="More">There are adherents after these.</param>
[GenerateSerializer, Immutable, Alias("msa.postal-queue-page")]
public sealed record PostalQueuePage(int Letters, IReadOnlyList<WaitingCopy> Copies, IReadOnlyList<WaitingBatch> Batches, bool More)
{
    /// <summary>Adherents on a page.</summary>
    public const int Length = 50;

    /// <summary>Batches shown.</summary>
    public const int MaxBatches = 20;
}

/// <summary>A batch that waits to be posted.</summary>
/// <param name="Batch">Its name.</param>
/// <param name="Caisse">Slug of the caisse it is for.</param>
/// <param name="Letters">How many letters.</param>
/// <param name="Preparation">Who prepared it, and when; nothing when none of its rows can be read now.</param>
[GenerateSerializer, Immutable, Alias("msa.waiting-batch")]
public sealed record WaitingBatch(PostalBatch Batch, string Caisse, int Letters, PostalPreparation? Preparation);

/// <summary>What came of preparing a batch, or of saying that it has been posted.</summary>
/// <param name="Letters">How many letters it was done for.</param>
/// <param name="Unread">Adherents whose rows cannot be read now: their letters are left as they were.</param>
[GenerateSerializer, Immutable, Alias("msa.batch-outcome")]
public sealed record BatchOutcome(int Letters, int Unread);

/// <summary>A batch on paper.</summary>
/// <param name="Content">PDF; empty when there is no letter.</param>
/// <param name="Letters">How many letters are in it.</param>
/// <param name="Unread">Adherents whose letters cannot be read now, and are not in it.</param>
[GenerateSerializer, Immutable, Alias("msa.printed-batch")]
public sealed record PrintedBatch(byte[] Content, int Letters, int Unread)
{
    public override string ToString() => "printed batch";
}
