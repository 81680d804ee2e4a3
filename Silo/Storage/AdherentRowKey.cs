using Orleans.Storage;

namespace MsaOrleans.Silo.Storage;

/// <summary>An adherent's pseudonym as Orleans' provider takes a Guid key apart.</summary>
internal readonly record struct AdherentRowKey(long N0, long N1)
{
    private static readonly OrleansDefaultHasher hasher = new();

    public static AdherentRowKey Of(Guid adherent)
    {
        var bytes = adherent.ToByteArray();
        return new(BitConverter.ToInt64(bytes, 0), BitConverter.ToInt64(bytes, sizeof(long)));
    }

    public Guid Adherent => new([.. BitConverter.GetBytes(N0), .. BitConverter.GetBytes(N1)]);

    public int Hash => hasher.Hash([.. Adherent.ToByteArray().Reverse()]);
}
