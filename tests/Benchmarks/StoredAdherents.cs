using System.Data.Common;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Silo.Adherents;
using MsaOrleans.Silo.Storage;
using Npgsql;
using NpgsqlTypes;
using Orleans.Storage;

namespace MsaOrleans.Benchmarks;

/// <summary>Fills a database with adherents as their grains would have stored them, only faster: rows sealed by the real serializer, thousands a transaction.</summary>
/// <param name="services">Those of a silo in this process that has been started.</param>
internal sealed class StoredAdherents(IServiceProvider services)
{
    // Of Grains.AdherentGrain, which is nobody's business but the silo's.
    private const string StateName = "adherent";
    private const string StorageName = "adherents";

    private const int RowsATransaction = 5_000;

    private readonly AdherentRowSerializer serializer = services.GetRequiredService<AdherentRowSerializer>();
    private readonly IDataProtector protector = services.GetRequiredService<IDataProtectionProvider>().CreateProtector("MsaOrleans.Adherent.v1");
    private readonly OrleansDefaultHasher hasher = new();
    private readonly DateTimeOffset now = TimeProvider.System.GetUtcNow();

    /// <summary>Stores so many; the first ones are owed a letter that is due in days, a third of the others have only a time at which something expires.</summary>
    public Task Fill(int count, int owed, CancellationToken stop) =>
        Fill(Enumerable.Range(0, count).Select(i => Row(Guid.NewGuid(), i < owed ? Kind.IsOwedALetter : KindOf(i))), stop);

    /// <summary>Stores these, all with the same password; a third of them have only a time at which something expires.</summary>
    public Task Fill(IEnumerable<Guid> keys, PasswordHash password, CancellationToken stop) => Fill(keys.Select((key, i) => Row(key, KindOf(i), password)), stop);

    /// <summary>The address of one who is stored.</summary>
    public static string EmailOf(Guid key) => $"adherent.{key:N}@exemple.fr";

    private static Kind KindOf(int number) => number % 3 == 0 ? Kind.HasADueTime : Kind.HasNothingDue;

