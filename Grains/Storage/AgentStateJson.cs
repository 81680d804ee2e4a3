using System.Text.Json.Serialization;
using MsaOrleans.Grains.Interfaces.Agents;

namespace MsaOrleans.Grains.Storage;

/// <summary>The stored form of an agent, by the same rules as that of an adherent (<see cref="AdherentStateJson"/>).</summary>
[JsonSourceGenerationOptions(
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    Converters = [typeof(AgentLoginConverter), typeof(TotpSecretConverter)])]
[JsonSerializable(typeof(AgentState))]
internal sealed partial class AgentStateJson : JsonSerializerContext;

internal sealed class AgentLoginConverter : TextConverter<AgentLogin>
{
    protected override AgentLogin Parse(string text) => AgentLogin.Parse(text);

    protected override string Format(AgentLogin value) => value.Value;
}

internal sealed class TotpSecretConverter : TextConverter<TotpSecret>
{
    protected override TotpSecret Parse(string text) => TotpSecret.Parse(text);

    protected override string Format(TotpSecret value) => value.Base32;
}
