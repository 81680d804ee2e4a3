using System.Text.Json.Serialization;

namespace MsaOrleans.Grains.Storage;

/// <summary>
/// The stored form of an adherent: JSON that names no type, enums by name, values as plain strings. What an older version did not write
/// takes its default; what a newer one added is skipped.
/// </summary>
[JsonSourceGenerationOptions(
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    Converters = [typeof(NirConverter), typeof(EmailAddressConverter), typeof(PhoneNumberConverter), typeof(VerificationCodeConverter)])]
[JsonSerializable(typeof(AdherentState))]
internal sealed partial class AdherentStateJson : JsonSerializerContext;
