using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Contact;

namespace MsaOrleans.Grains.Tests.Adherent;

[Collection(AdherentCluster.SharedClock)]
public sealed class ContactTests(AdherentCluster cluster)
{
    [Fact]
    public async Task A_changed_address_is_used_once_its_link_is_opened_and_the_old_one_is_told_twice()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Personalise();
        Assert.Equal(ContactConfirmation.EmailToProve, await Change(fritz, session, Samples.OtherEmail));
        Assert.Equal(Samples.Email, (await fritz.Contact.Read(session))!.Email);
        Assert.Equal(Samples.OtherEmail, (await fritz.Space.Home(session))!.PendingEmail);

        var letters = await TakeAll(fritz);
        Assert.Equal(
            [(LetterKind.EmailChangeLink, Samples.OtherEmail), (LetterKind.EmailChangeRequested, Samples.Email)],
            letters.Select(l => (l.Kind, l.To)));
        Assert.Null(letters[1].Secret);
        Assert.True(EmailLink.TryParse(letters[0].Secret, out var whose, out var secret));
        Assert.Equal(fritz.Key, whose);
        Assert.Equal(EmailProof.Changed, await fritz.Contact.ProveEmail(secret));

        Assert.Equal(Samples.OtherEmail, (await fritz.Contact.Read(session))!.Email);
        Assert.Null((await fritz.Space.Home(session))!.PendingEmail);
        var notice = Assert.Single(await TakeAll(fritz));
        Assert.Equal((LetterKind.EmailChanged, Samples.Email, null), (notice.Kind, notice.To, notice.Secret));
    }

    [Fact]
    public async Task A_link_works_once_and_for_a_day()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Personalise();
        await Change(fritz, session, Samples.OtherEmail);
        var used = await SecretOfLink(fritz);
        Assert.Equal(EmailProof.Changed, await fritz.Contact.ProveEmail(used));
        Assert.Equal(EmailProof.Invalid, await fritz.Contact.ProveEmail(used));

        await TakeAll(fritz);
        await Change(fritz, session, Samples.Email);
        var late = await SecretOfLink(fritz);
        cluster.Clock.Advance(TimeSpan.FromHours(24));
        Assert.Equal(EmailProof.Invalid, await fritz.Contact.ProveEmail(late));
        Assert.Equal(EmailProof.Invalid, await fritz.Contact.ProveEmail(""));
        Assert.Equal(Samples.OtherEmail, fritz.Stored!.Contact.Email);
    }

    [Fact]
    public async Task A_new_address_that_nobody_proved_in_time_is_forgotten_by_the_sweep()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Personalise();
        await Change(fritz, session, Samples.OtherEmail);
        foreach (var letter in fritz.Stored!.Dispatches.Pending.ToList())
        {
            await fritz.Dispatches.Take(letter.Id);
            await fritz.Dispatches.Confirm(letter.Id);
        }
        Assert.Equal(cluster.Now.AddHours(24), fritz.Stored!.DueAt);
        cluster.Clock.Advance(TimeSpan.FromHours(24));
        await fritz.Dispatches.Sweep(queueLost: false);
        Assert.Null(fritz.Stored!.Contact.PendingEmail);
        Assert.Null(fritz.Stored!.DueAt);
    }

    [Fact]
    public async Task A_letter_that_a_later_request_has_replaced_does_not_leave()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Personalise();
        await Change(fritz, session, Samples.OtherEmail);
        await Change(fritz, session, EmailAddress.Parse("third@example.fr"));

        Assert.Equal(
            [Samples.Email, EmailAddress.Parse("third@example.fr"), Samples.Email],
            (await TakeAll(fritz)).Select(l => l.To));
    }

    [Fact]
    public async Task Confirming_twice_sends_one_link()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Personalise();
        await Change(fritz, session, Samples.OtherEmail);
        Assert.Equal(ContactConfirmation.EmailToProve, await Change(fritz, session, Samples.OtherEmail));

        Assert.Equal(2, (await TakeAll(fritz)).Count);
    }

    [Fact]
    public async Task Nobody_unknown_has_a_link() =>
        Assert.Equal(EmailProof.Invalid, await cluster.NewAdherent(known: false).Contact.ProveEmail(RandomSecret.New()));

    private static Task<ContactConfirmation> Change(TestAdherent adherent, SessionToken session, EmailAddress email) =>
        adherent.Contact.Confirm(session, new(email, null, null, null));

    private async Task<string> SecretOfLink(TestAdherent adherent)
    {
        var link = (await TakeAll(adherent)).Single(l => l.Kind == LetterKind.EmailChangeLink);
        Assert.True(EmailLink.TryParse(link.Secret, out _, out var secret));
        return secret;
    }

    private async Task<List<Letter>> TakeAll(TestAdherent adherent)
    {
        var letters = new List<Letter>();
        foreach (var (dispatch, _) in cluster.Queue.TakeJobs(adherent.Key))
        {
            if (await adherent.Dispatches.Take(dispatch) is { } letter)
                letters.Add(letter);
            await adherent.Dispatches.Confirm(dispatch);
        }
        return letters;
    }
}
