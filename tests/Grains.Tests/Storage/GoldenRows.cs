using System.Text.Json;
using MsaOrleans.Grains.Storage;

namespace MsaOrleans.Grains.Tests.Storage;

/// <summary>The golden files: one adherent in each form that a row has had, which must be readable for ever.</summary>
internal static class GoldenRows
{
    public const string Latest = "adherent-v9.json";

    public static readonly TheoryData<string> Forms = ["adherent-v1.json", "adherent-v2.json", "adherent-v3.json", "adherent-v4.json", "adherent-v5.json", "adherent-v6.json", "adherent-v7.json", "adherent-v8.json", Latest];

    /// <summary>What the row of a form means.</summary>
    public static AdherentState Meant(string form) => form switch
    {
        "adherent-v1.json" => FirstForms.V1,
        "adherent-v2.json" => FirstForms.V2,
        "adherent-v3.json" => FirstForms.V3,
        "adherent-v4.json" => FullState.V4,
        "adherent-v5.json" => FullState.V5,
        "adherent-v6.json" => FullState.V6,
        "adherent-v7.json" => FullState.V7,
        "adherent-v8.json" => FullState.V8,
        _ => FullState.Value,
    };

    /// <summary>The row as that form wrote it.</summary>
    public static string Golden(string form = Latest)
    {
        using var reader = new StreamReader(typeof(GoldenRows).Assembly.GetManifestResourceStream(form)!);
        return reader.ReadToEnd();
    }

    public static string Write(AdherentState state) => JsonSerializer.Serialize(state, AdherentStateJson.Default.AdherentState);

    public static AdherentState Read(string json) => JsonSerializer.Deserialize(json, AdherentStateJson.Default.AdherentState)!;
}
