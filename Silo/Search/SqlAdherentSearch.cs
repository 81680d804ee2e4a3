using System.Data.Common;
using MsaOrleans.Grains;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Interfaces.Documents;
using MsaOrleans.Grains.Interfaces.FranceConnect;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Silo.Adherents;
using MsaOrleans.Silo.Registry;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.Search;

/// <summary>
/// Searches the rows of adherents and our copy of the registry. A token only tells whose row to open: what is answered was compared in clear, by the rules of the
/// sign-up, so that neither two values with one token nor an entry that has gone stale shows somebody else.
/// </summary>
public sealed class SqlAdherentSearch(Database database, AdherentRowSerializer rows, RegistryProtection registry, SearchTokens tokens, AdherentKeys keys, TimeProvider clock) : IAdherentSearch
{
    // Opened at most: a name and a birth date lead to a handful, an address to a household.
    private const int MostOpened = 200;

    private const string FindNamed =
        """
        SELECT Adherent, Content FROM InsuredPersons WHERE NameToken = @Token
        UNION ALL
        SELECT Adherent, Content FROM InsuredPersons WHERE UsedNameToken = @Token
        LIMIT @Most
        """;

    private const string FindBorn = "SELECT Adherent, Content FROM InsuredPersons WHERE NameToken = @Token LIMIT @Most";

    private const string FindRow =
        "SELECT PayloadBinary FROM OrleansStorage WHERE GrainIdHash = @Hash AND GrainIdN0 = @N0 AND GrainIdN1 = @N1 AND GrainTypeString = @State AND PayloadBinary IS NOT NULL";

    public string FingerprintOf(SearchQuery query) => tokens.FingerprintOf(query);

    // Off the caller's scheduler: SQLite's driver blocks, and so does opening seals.
    public Task<SearchOutcome.Found> Find(SearchQuery query, int most) => Task.Run(async () =>
    {
        await using var connection = await database.Reads.OpenConnectionAsync();
        return query switch
        {
            SearchQuery.ByNir(var nir) => Show([await Load(connection, keys.For(nir))], most),
            SearchQuery.ByEmail(var email) => Show((await InIndex(connection, tokens.OfEmail(email))).Where(somebody => somebody.HasAddress(email)), most),
            SearchQuery.ByName name => await ByName(connection, name, most),
            _ => throw new ArgumentOutOfRangeException(nameof(query)),
        };
    });

    public Task<IReadOnlyList<Guid>> Linked(string subject) => Task.Run<IReadOnlyList<Guid>>(async () =>
    {
        await using var connection = await database.Reads.OpenConnectionAsync();
        return [.. (await InIndex(connection, tokens.OfSubject(subject))).Where(somebody => somebody.Row?.FranceConnect.Subject == subject).Select(somebody => somebody.Adherent)];
    });

    public Task<IReadOnlyList<Guid>> Certified(VerificationCode code) => Task.Run<IReadOnlyList<Guid>>(async () =>
    {
        await using var connection = await database.Reads.OpenConnectionAsync();
        return [.. (await InIndex(connection, tokens.OfCertificate(code))).Where(somebody => somebody.Row?.Documents.Certificates.Exists(c => c.Code == code) == true).Select(somebody => somebody.Adherent)];
    });

    public Task<IReadOnlyList<Guid>> Known(PivotIdentity pivot) => Task.Run<IReadOnlyList<Guid>>(async () =>
    {
        if (tokens.OfName(pivot.FamilyName, pivot.BirthDate.FirstDay) is not { } token)
            return [];
        await using var connection = await database.Reads.OpenConnectionAsync();
        return [.. (await Persons(connection, FindBorn, token)).Where(known => PivotMatch.Agrees(registry.OpenPerson(known.Adherent, known.Content), pivot)).Select(known => known.Adherent)];
    });

    private async Task<SearchOutcome.Found> ByName(DbConnection connection, SearchQuery.ByName typed, int most)
    {
        var sameFamily = await Named(connection, typed.FamilyName, typed.BirthDate);
        var found = Show(sameFamily.Where(somebody => somebody.IsCalled(typed.GivenName, typed.FamilyName, typed.BirthDate)), most);
        if (found.Adherents.Count > 0)
            return found;
        var hints = new List<SearchHint>();
        if (sameFamily.Exists(somebody => somebody.IsCalled(null, typed.FamilyName, typed.BirthDate)))
            hints.Add(SearchHint.OtherGivenName);
        if (typed.GivenName is { } given && (await Named(connection, given, typed.BirthDate)).Exists(somebody => somebody.IsCalled(typed.FamilyName, given, typed.BirthDate)))
            hints.Add(SearchHint.NamesSwapped);
        if (typed.BirthDate is { Day: <= 12 } date && date.Day != date.Month && new DateOnly(date.Year, date.Day, date.Month) is var swapped
            && (await Named(connection, typed.FamilyName, swapped)).Exists(somebody => somebody.IsCalled(typed.GivenName, typed.FamilyName, swapped)))
            hints.Add(SearchHint.DayAndMonthSwapped);
        return found with { Hints = hints };
    }

