using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace MsaOrleans.Silo.Registry;

/// <summary>How items are told apart, weighed, and kept in a file for a while.</summary>
/// <param name="Order">No two items are equal in it.</param>
/// <param name="Length">How much of the memory's share an item takes, in characters.</param>
internal sealed record SortFormat<T>(Comparison<T> Order, Func<T, int> Length, Action<T, BinaryWriter> Write, Func<BinaryReader, T> Read);

/// <summary>
/// Puts any number of items in order in a memory that is bounded: what does not fit goes to a temporary file as sorted runs, which are merged when they
/// are read back. Merging takes a block a run: one two-hundredth of the whole. Not for several threads at once.
/// </summary>
/// <remarks>
/// The items are personal data, which must not lie about in a temporary folder: blocks are encrypted under a key that only this object has, and the
/// file has no name any more once it is open, so that it is gone with the process however that ends.
/// </remarks>
/// <param name="memory">Characters kept in memory at most.</param>
internal sealed class ExternalSort<T>(SortFormat<T> format, int memory = 4 << 20) : IDisposable
{
    private const int BlockLength = 16 << 10;

    private readonly List<T> kept = [];
    private readonly List<Run> runs = [];
    private Spill? spill;
    private int length;

    /// <summary>Runs written to the file so far.</summary>
    public int Spilled => runs.Count;

    public void Add(T item)
    {
        kept.Add(item);
        length += format.Length(item);
        if (length >= memory)
            WriteRun();
    }

    /// <summary>All items in order, once.</summary>
    public IEnumerable<T> InOrder()
    {
        if (runs.Count > 0 && kept.Count > 0)
            WriteRun();
        kept.Sort(format.Order);
        return runs.Count == 0 ? kept : Merged();
    }

    public void Dispose() => spill?.Dispose();

    private void WriteRun()
    {
        spill ??= new();
        kept.Sort(format.Order);
        var start = spill.Length;
        using var block = new MemoryStream();
        using var writer = new BinaryWriter(block, Encoding.UTF8);
        foreach (var item in kept)
        {
            format.Write(item, writer);
            if (block.Length >= BlockLength)
                Flush();
        }
        if (block.Length > 0)
            Flush();
        runs.Add(new(start, spill.Length));
        kept.Clear();
        length = 0;

        void Flush()
        {
            writer.Flush();
            spill.Append(block.GetBuffer().AsSpan(0, (int)block.Length));
            block.SetLength(0);
        }
    }

    private IEnumerable<T> Merged()
    {
        var heads = new PriorityQueue<IEnumerator<T>, T>(runs.Count, Comparer<T>.Create(format.Order));
        foreach (var run in runs.Select(Items))
        {
            if (run.MoveNext())
                heads.Enqueue(run, run.Current);
        }
        while (heads.TryPeek(out var run, out var least))
        {
            yield return least;
            if (run.MoveNext())
                heads.DequeueEnqueue(run, run.Current);
            else
                heads.Dequeue();
        }
    }

    private IEnumerator<T> Items(Run run)
    {
        for (var at = run.Start; at < run.End;)
        {
            (var block, at) = spill!.Read(at);
            using var reader = new BinaryReader(new MemoryStream(block), Encoding.UTF8);
            while (reader.BaseStream.Position < block.Length)
                yield return format.Read(reader);
        }
    }

    /// <summary>Where a run lies in the file.</summary>
    private readonly record struct Run(long Start, long End);

    /// <summary>The file: blocks, each with its length before and its tag behind.</summary>
    private sealed class Spill : IDisposable
    {
        private const int LengthLength = sizeof(int);
        private const int TagLength = 16;

        private readonly SafeFileHandle file;
        private readonly AesGcm cipher = new(RandomNumberGenerator.GetBytes(32), TagLength);

        public Spill()
        {
            var path = Path.Combine(Path.GetTempPath(), $"msa-orleans-{Guid.NewGuid():N}.sort");
            file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete);
            File.Delete(path);
        }

        public long Length { get; private set; }

        public void Append(ReadOnlySpan<byte> block)
        {
            var written = new byte[LengthLength + block.Length + TagLength];
            BinaryPrimitives.WriteInt32LittleEndian(written, block.Length);
            cipher.Encrypt(Nonce(Length), block, written.AsSpan(LengthLength, block.Length), written.AsSpan(LengthLength + block.Length));
            RandomAccess.Write(file, written, Length);
            Length += written.Length;
        }

        /// <returns>The block, and where the next one is.</returns>
        public (byte[] Block, long Next) Read(long at)
        {
            Span<byte> length = stackalloc byte[LengthLength];
            ReadFully(length, at);
            var block = new byte[BinaryPrimitives.ReadInt32LittleEndian(length)];
            var read = new byte[block.Length + TagLength];
            ReadFully(read, at + LengthLength);
            cipher.Decrypt(Nonce(at), read.AsSpan(0, block.Length), read.AsSpan(block.Length), block);
            return (block, at + LengthLength + read.Length);
        }

        public void Dispose()
        {
            cipher.Dispose();
            file.Dispose();
        }

        // Where a block lies: no two of a file share it, and no two files share a key.
        private static byte[] Nonce(long position)
        {
            var nonce = new byte[AesGcm.NonceByteSizes.MaxSize];
            BinaryPrimitives.WriteInt64LittleEndian(nonce, position);
            return nonce;
        }

        private void ReadFully(Span<byte> bytes, long at)
        {
            while (bytes.Length > 0)
            {
                var read = RandomAccess.Read(file, bytes, at);
                if (read == 0)
                    throw new EndOfStreamException("A temporary file ends too early.");
                bytes = bytes[read..];
                at += read;
            }
        }
    }
}
