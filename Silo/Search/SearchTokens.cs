using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using MsaOrleans.Grains;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Interfaces.Documents;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Silo.Registry;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.Search;

/// <summary>
/// What the search index holds instead of names, addresses, FranceConnect subjects and codes of certificates: keyed hashes of them, folded as the sign-up folds them, cut to 8 bytes. A name is never
/// hashed without a birth date, so that equal tokens do not tell which names are common. Given names are in no token: who is found is opened and compared.
/// </summary>
public sealed class SearchTokens(PseudonymSecret secret)
{
    private readonly KeyedFingerprint names = new(secret, "search.name");
    private readonly KeyedFingerprint emails = new(secret, "search.email");
    private readonly KeyedFingerprint subjects = new(secret, "search.france-connect");
    private readonly KeyedFingerprint certificates = new(secret, "search.certificate");
    private readonly KeyedFingerprint caisses = new(secret, "search.caisse");
    private readonly KeyedFingerprint queries = new(secret, "search.query");

    /// <summary>Of a family name with a birth date; nothing for a name without a letter, which nobody can prove to be his.</summary>
    public long? OfName(string familyName, DateOnly birthDate) => NameMatch.Fold(familyName) is { Length: > 0 } folded
        ? Cut(names, string.Create(CultureInfo.InvariantCulture, $"{folded}|{birthDate:yyyy-MM-dd}"))
        : null;

    /// <summary>Of an e-mail address, whatever its case.</summary>
    public long OfEmail(EmailAddress email) => Cut(emails, email.Value.ToUpperInvariant());

    /// <summary>Of FranceConnect's name for somebody.</summary>
    public long OfSubject(string subject) => Cut(subjects, subject);

    /// <summary>Of the code of a certificate.</summary>
    public long OfCertificate(VerificationCode code) => Cut(certificates, code.Value);

    /// <summary>Of a caisse, by its slug: in the queue of the post, where equal tokens tell which adherents have the same, and not which.</summary>
    public long OfCaisse(string slug) => Cut(caisses, slug);

    /// <summary>Of somebody whom the caisses know.</summary>
    internal NameTokens Of(InsuredPerson person)
    {
        var name = OfName(person.BirthName, person.BirthDate);
        return new(name, person.UsedName is { } used && OfName(used, person.BirthDate) is var token && token != name ? token : null);
    }

    /// <summary>Of an adherent's row, in order: his names, addresses, FranceConnect subject and certificates if he has an account, and those declared in sign-ups under way.</summary>
    internal long[] Of(AdherentState state) => [.. All(state).OfType<long>().Distinct().Order()];

    /// <summary>Tells searches for the same value from searches for others, and nothing of the value: for the record.</summary>
    internal string FingerprintOf(SearchQuery query) => Cut(queries, query switch
    {
        SearchQuery.ByNir(var nir) => nir.Value,
        SearchQuery.ByEmail(var email) => email.Value.ToUpperInvariant(),
        SearchQuery.ByName(var family, var given, var date) => string.Create(CultureInfo.InvariantCulture, $"{NameMatch.Fold(family)}|{NameMatch.Fold(given ?? "")}|{date:yyyy-MM-dd}"),
        _ => throw new ArgumentOutOfRangeException(nameof(query)),
    }).ToString("x16", CultureInfo.InvariantCulture);

    private IEnumerable<long?> All(AdherentState state)
    {
        foreach (var draft in state.Registration.Drafts)
        {
            if (draft.Details is not { } declared)
                continue;
            yield return OfName(declared.FamilyName, declared.BirthDate);
            yield return OfEmail(declared.Email);
        }
        if (state.Registration.Completed is null)
            yield break;
        if (state.Identity is { } identity)
        {
            yield return OfName(identity.BirthName, identity.BirthDate);
            yield return OfName(identity.UsedName ?? "", identity.BirthDate);
        }
        if (state.Contact.Email is { } email)
            yield return OfEmail(email);
        if (state.Contact.PendingEmail is { } pending)
            yield return OfEmail(pending.Address);
        if (state.FranceConnect.Subject is { } subject)
            yield return OfSubject(subject);
        foreach (var certificate in state.Documents.Certificates)
            yield return OfCertificate(certificate.Code);
    }

    private static long Cut(KeyedFingerprint fingerprint, string text) => BinaryPrimitives.ReadInt64BigEndian(fingerprint.Of(Encoding.UTF8.GetBytes(text)).ToBytes());
}

/// <summary>By what an insured person is found.</summary>
/// <param name="Name">Of the family name at birth.</param>
/// <param name="UsedName">Of the one in use, when it is another.</param>
internal readonly record struct NameTokens(long? Name, long? UsedName);