    /// <summary>Those with a token, whether or not they have it for this very name.</summary>
    private async Task<List<Somebody>> Named(DbConnection connection, string familyName, DateOnly birthDate)
    {
        if (tokens.OfName(familyName, birthDate) is not { } token)
            return [];
        var known = await Persons(connection, FindNamed, token);
        var found = await InIndex(connection, token);
        foreach (var (adherent, content) in known.ExceptBy(found.Select(somebody => somebody.Adherent), person => person.Adherent))
            found.Add(new(adherent, await Row(connection, adherent), registry.OpenPerson(adherent, content)));
        return found;
    }

    private static Task<List<(Guid Adherent, byte[] Content)>> Persons(DbConnection connection, string query, long token) =>
        Read(connection, query, reader => (((byte[])reader.GetValue(0)).ToGuid(), (byte[])reader.GetValue(1)), ("Token", token), ("Most", MostOpened));

    private async Task<List<Somebody>> InIndex(DbConnection connection, long token)
    {
        var found = new List<Somebody>();
        foreach (var key in await Read(connection, SearchIndex.Find, reader => new AdherentRowKey(reader.GetInt64(0), reader.GetInt64(1)), ("Token", token), ("Most", MostOpened)))
            found.Add(await Load(connection, key.Adherent));
        return found;
    }

    private async Task<Somebody> Load(DbConnection connection, Guid adherent)
    {
        var person = await Read(connection, RegistrySql.FindPerson, reader => registry.OpenPerson(adherent, (byte[])reader.GetValue(0)), ("Adherent", adherent.ToBytes()));
        return new(adherent, await Row(connection, adherent), person.SingleOrDefault());
    }

    private async Task<AdherentState?> Row(DbConnection connection, Guid adherent)
    {
        var key = AdherentRowKey.Of(adherent);
        var found = await Read(
            connection, FindRow, reader => rows.Deserialize<AdherentState>(new((byte[])reader.GetValue(0))), ("Hash", key.Hash), ("N0", key.N0), ("N1", key.N1), ("State", AdherentGrain.StateName));
        return found.SingleOrDefault();
    }

    private SearchOutcome.Found Show(IEnumerable<Somebody> matching, int most)
    {
        var now = clock.GetUtcNow();
        var all = matching.Select(somebody => somebody.ShownAt(now)).OrderByDescending(found => found.Standing).ThenBy(found => found.Name, StringComparer.Ordinal).ToList();
        return new([.. all.Take(most)], all.Count > most, []);
    }

    private static async Task<List<T>> Read<T>(DbConnection connection, string query, Func<DbDataReader, T> open, params (string Name, object Value)[] parameters)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = query;
        foreach (var (name, value) in parameters)
            command.Add(name, value);
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<T>();
        while (await reader.ReadAsync())
            found.Add(open(reader));
        return found;
    }

    /// <summary>Whoever a pseudonym stands for, as far as his row and the caisses tell.</summary>
    private sealed record Somebody(Guid Adherent, AdherentState? Row, InsuredPerson? Person)
    {
        private CivilIdentity? Account => Row?.Registration.Completed is null ? null : Row.Identity;

        private IEnumerable<(string BirthName, string? UsedName, IReadOnlyList<string> GivenNames, DateOnly BirthDate)> Names =>
        [
            .. Account is { } account ? [(account.BirthName, account.UsedName, account.GivenNames.Split(' '), account.BirthDate)] : Array.Empty<(string, string?, IReadOnlyList<string>, DateOnly)>(),
            .. Person is { } person ? [(person.BirthName, person.UsedName, person.GivenNames, person.BirthDate)] : Array.Empty<(string, string?, IReadOnlyList<string>, DateOnly)>(),
            .. Row?.Registration.Drafts.Select(draft => draft.Details).OfType<Grains.Interfaces.Registration.ContactDetails>()
                .Select(declared => (declared.FamilyName, (string?)null, (IReadOnlyList<string>)declared.GivenName.Split(' '), declared.BirthDate)) ?? [],
        ];

        /// <summary>Whether the sign-up would take these names for his, or he has declared them himself.</summary>
        public bool IsCalled(string? givenName, string familyName, DateOnly birthDate) => Names.Any(names =>
            names.BirthDate == birthDate
            && NameMatch.IsFamilyName(familyName, names.BirthName, names.UsedName)
            && (givenName is null || NameMatch.IsGivenName(givenName, names.GivenNames)));

        public bool HasAddress(EmailAddress email) => Row is not null
            && (Row.Registration.Drafts.Exists(draft => draft.Details?.Email == email) || (Row.Registration.Completed is not null && (Row.Contact.Email == email || Row.Contact.PendingEmail?.Address == email)));

        public FoundAdherent ShownAt(DateTimeOffset now) => new(
            Adherent,
            Row is null ? SearchStanding.NoFile
            : Row.HasAccountAt(now) ? SearchStanding.Account
            : Row.Registration is { Completed: null, Drafts.IsEmpty: true } ? SearchStanding.NothingUnderWay
            : SearchStanding.SignUpUnderWay,
            Person is not null,
            Names.Select(names => (string?)$"{names.GivenNames[0]} {names.BirthName.EnumerateRunes().First()}.").FirstOrDefault());
    }
}
