namespace MsaOrleans.Grains.Interfaces.Adherents;

/// <summary>
/// What an adherent needs to answer is away: his storage, the registry or the queue of the letters. Nothing was acknowledged. It is the machine's
/// fault, not the question's: the same may be asked again later.
/// </summary>
[GenerateSerializer, Alias("msa.backend-unavailable")]
public sealed class BackendUnavailableException : Exception
{
    public BackendUnavailableException()
        : this("The backend is unavailable.")
    {
    }

    public BackendUnavailableException(string message)
        : base(message)
    {
    }

    public BackendUnavailableException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
