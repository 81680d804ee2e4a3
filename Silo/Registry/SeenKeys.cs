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
        if (!Place(slots, HalfOf(key)))
            return false;
        if (++count > slots.Length / 4 * 3)
            Grow();
        return true;
    }

    public bool Contains(Guid key) => slots[SlotOf(slots, HalfOf(key))] != 0;

    private static ulong HalfOf(Guid key)
    {
        Span<byte> bytes = stackalloc byte[16];
        key.TryWriteBytes(bytes);
        return Math.Max(BinaryPrimitives.ReadUInt64LittleEndian(bytes), 1); // 0 is an empty slot
    }

    private static bool Place(ulong[] slots, ulong half)
    {
        var at = SlotOf(slots, half);
        if (slots[at] != 0)
            return false;
        slots[at] = half;
        return true;
    }

    /// <summary>Where a key is, or would be.</summary>
    private static int SlotOf(ulong[] slots, ulong half)
    {
        var mask = slots.Length - 1;
        var at = (int)half & mask;
        while (slots[at] != 0 && slots[at] != half)
            at = (at + 1) & mask;
        return at;
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
