namespace MsaOrleans.Silo.Registry;

/// <summary>The statements of the registry, in the SQL that SQLite and PostgreSQL share.</summary>
internal static class RegistrySql
{
    /// <summary>Keys looked up by one statement.</summary>
    public const int KeysAtOnce = 250;

    public const string FindPerson = "SELECT Content FROM InsuredPersons WHERE Adherent = @Adherent";

    public const string FindPayments = "SELECT Payment, Content FROM Payments WHERE Adherent = @Adherent";

    public const string WritePerson =
        """
        INSERT INTO InsuredPersons (Adherent, Fingerprint, Content, NameToken, UsedNameToken) VALUES (@Adherent, @Fingerprint, @Content, @Name, @UsedName)
        ON CONFLICT (Adherent) DO UPDATE
        SET Fingerprint = excluded.Fingerprint, Content = excluded.Content, NameToken = excluded.NameToken, UsedNameToken = excluded.UsedNameToken
        """;

    public const string WritePayment =
        """
        INSERT INTO Payments (Adherent, Payment, Fingerprint, Content) VALUES (@Adherent, @Payment, @Fingerprint, @Content)
        ON CONFLICT (Adherent, Payment) DO UPDATE SET Fingerprint = excluded.Fingerprint, Content = excluded.Content
        """;

    private static readonly string keys = $"IN ({string.Join(", ", Enumerable.Range(0, KeysAtOnce).Select(i => $"@Key{i}"))})";

    /// <summary>Key and fingerprint of the rows of some adherents.</summary>
    /// <param name="table">Of the persons, or of all payments made to them.</param>
    /// <param name="among">How the kind of database says that a column is one of many values; nothing for <c>@Key0</c> and so on.</param>
    public static string Fingerprints(RegistryTable table, string? among = null) => table switch
    {
        RegistryTable.Persons => $"SELECT Adherent, Fingerprint FROM InsuredPersons WHERE Adherent {among ?? keys}",
        RegistryTable.Payments => $"SELECT Payment, Fingerprint FROM Payments WHERE Adherent {among ?? keys}",
    };
}

/// <summary>The tables of the registry.</summary>
internal enum RegistryTable
{
    Persons,
    Payments,
}
