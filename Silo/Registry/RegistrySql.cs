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
        INSERT INTO InsuredPersons (Adherent, Fingerprint, Content) VALUES (@Adherent, @Fingerprint, @Content)
        ON CONFLICT (Adherent) DO UPDATE SET Fingerprint = excluded.Fingerprint, Content = excluded.Content
        """;

    public const string WritePayment =
        """
        INSERT INTO Payments (Adherent, Payment, Fingerprint, Content) VALUES (@Adherent, @Payment, @Fingerprint, @Content)
        ON CONFLICT (Adherent, Payment) DO UPDATE SET Fingerprint = excluded.Fingerprint, Content = excluded.Content
        """;

    /// <summary>Fingerprints of the persons with these pseudonyms (<c>@Key0</c> and so on).</summary>
    public static readonly string PersonFingerprints = $"SELECT Adherent, Fingerprint FROM InsuredPersons WHERE Adherent IN ({Keys})";

    /// <summary>Fingerprints of all payments made to these adherents.</summary>
    public static readonly string PaymentFingerprints = $"SELECT Payment, Fingerprint FROM Payments WHERE Adherent IN ({Keys})";

    private static string Keys => string.Join(", ", Enumerable.Range(0, KeysAtOnce).Select(i => $"@Key{i}"));
}
