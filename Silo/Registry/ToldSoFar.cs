namespace MsaOrleans.Silo.Registry;

/// <summary>What the file has told so far of one adherent: lines come adherent by adherent, so that those before need not be remembered.</summary>
internal sealed class ToldSoFar(RegistryProtection protection)
{
    private Guid? adherent;
    private HashSet<Guid> payments = [];

    /// <summary>Refuses a person told of twice, which is a mistake somewhere, and which line is right nobody here knows; gives a payment its key: two in the same words are two payments.</summary>
    public ReadRecord TellApart(ReadRecord record)
    {
        if (record.Row is not { } row)
            return record;
        var isFirst = row.Adherent != adherent;
        if (isFirst)
            (adherent, payments) = (row.Adherent, []);
        if (row.PaymentWords is not { } words)
            return isFirst ? record : new(record.Source, null, "nir: already on a line before");
        // Nearly all are the only ones in their words.
        var key = protection.PaymentKeyOf(row.Adherent, 0, words);
        if (!payments.Add(key))
        {
            var occurrence = FirstOf(RegistryProtection.MostOccurrences, n => !payments.Contains(protection.PaymentKeyOf(row.Adherent, n, words)));
            if (occurrence == RegistryProtection.MostOccurrences)
                return new(record.Source, null, "payment: told of too often in the same words");
            key = protection.PaymentKeyOf(row.Adherent, occurrence, words);
            payments.Add(key);
        }
        return record with { Row = row with { Payment = key } };
    }

    /// <summary>
    /// The first number from which on something holds, which has to be so for all numbers after it; <paramref name="end"/> when it is so for none below. In
    /// steps that double, then halve: a file that tells of one payment ten thousand times is not to be asked about each of them each time.
    /// </summary>
    internal static int FirstOf(int end, Func<int, bool> holds)
    {
        var (low, high) = (0, 0); // it does not hold below the one; it holds from the other on
        while (high < end && !holds(high))
            (low, high) = (high + 1, Math.Min((2 * high) + 1, end));
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = holds(middle) ? (low, middle) : (middle + 1, high);
        }
        return low;
    }
}
