using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace MsaOrleans.Silo.Storage;

/// <summary>Keeps the keys of ASP.NET Core Data Protection in the database, where every machine finds them.</summary>
/// <param name="database">Opened with the first key, not with the site: the server may be started after us.</param>
public sealed class DatabaseKeyRepository(Lazy<Database> database) : IDeletableXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => [.. Stored().Select(stored => stored.Element)];

    /// <summary>Deletes those that are chosen, all or none of them.</summary>
    public bool DeleteElements(Action<IReadOnlyCollection<IDeletableElement>> chooseElements)
    {
        var stored = Stored();
        chooseElements(stored);
        using var connection = database.Value.Writes.OpenConnection();
        using var transaction = connection.BeginTransaction();
        foreach (var chosen in stored.Where(element => element.DeletionOrder is not null))
        {
            using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = "DELETE FROM DataProtectionKeys WHERE Id = @Id";
            command.Add("Id", chosen.Id);
            command.ExecuteNonQuery();
        }
        transaction.Commit();
        return true;
    }

    private List<StoredElement> Stored()
    {
        using var connection = database.Value.Reads.OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT Id, Xml FROM DataProtectionKeys ORDER BY Id";
        using var reader = command.ExecuteReader();
        var elements = new List<StoredElement>();
        while (reader.Read())
            elements.Add(new(reader.GetInt32(0), XElement.Parse(reader.GetString(1))));
        return elements;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var connection = database.Value.Writes.OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO DataProtectionKeys (FriendlyName, Xml) VALUES (@FriendlyName, @Xml)";
        command.Add("FriendlyName", friendlyName).Add("Xml", element.ToString(SaveOptions.DisableFormatting));
        command.ExecuteNonQuery();
    }

    private sealed record StoredElement(int Id, XElement Element) : IDeletableElement
    {
        public int? DeletionOrder { get; set; }
    }
}
