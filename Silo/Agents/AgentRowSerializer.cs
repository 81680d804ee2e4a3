using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using MsaOrleans.Grains;
using MsaOrleans.Grains.Storage;
using Orleans.Storage;

namespace MsaOrleans.Silo.Agents;

/// <summary>
/// The stored form of an agent's row, in the table of the adherents: a byte that names this form, nine bytes in the place of what an adherent's row tells in clear,
/// then his state as encrypted JSON. These bytes are the same for all agents, a due time that no clock reaches and no letter owed: the index of the due times then
/// leads to all agents, and to nobody else.
/// </summary>
public sealed class AgentRowSerializer(IDataProtectionProvider keys) : IGrainStorageSerializer
{
    private const byte Form = 1;

    // Beyond the "never" of an adherent.
    private const byte Due = 0xFF;
    private const int DueLength = sizeof(long);
    private const int HeaderLength = 1 + DueLength + 1;

    private readonly IDataProtector protector = keys.CreateProtector("MsaOrleans.Agent.v1");

    /// <summary>What stands in the place of the due time.</summary>
    internal static byte[] DueOfAgents => [.. Enumerable.Repeat(Due, DueLength)];

    public BinaryData Serialize<T>(T? input) => input is AgentState state
        ? new([Form, .. DueOfAgents, 0, .. protector.Protect(JsonSerializer.SerializeToUtf8Bytes(state, AgentStateJson.Default.AgentState))])
        : throw new NotSupportedException($"Rows hold agents, not {typeof(T).Name}.");

    public T Deserialize<T>(BinaryData input)
    {
        var row = input.ToMemory().Span;
        if (row.Length <= HeaderLength)
            throw new InvalidDataException("This row is cut off.");
        if (row[0] != Form)
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"This row has form {row[0]}; this program reads form {Form}."));
        var content = protector.Unprotect(row[HeaderLength..].ToArray());
        return (T)(object)(JsonSerializer.Deserialize(content, AgentStateJson.Default.AgentState) ?? throw new InvalidDataException("This row is empty."));
    }
}
