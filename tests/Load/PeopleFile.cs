using MsaOrleans.Testing;

namespace MsaOrleans.Load;

/// <summary>The people of two files of <c>Silo -- generate</c>, one after the other: files of any size, which are never in memory.</summary>
internal static class PeopleFile
{
    /// <param name="adherents">The caisses' file of insured persons.</param>
    /// <param name="payments">And of what was paid to them, in the same order, as <c>generate</c> writes both.</param>
    /// <exception cref="InvalidDataException">A payment is not where it should be.</exception>
    public static IEnumerable<Person> Read(string adherents, string payments)
    {
        using var paid = File.ReadLines(payments).Skip(1).GetEnumerator();
        var more = paid.MoveNext();
        var theirs = new List<string>();
        foreach (var line in File.ReadLines(adherents).Skip(1))
        {
            theirs.Clear();
            for (var nir = line.AsSpan(0, line.IndexOf(';', StringComparison.Ordinal) + 1); more && paid.Current.AsSpan().StartsWith(nir, StringComparison.Ordinal); more = paid.MoveNext())
                theirs.Add(paid.Current);
            yield return Person.Read($"-\n{line}", $"-\n{string.Join('\n', theirs)}")[0];
        }
        if (more)
            throw new InvalidDataException($"{payments} is not in the order of {adherents}: both must be as `Silo -- generate` writes them.");
    }
}
