using System.Diagnostics.CodeAnalysis;

namespace MsaOrleans.Grains.Interfaces.Postal;

/// <summary>Names the letters that an agent prints and posts together: 8 characters of Crockford's alphabet, 40 random bits, no secret.</summary>
[GenerateSerializer, Immutable, Alias("msa.postal-batch")]
public sealed record PostalBatch
{
    /// <summary>Letters that a batch has at most: a tray of envelopes, and a file that is made within seconds.</summary>
    public const int MaxLetters = 50;

    private const int Length = 8;

    private PostalBatch(string value) => Value = value;

    /// <summary>The 8 characters, in capitals, nothing between them.</summary>
    [Id(0)]
    public string Value { get; }

    /// <summary>As agents read it: <c>7K3M-9QRT</c>.</summary>
    public string Grouped => Crockford.Grouped(Value);

    public static PostalBatch New() => new(Crockford.New(Length));

    public static bool TryParse(string? typed, [NotNullWhen(true)] out PostalBatch? batch)
    {
        batch = Crockford.Read(typed, Length) is { } value ? new(value) : null;
        return batch is not null;
    }

    /// <summary>Reads a name that is known to be good.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public static PostalBatch Parse(string text) => TryParse(text, out var batch) ? batch : throw new FormatException("Not the name of a batch.");

    public override string ToString() => Grouped;
}
