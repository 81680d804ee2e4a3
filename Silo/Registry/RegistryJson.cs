using System.Text.Json.Serialization;
using MsaOrleans.Grains.Interfaces.Space;
using MsaOrleans.Grains.Ports;

namespace MsaOrleans.Silo.Registry;

/// <summary>The content of registry rows as JSON. Names are a contract: rows sealed yesterday must load.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(InsuredPerson))]
[JsonSerializable(typeof(Payment))]
internal sealed partial class RegistryJson : JsonSerializerContext;
