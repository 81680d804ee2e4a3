using System.Text.Json;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Assistance;

namespace MsaOrleans.Grains.Tests.Adherent;

/// <summary>What an agent of the hotline sees of an adherent and does for him, and what he leaves on the record.</summary>
[Collection(AdherentCluster.SharedClock)]
public sealed class FileNotesTests(AdherentCluster cluster)
{
    private static readonly Password own = new(TestAdherent.OwnPassword);

    [Fact]
    public async Task Notes_are_plain_text_newest_first_and_fifty_at_most()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Connect();
        const string html = "<script>alert(1)</script> & \"c'est tout\"";

        Assert.Equal(AssistanceOutcome.TextMissing, await fritz.Assistance.AddNote(Call.Act, " \r\n "));
        Assert.Equal(AssistanceOutcome.TextTooLong, await fritz.Assistance.AddNote(Call.Act, new('x', 1001)));
        Assert.Empty(fritz.Stored!.Assistance.Notes);
        for (var i = 0; i < 50; i++)
            Assert.Equal(AssistanceOutcome.Done, await fritz.Assistance.AddNote(Call.Act, $"{i}"));
        Assert.Equal(AssistanceOutcome.Done, await fritz.Assistance.AddNote(Call.Act, $"  {html}\r\nligne\ud800 "));

        var notes = (await fritz.Look()).Notes;
        Assert.Equal(new(cluster.Now, "c.roth", $"{html}\nligne\ufffd"), notes[0]);
        Assert.Equal((50, "49", "1"), (notes.Count, notes[1].Text, notes[^1].Text));
        Assert.Equal(AssistanceOutcome.Done, await fritz.Assistance.AddNote(Call.Act, new('x', 1000)));
    }

    [Fact]
    public async Task Notes_about_somebody_without_an_account_are_kept_a_month()
    {
        var nobody = cluster.NewAdherent();
        Assert.Equal(AssistanceOutcome.Done, await nobody.Assistance.AddNote(Call.Act, "Attend sa carte Vitale."));
        Assert.Equal(cluster.Now.AddDays(30), nobody.Stored!.DueAt);

        cluster.Clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromTicks(1));
        await nobody.Dispatches.Sweep(queueLost: false);
        Assert.Single((await nobody.Look()).Notes);
        cluster.Clock.Advance(TimeSpan.FromTicks(1));
        await nobody.Dispatches.Sweep(queueLost: false);

        Assert.Null(nobody.Stored);
    }

    [Fact]
    public async Task A_note_made_before_the_sign_up_is_there_after_it_and_goes_with_the_account()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Assistance.AddNote(Call.Act, "Attend sa carte Vitale.");
        var session = await fritz.Connect();
        Assert.Single((await fritz.Look()).Notes);
        cluster.Clock.Advance(TimeSpan.FromMinutes(5));
        await fritz.Assistance.SendProvisionalPassword(Call.Act);

        await fritz.Account.Close(session, own);

        Assert.Empty(fritz.Stored!.Assistance.Notes);
        Assert.Equal([cluster.Now], fritz.Stored.Assistance.PasswordsSent); // or closing would make room for five more
        Assert.DoesNotContain("Vitale", JsonSerializer.Serialize(await fritz.Look()), StringComparison.Ordinal);
    }
}
