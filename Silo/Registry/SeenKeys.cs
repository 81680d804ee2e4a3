using System.Buffers.Binary;

namespace MsaOrleans.Silo.Registry;

/// <summary>
/// Which keys a file has told of so far, 8 bytes each in a table at most three quarters full: 11 to 22 MB a million lines. Half a key is
/// enough: two of a million keys agree in it by chance once in forty million files.
/// </summary>
internal sealed class SeenKeys
{
    private ulong[] slots = new ulong[1 << 12];
    private int count;

    /// <summary>Remembers a key.</summary>
    /// <returns>Whether it is new.</returns>
    public bool Add(Guid key)
    {
        Span<byte> bytes = stackalloc byte[16];
        key.TryWriteBytes(bytes);
        if (!Place(slots, Math.Max(BinaryPrimitives.ReadUInt64LittleEndian(bytes), 1))) // 0 is an empty slot
            return false;
        if (++count > slots.Length / 4 * 3)
            Grow();
        return true;
    }

    private static bool Place(ulong[] slots, ulong half)
    {
        var mask = (ulong)slots.Length - 1;
        var at = half & mask;
        for (; slots[at] != 0; at = (at + 1) & mask)
        {
            if (slots[at] == half)
                return false;
        }
        slots[at] = half;
        return true;
    }

    private void Grow()
    {
        var larger = new ulong[slots.Length * 2];
        foreach (var half in slots)
        {
            if (half != 0)
                Place(larger, half);
        }
        slots = larger;
    }
}
