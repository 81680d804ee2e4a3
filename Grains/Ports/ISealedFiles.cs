namespace MsaOrleans.Grains.Ports;

/// <summary>
/// Files of adherents, encrypted, each in a row of its own: an adherent's row is written at every sign-in and must stay short. What files he has, his own state
/// says; a file that it does not name is a leftover, erased by <see cref="EraseAllBut"/>, and with his row all of them go.
/// </summary>
public interface ISealedFiles
{
    /// <summary>Keeps a file. Write it before the state that names it: a name without a file would be worse than a file without a name.</summary>
    Task Write(Guid owner, Guid file, byte[] content);

    /// <summary>The file as it was written; nothing when it is not there, or another's.</summary>
    Task<byte[]?> Read(Guid owner, Guid file);

    /// <summary>Erases every file of his but these.</summary>
    Task EraseAllBut(Guid owner, IReadOnlyCollection<Guid> kept);
}
