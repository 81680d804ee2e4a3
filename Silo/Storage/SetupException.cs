namespace MsaOrleans.Silo.Storage;

/// <summary>Something that the people who run the site must put right (a key, a file, a schema). Its message is a sentence for them.</summary>
public sealed class SetupException : Exception
{
    public SetupException(string message)
        : base(message)
    {
    }

    public SetupException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
