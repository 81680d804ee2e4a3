using System.Text.Json;
using System.Text.Json.Serialization;
using MsaOrleans.Grains.Interfaces.FranceConnect;
using MsaOrleans.Grains.Interfaces.Space;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Grains.Storage;

namespace MsaOrleans.Silo.Registry;

/// <summary>The content of registry rows as JSON. Names are a contract: rows sealed yesterday must load.</summary>
[JsonSourceGenerationOptions(
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(NirConverter), typeof(CivilDateConverter)])]
[JsonSerializable(typeof(InsuredPerson))]
[JsonSerializable(typeof(Payment))]
internal sealed partial class RegistryJson : JsonSerializerContext;

/// <summary>A date of the civil status as FranceConnect writes it.</summary>
internal sealed class CivilDateConverter : JsonConverter<CivilDate>
{
    public override CivilDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        CivilDate.TryParse(reader.GetString(), out var date) ? date : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, CivilDate value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