    // Rows are sealed as they are asked for: by each of those who store them.
    private async Task Fill(IEnumerable<Lazy<StoredRow>> rows, CancellationToken stop)
    {
        var identity = await Identity(stop);
        await Parallel.ForEachAsync(rows.Chunk(RowsATransaction), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = stop }, async (some, _) =>
            await Store(identity, [.. some.Select(row => row.Value)], stop));
    }

    private Lazy<StoredRow> Row(Guid key, Kind kind, PasswordHash? password = null) =>
        new(() => new(key, serializer.Serialize(serializer.Deserialize<object>(FormOne(key, kind, password))).ToArray()));

    /// <summary>How Orleans knows an adherent's row, learnt from one that it has stored itself.</summary>
    private async Task<RowIdentity> Identity(CancellationToken stop)
    {
        var database = services.GetRequiredService<Database>();
        var key = Guid.NewGuid();
        var id = services.GetRequiredService<IGrainFactory>().GetGrain<IAdherentDispatches>(key).GetGrainId();
        var storage = services.GetRequiredKeyedService<IGrainStorage>(StorageName);
        var stored = new GrainState<object>(serializer.Deserialize<object>(FormOne(key, Kind.HasNothingDue, password: null)));
        await storage.WriteStateAsync(StateName, id, stored);
        RowIdentity identity;
        await using (var connection = await database.Reads.OpenConnectionAsync(stop))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT GrainIdHash, GrainIdN0, GrainIdN1, GrainTypeHash, GrainTypeString, ServiceId FROM OrleansStorage WHERE GrainIdN0 = @N0 AND GrainIdN1 = @N1";
            Add(command, "N0", N0(key));
            Add(command, "N1", N1(key));
            await using var row = await command.ExecuteReaderAsync(stop);
            if (!await row.ReadAsync(stop) || row.GetInt64(0) != HashOf(key))
                throw new InvalidOperationException("Orleans names its rows in another way than this benchmark.");
            identity = new(row.GetInt64(3), row.GetString(4), row.GetString(5));
        }
        await storage.ClearStateAsync(StateName, id, stored);
        return identity;
    }

    private async Task Store(RowIdentity identity, IReadOnlyList<StoredRow> rows, CancellationToken stop)
    {
        await using var connection = await services.GetRequiredService<Database>().Writes.OpenConnectionAsync(stop);
        await (connection is NpgsqlConnection postgres ? Copy(identity, rows, postgres, stop) : Insert(identity, rows, connection, stop));
    }

    private async Task Copy(RowIdentity identity, IReadOnlyList<StoredRow> rows, NpgsqlConnection connection, CancellationToken stop)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            "COPY OrleansStorage (GrainIdHash, GrainIdN0, GrainIdN1, GrainTypeHash, GrainTypeString, ServiceId, PayloadBinary, ModifiedOn, Version) FROM STDIN BINARY", stop);
        foreach (var (key, payload) in rows)
        {
            await copy.StartRowAsync(stop);
            await copy.WriteAsync((int)HashOf(key), NpgsqlDbType.Integer, stop);
            await copy.WriteAsync(N0(key), NpgsqlDbType.Bigint, stop);
            await copy.WriteAsync(N1(key), NpgsqlDbType.Bigint, stop);
            await copy.WriteAsync((int)identity.TypeHash, NpgsqlDbType.Integer, stop);
            await copy.WriteAsync(identity.Type, NpgsqlDbType.Text, stop);
            await copy.WriteAsync(identity.Service, NpgsqlDbType.Text, stop);
            await copy.WriteAsync(payload, NpgsqlDbType.Bytea, stop);
            await copy.WriteAsync(now.DateTime, NpgsqlDbType.Timestamp, stop);
            await copy.WriteAsync(1, NpgsqlDbType.Integer, stop);
        }
        await copy.CompleteAsync(stop);
    }

    private async Task Insert(RowIdentity identity, IReadOnlyList<StoredRow> rows, DbConnection connection, CancellationToken stop)
    {
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText =
            """
            INSERT INTO OrleansStorage (GrainIdHash, GrainIdN0, GrainIdN1, GrainTypeHash, GrainTypeString, ServiceId, PayloadBinary, ModifiedOn, Version)
            VALUES (@Hash, @N0, @N1, @TypeHash, @Type, @Service, @Payload, datetime('now'), 1)
            """;
        Add(command, "TypeHash", identity.TypeHash);
        Add(command, "Type", identity.Type);
        Add(command, "Service", identity.Service);
        foreach (var name in (string[])["Hash", "N0", "N1", "Payload"])
            Add(command, name, 0L);
        foreach (var (key, payload) in rows)
        {
            command.Parameters["Hash"].Value = HashOf(key);
            command.Parameters["N0"].Value = N0(key);
            command.Parameters["N1"].Value = N1(key);
            command.Parameters["Payload"].Value = payload;
            await command.ExecuteNonQueryAsync(stop);
        }
        await transaction.CommitAsync(stop);
    }

    // The state is the grains' own type: it is told as yesterday's row, whose header says nothing that is looked at, and written as today's.
    private BinaryData FormOne(Guid key, Kind kind, PasswordHash? password) => new([1, .. new byte[sizeof(long)], .. protector.Protect(Json(key, kind, password))]);

    private byte[] Json(Guid key, Kind kind, PasswordHash? password)
    {
        var (first, letter, inDays, signedUp) = (Guid.NewGuid(), Guid.NewGuid(), now.AddDays(3), now.AddDays(-30));
        var email = EmailOf(key);
        object sent = new { Id = first, Kind = "ProvisionalPassword", To = email, RequestedAt = signedUp, NotBefore = signedUp, OverdueAt = signedUp, Tries = 1, SentAt = signedUp };
        object due = new { Id = letter, Kind = "DepartmentCode", To = email, RequestedAt = now, NotBefore = inDays, OverdueAt = inDays.AddMinutes(5) };
        return JsonSerializer.SerializeToUtf8Bytes(new
        {
            Owner = key,
            Nir = "1630967482229",
            Identity = new { BirthName = "LAMY", GivenNames = "FRITZ", BirthDate = "1963-09-12" },
            Registration = new { Completed = new { At = signedUp, TicketHash = Secret(), TermsVersion = "2026-01" } },
            Verification = new { Attempts = new[] { new { At = signedUp, Proof = "VitaleCard", Matched = true } } },
            Credentials = new
            {
                Personal = password ?? new("argon2id", 19456, 2, Secret(), Secret()),
                PersonalSince = signedUp,
                LastSignInAt = signedUp,
            },
            Contact = new
            {
                Email = email,
                EmailVerifiedAt = signedUp,
                MobilePhone = "+33612345678",
                ConfirmedAt = signedUp,
                PendingEmail = kind == Kind.HasADueTime ? new { Address = $"nouveau.{key:N}@exemple.fr", Link = first, SecretHashes = new[] { Secret() }, ExpiresAt = inDays } : null,
            },
            Enrolments = new
            {
                ServiceBundle = "particulier",
                Departments = new[] { new { Department = "67", ActiveSince = signedUp }, new { Department = "68", ActiveSince = signedUp } },
                Requests = kind == Kind.IsOwedALetter ? new[] { new { Letter = letter, Department = "01", RequestedAt = now, CodeDueAt = inDays } } : [],
            },
            Dispatches = new { All = kind == Kind.IsOwedALetter ? new[] { sent, due } : [sent] },
        });
    }

    private static string Secret() => Convert.ToBase64String([.. Guid.NewGuid().ToByteArray(), .. Guid.NewGuid().ToByteArray()]);

    // As Orleans' provider takes a Guid key apart.
    private static long N0(Guid key) => BitConverter.ToInt64(key.ToByteArray(), 0);

    private static long N1(Guid key) => BitConverter.ToInt64(key.ToByteArray(), sizeof(long));

    private long HashOf(Guid key) => hasher.Hash([.. key.ToByteArray().Reverse()]);

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }

    private enum Kind
    {
        HasNothingDue,
        HasADueTime,
        IsOwedALetter,
    }

    private sealed record StoredRow(Guid Key, byte[] Payload);

    /// <summary>What all rows of adherents have in common.</summary>
    private sealed record RowIdentity(long TypeHash, string Type, string Service);
}
