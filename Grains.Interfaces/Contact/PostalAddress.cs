using System.Globalization;

namespace MsaOrleans.Grains.Interfaces.Contact;

/// <summary>A postal address in France.</summary>
/// <param name="Line">Number and street: <c>1 RUE D'ALSACE</c>.</param>
/// <param name="PostalCode">Five digits.</param>
/// <param name="City">The commune, as the post writes it.</param>
[GenerateSerializer, Immutable, Alias("msa.postal-address")]
public sealed record PostalAddress(string Line, string PostalCode, string City)
{
    /// <summary>Longest line or city kept, in characters (the post prints 38 a line).</summary>
    public const int MaxLength = 100;

    private const CompareOptions InSubstance = CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace | CompareOptions.IgnoreSymbols;

    /// <summary>The same place, however it is written: case, accents, punctuation and blanks do not count.</summary>
    public bool IsSameAs(PostalAddress other) =>
        PostalCode == other.PostalCode && Compare(Line, other.Line) && Compare(City, other.City);

    public override string ToString() => "postal address";

    private static bool Compare(string a, string b) => CultureInfo.InvariantCulture.CompareInfo.Compare(a, b, InSubstance) == 0;
}
