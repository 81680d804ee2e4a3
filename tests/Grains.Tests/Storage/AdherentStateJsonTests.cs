using System.Text.Json;
using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Storage;
using static MsaOrleans.Grains.Tests.Samples;

namespace MsaOrleans.Grains.Tests.Storage;

public sealed class AdherentStateJsonTests
{
    [Fact]
    public void Everything_that_is_kept_comes_back() => Assert.Equal(Write(FullState.Value), Write(Read(Write(FullState.Value))));

    [Fact]
    public void Yesterday_s_row_reads_as_it_was_meant()
    {
        var read = Read(Golden());

        Assert.Equal(Write(FullState.Value), Write(read));
        Assert.Equal(FullState.Value.Identity, read.Identity);
        Assert.Equal(FullState.Value.Registration.Drafts, read.Registration.Drafts);
        Assert.Equal(FullState.Value.Credentials.Personal, read.Credentials.Personal);
        Assert.Equal(FullState.Value.Verification.Attempts, read.Verification.Attempts);
        Assert.Equal(FullState.Value.Dispatches.All, read.Dispatches.All);
        Assert.Equal(FullState.Value.DueAt, read.DueAt);
    }

    [Fact]
    public void Today_s_row_looks_as_yesterday_s_did() =>
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(Golden()).RootElement, JsonDocument.Parse(Write(FullState.Value)).RootElement), Write(FullState.Value));

    /// <summary>So that a property that is added to the state is added here, and with it to a golden file of its own.</summary>
    [Fact]
    public void Nothing_of_the_full_state_is_left_at_its_default()
    {
        var forgotten = new List<string>();
        Look(FullState.Value, "");
        Assert.Empty(forgotten);

        void Look(object value, string path)
        {
            foreach (var property in value.GetType().GetProperties().Where(p => p.CanWrite))
            {
                var here = $"{path}.{property.Name}";
                var held = property.GetValue(value);
                if (held is null || held.Equals(property.PropertyType.IsValueType ? Activator.CreateInstance(property.PropertyType) : null))
                    forgotten.Add(here);
                else if (held is IEnumerable<object> all)
                    LookAtLast(all, here);
                else if (IsOurs(held))
                    Look(held, here);
            }
        }

        // In a list the last one has everything: others may show the first name of an enum, or a "no".
        void LookAtLast(IEnumerable<object> all, string path)
        {
            if (all.LastOrDefault() is not { } last)
                forgotten.Add(path);
            else if (IsOurs(last))
                Look(last, path);
        }

        static bool IsOurs(object value) => value.GetType().Namespace?.StartsWith("MsaOrleans", StringComparison.Ordinal) == true;
    }

    [Fact]
    public void What_a_newer_version_added_is_skipped()
    {
        var newer = Golden()
            .Replace("\"Owner\":", "\"Newer\": { \"Kind\": \"Unheard\", \"Of\": [1, null, {}] }, \"Owner\":", StringComparison.Ordinal)
            .Replace("\"Failures\":", "\"Newer\": [true], \"Failures\":", StringComparison.Ordinal)
            .Replace("\"TicketHash\":", "\"Newer\": \"x\", \"TicketHash\":", StringComparison.Ordinal);

        Assert.NotEqual(Golden(), newer);
        Assert.Equal(Write(FullState.Value), Write(Read(newer)));
    }

    [Fact]
    public void The_row_names_no_type_and_enums_by_name()
    {
        var json = Write(FullState.Value);

        foreach (var trace in new[] { "$type", "$id", "MsaOrleans", "System.", "Grains", "Version=" })
            Assert.DoesNotContain(trace, json, StringComparison.OrdinalIgnoreCase);
        foreach (var name in Enum.GetNames<LetterKind>().Concat(Enum.GetNames<ProofKind>()))
            Assert.Contains($"\"{name}\"", json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"285072A068022\"", "\"285132A068022\"")]
    [InlineData("\"marie-eve@example.fr\"", "\"marie-eve\"")]
    [InlineData("\"+33389123457\"", "\"0389123457\"")]
    [InlineData("\"EmailChangeLink\"", "\"Unheard\"")]
    public void A_row_with_a_value_that_cannot_be_is_not_read(string good, string bad) =>
        Assert.ThrowsAny<Exception>(() => Read(Golden().Replace(good, bad, StringComparison.Ordinal)));

    [Theory]
    [InlineData(LetterKind.ProvisionalPassword)]
    [InlineData(LetterKind.EmailChangeLink)]
    [InlineData(LetterKind.EmailChangeRequested)]
    [InlineData(LetterKind.EmailChanged)]
    public void A_row_that_owes_a_letter_of_any_kind_can_be_read_again(LetterKind kind)
    {
        var id = Guid.NewGuid();
        var read = Read(Write(new() { Dispatches = new Dispatches().Request(id, kind, Email, Now) }));

        var dispatch = Assert.Single(read.Dispatches.All);
        Assert.Equal((id, kind), (dispatch.Id, dispatch.Kind));
    }

    [Fact]
    public void Only_what_is_told_is_stored_and_nothing_that_follows_from_it()
    {
        var json = Write(new() { Dispatches = new Dispatches().Request(Guid.NewGuid(), LetterKind.EmailChanged, Email, Now) });

        using var document = JsonDocument.Parse(json);
        Assert.Equal(["All"], document.RootElement.GetProperty("Dispatches").EnumerateObject().Select(p => p.Name));
        Assert.Equal(["Failures", "Locks"], document.RootElement.GetProperty("Verification").GetProperty("Lockout").EnumerateObject().Select(p => p.Name));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"Registration":{},"Verification":{},"Credentials":{},"Sessions":{},"Contact":{},"Enrolments":{},"Dispatches":{}}""")]
    [InlineData("""{"Registration":null,"Verification":{"Lockout":null,"Attempts":null},"Sessions":{"Open":null}}""")]
    public void What_an_older_version_did_not_write_takes_its_default(string json)
    {
        var read = Read(json);

        Assert.True(read.IsEmpty);
        Assert.Null(read.DueAt);
        Assert.Equal(Write(new()), Write(read));
    }

    private static string Golden()
    {
        using var reader = new StreamReader(typeof(AdherentStateJsonTests).Assembly.GetManifestResourceStream("adherent-v1.json")!);
        return reader.ReadToEnd();
    }

    private static string Write(AdherentState state) => JsonSerializer.Serialize(state, AdherentStateJson.Default.AdherentState);

    private static AdherentState Read(string json) => JsonSerializer.Deserialize(json, AdherentStateJson.Default.AdherentState)!;
}
