using System.Text.Json;
using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Storage;
using static MsaOrleans.Grains.Tests.Samples;

namespace MsaOrleans.Grains.Tests.Storage;

public sealed class AdherentStateJsonTests
{
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

    private static string Write(AdherentState state) => JsonSerializer.Serialize(state, AdherentStateJson.Default.AdherentState);

    private static AdherentState Read(string json) => JsonSerializer.Deserialize(json, AdherentStateJson.Default.AdherentState)!;
}
