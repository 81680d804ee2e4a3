using System.Data.Common;
using MsaOrleans.Grains.Interfaces.Space;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.Registry;

/// <summary>Our copy of the caisses' registry, in our own database, sealed.</summary>
public sealed class SqlInsuredPersonRegistry(Database database, RegistryProtection protection) : IInsuredPersonRegistry
{
    public async Task<InsuredPerson?> Find(Guid adherent)
    {
        var found = await Read(RegistrySql.FindPerson, adherent, reader => protection.OpenPerson(adherent, (byte[])reader.GetValue(0)));
        return found.SingleOrDefault();
    }

    public async Task<IReadOnlyList<Payment>> Payments(Guid adherent)
    {
        var found = await Read(RegistrySql.FindPayments, adherent, reader => protection.OpenPayment(adherent, ((byte[])reader.GetValue(0)).ToGuid(), (byte[])reader.GetValue(1)));
        return [.. found.OrderByDescending(payment => payment.Date).ThenBy(payment => payment.Kind, StringComparer.Ordinal).ThenByDescending(payment => payment.Amount)];
    }

    // Off the caller's scheduler: SQLite's driver blocks, and so does opening seals.
    private Task<List<T>> Read<T>(string query, Guid adherent, Func<DbDataReader, T> open) => Task.Run(async () =>
    {
        await using var connection = await database.Reads.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = query;
        command.Add("Adherent", adherent.ToBytes());
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
            rows.Add(open(reader));
        return rows;
    });
}
