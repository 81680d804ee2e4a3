using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace MsaOrleans.Testing.Remains;

/// <summary>
/// Looks for texts in bytes of any kind, all at once, at the speed of a disk: in UTF-8, UTF-16 and Latin-1, as JSON and addresses escape them, in hexadecimal digits and in base64,
/// capitals or not. To be used by many threads.
/// </summary>
public sealed class SecretSearch
{
    /// <summary>What is shorter stands in any heap of bytes by chance: it cannot be looked for.</summary>
    public const int ShortestText = 8;

    private const int Window = sizeof(ulong);

    // The bit that makes a small letter of a capital, in ASCII and of an accented one in Latin-1, UTF-8 and UTF-16. Two texts that differ in nothing else are taken for one.
    private const byte Small = 0x20;
    private const ulong AllSmall = 0x2020202020202020;

    private const int FilterBits = 22;
    private const int PartLength = 1 << 20;

    private readonly Lock turn = new();
    private readonly HashSet<(string, string)> known = [];
    private readonly Dictionary<ulong, List<Form>> forms = [];
    private readonly ulong[] filter = new ulong[1 << (FilterBits - 6)];
    private int longest;

    /// <summary>Looks for a text from now on, unless it is too short to be told from chance.</summary>
    /// <param name="kind">What it is, for instance <c>password</c>: all that is told of it when it is found.</param>
    /// <param name="text">Itself.</param>
    public void Add(string kind, string text)
    {
        lock (turn)
        {
            if (text.Length < ShortestText || !known.Add((kind, text)))
                return;
            foreach (var bytes in FormsOf(text))
                Add(new(kind, bytes));
        }
    }

    /// <summary>What kinds of texts stand in a stream.</summary>
    /// <param name="bytes">Is read to its end.</param>
    /// <param name="kinds">Where they are added.</param>
    /// <returns>How many bytes it had.</returns>
    public long Read(Stream bytes, ISet<string> kinds)
    {
        // Each part begins with the end of the one before: a text may stand across.
        using var rented = MemoryPool<byte>.Shared.Rent(PartLength);
        var part = rented.Memory.Span;
        var (total, kept) = (0L, 0);
        while (bytes.ReadAtLeast(part[kept..], part.Length - kept, throwOnEndOfStream: false) is > 0 and var read)
        {
            total += read;
            var filled = part[..(kept + read)];
            Find(filled, kinds);
            kept = Math.Min(longest, filled.Length);
            filled[^kept..].CopyTo(part);
        }
        return total;
    }

    /// <summary>What kinds of texts stand in some bytes.</summary>
    public void Find(ReadOnlySpan<byte> bytes, ISet<string> kinds)
    {
        lock (turn)
        {
            for (var i = 0; i <= bytes.Length - Window; i++)
            {
                var window = BinaryPrimitives.ReadUInt64LittleEndian(bytes[i..]) | AllSmall;
                if (window == AllSmall)
                    i += Window - 1; // emptiness, in which no text begins
                else if (MayBegin(window) && forms.TryGetValue(window, out var candidates))
                    kinds.UnionWith(Matching(candidates, bytes[i..]));
            }
        }
    }

    private static List<string> Matching(List<Form> candidates, ReadOnlySpan<byte> bytes)
    {
        var found = new List<string>();
        foreach (var (kind, form) in candidates)
        {
            if (bytes.Length >= form.Length && IsSame(bytes[..form.Length], form))
                found.Add(kind);
        }
        return found;
    }

    private static bool IsSame(ReadOnlySpan<byte> bytes, byte[] small)
    {
        for (var i = 0; i < small.Length; i++)
        {
            if ((bytes[i] | FoldOf(small[i])) != small[i])
                return false;
        }
        return true;
    }

    // Capitals are letters': a digit or the other half of a character is itself. In UTF-8 and Latin-1 it is the last byte of a letter with an accent.
    private static byte FoldOf(byte one) => (one | Small) is (>= 'a' and <= 'z') or >= 0x80 ? Small : (byte)0;

    private static IEnumerable<byte[]> FormsOf(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        string[] written = [text, JsonSerializer.Serialize(text)[1..^1], Uri.EscapeDataString(text), Convert.ToHexString(utf8)];
        return
        [
            .. written.Distinct().Select(Encoding.UTF8.GetBytes),
            Encoding.Unicode.GetBytes(text),
            .. text.Any(c => c is > '\x7f' and <= '\xff') ? [Encoding.Latin1.GetBytes(text)] : (IEnumerable<byte[]>)[],
            .. Enumerable.Range(0, 3).Select(before => Encoding.ASCII.GetBytes(InBase64(utf8, before))),
        ];
    }

    // What comes before and after decides about the digits at either end: only those between are the text's own.
    private static string InBase64(byte[] text, int before)
    {
        var digits = Convert.ToBase64String([.. new byte[before], .. text]).TrimEnd('=');
        var (first, last) = ((before * 8 + 5) / 6, (before + text.Length) * 8 / 6);
        return digits[first..last];
    }

    private static int Place(ulong window) => (int)((window * 0x9E3779B97F4A7C15) >> (64 - FilterBits));

    private bool MayBegin(ulong window) => Place(window) is var place && (filter[place >> 6] & (1UL << (place & 63))) != 0;

    private void Add(Form form)
    {
        var small = Array.ConvertAll(form.Bytes, b => (byte)(b | FoldOf(b)));
        var window = BinaryPrimitives.ReadUInt64LittleEndian(small) | AllSmall;
        var place = Place(window);
        filter[place >> 6] |= 1UL << (place & 63);
        if (!forms.TryGetValue(window, out var same))
            forms[window] = same = [];
        same.Add(form with { Bytes = small });
        longest = Math.Max(longest, small.Length);
    }

    private sealed record Form(string Kind, byte[] Bytes);
}
