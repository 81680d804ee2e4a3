using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace MsaOrleans.Silo.Storage;

/// <summary>Keeps the keys of ASP.NET Core Data Protection in the database, where every machine finds them.</summary>
/// <param name="database">Opened with the first key, not with the site: the server may be started after us.</param>
public sealed class DatabaseKeyRepository(Lazy<Database> database) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var connection = database.Value.Reads.OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT Xml FROM DataProtectionKeys ORDER BY Id";
        using var reader = command.ExecuteReader();
        var elements = new List<XElement>();
        while (reader.Read())
            elements.Add(XElement.Parse(reader.GetString(0)));
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
}
