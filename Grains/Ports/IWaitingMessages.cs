namespace MsaOrleans.Grains.Ports;

/// <summary>Who waits for an answer, read from beside the rows: written in the same transaction as these.</summary>
public interface IWaitingMessages
{
    /// <summary>Adherents with a message that waits for an answer, the longest waiting first.</summary>
    /// <param name="skip">How many to pass over.</param>
    /// <param name="most">How many to find at most.</param>
    Task<IReadOnlyList<Guid>> Find(int skip, int most);
}
