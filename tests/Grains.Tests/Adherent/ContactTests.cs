using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Contact;

namespace MsaOrleans.Grains.Tests.Adherent;

[Collection(AdherentCluster.SharedClock)]
public sealed class ContactTests(AdherentCluster cluster)
{
    private static readonly Password own = new(TestAdherent.OwnPassword);
    private static readonly PostalAddress moved = new("8 rue Haute", "68000", "Colmar");

    [Fact]
    public async Task A_changed_address_is_used_once_its_link_is_opened_and_the_old_one_is_told_twice()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Personalise();
        Assert.Equal(ContactConfirmation.EmailToProve, await Change(fritz, session, Samples.OtherEmail));
        Assert.Equal(Samples.Email, (await fritz.Contact.Read(session))!.Email);
        Assert.Equal(Samples.OtherEmail, (await fritz.Space.Home(session))!.PendingEmail);

        var letters = await fritz.ReceiveLetters();
        Assert.Equal(
            [(LetterKind.EmailChangeLink, Samples.OtherEmail), (LetterKind.EmailChangeRequested, Samples.Email)],
            letters.Select(l => (l.Kind, l.To)));
        Assert.Null(letters[1].Secret);
        Assert.True(EmailLink.TryParse(letters[0].Secret, out var whose, out var secret));
        Assert.Equal(fritz.Key, whose);
        Assert.Equal(EmailProof.Changed, await fritz.Contact.ProveEmail(secret));

        Assert.Equal(Samples.OtherEmail, (await fritz.Contact.Read(session))!.Email);
        Assert.Null((await fritz.Space.Home(session))!.PendingEmail);
        var notice = Assert.Single(await fritz.ReceiveLetters());
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

        await fritz.ReceiveLetters();
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
            (await fritz.ReceiveLetters()).Select(l => l.To));
    }

    [Fact]
    public async Task Confirming_twice_sends_one_link()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Personalise();
        await Change(fritz, session, Samples.OtherEmail);
        Assert.Equal(ContactConfirmation.EmailToProve, await Change(fritz, session, Samples.OtherEmail));

        Assert.Equal(2, (await fritz.ReceiveLetters()).Count);
    }

    [Fact]
    public async Task Nobody_unknown_has_a_link() =>
        Assert.Equal(EmailProof.Invalid, await cluster.NewAdherent(known: false).Contact.ProveEmail(RandomSecret.New()));

    [Fact]
    public async Task With_his_password_he_asks_for_another_address_and_it_is_used_once_its_link_is_opened()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        Assert.Equal(EmailChangeOutcome.ToProve, await fritz.Contact.ChangeEmail(session, own, Samples.OtherEmail));
        var overview = (await fritz.Contact.Account(session))!;
        Assert.Equal((Samples.Email, Samples.OtherEmail), (overview.Card.Email, overview.PendingEmail));

        var letters = await fritz.ReceiveLetters();
        Assert.Equal(
            [(LetterKind.EmailChangeLink, Samples.OtherEmail), (LetterKind.EmailChangeRequested, Samples.Email)],
            letters.Select(l => (l.Kind, l.To)));
        Assert.Equal(cluster.Now.AddHours(24), letters[0].ExpiresAt);
        Assert.Equal(EmailProof.Changed, await fritz.Contact.ProveEmail(Secret(letters[0])));

        overview = (await fritz.Contact.Account(session))!;
        Assert.Equal((Samples.OtherEmail, null), (overview.Card.Email, overview.PendingEmail));
        Assert.Equal(cluster.Now, fritz.Stored!.Contact.EmailVerifiedAt);
        Assert.Equal((LetterKind.EmailChanged, Samples.Email), Assert.Single((await fritz.ReceiveLetters()).Select(l => (l.Kind, l.To))));
        await fritz.Credentials.Recover(Samples.Email);
        Assert.Empty(await fritz.ReceiveLetters()); // the old address opens nothing any more
        await fritz.Credentials.Recover(Samples.OtherEmail);
        Assert.Equal(Samples.OtherEmail, Assert.Single(await fritz.ReceiveLetters()).To);
    }

    [Fact]
    public async Task Asking_again_sends_no_second_link_and_the_address_in_use_drops_the_first()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        Assert.Equal(EmailChangeOutcome.Unchanged, await fritz.Contact.ChangeEmail(session, own, Samples.Email));
        Assert.Empty(await fritz.ReceiveLetters());
        await fritz.Contact.ChangeEmail(session, own, Samples.OtherEmail);
        var letters = await fritz.ReceiveLetters();

        Assert.Equal(EmailChangeOutcome.ToProve, await fritz.Contact.ChangeEmail(session, own, Samples.OtherEmail));
        Assert.Empty(await fritz.ReceiveLetters());
        Assert.Equal(EmailChangeOutcome.Unchanged, await fritz.Contact.ChangeEmail(session, own, Samples.Email));
        Assert.Empty(await fritz.ReceiveLetters());

        Assert.Equal(EmailProof.Invalid, await fritz.Contact.ProveEmail(Secret(letters[0])));
        Assert.Equal(Samples.Email, fritz.Stored!.Contact.Email);
    }

    [Fact]
    public async Task A_link_that_was_altered_used_replaced_or_is_somebody_else_s_changes_nothing()
    {
        var (fritz, other) = (cluster.NewAdherent(), cluster.NewAdherent());
        var sessions = new[] { await fritz.Connect(), await other.Connect() };
        await fritz.Contact.ChangeEmail(sessions[0], own, EmailAddress.Parse("third@example.fr"));
        var replaced = await SecretOfLink(fritz);
        await fritz.Contact.ChangeEmail(sessions[0], own, Samples.OtherEmail);
        await other.Contact.ChangeEmail(sessions[1], own, Samples.OtherEmail);
        var (right, foreign) = (await SecretOfLink(fritz), await SecretOfLink(other));

        foreach (var bad in new[] { replaced, foreign, right[..^1], $"{right}A", right.ToLowerInvariant(), (right[0] == 'A' ? "B" : "A") + right[1..], RandomSecret.New() })
            Assert.Equal(EmailProof.Invalid, await fritz.Contact.ProveEmail(bad));
        Assert.Equal(Samples.Email, fritz.Stored!.Contact.Email);
        Assert.Equal(EmailProof.Changed, await fritz.Contact.ProveEmail(right));
        Assert.Equal(EmailProof.Invalid, await fritz.Contact.ProveEmail(right));
        Assert.Equal(Samples.Email, other.Stored!.Contact.Email);
    }

    [Fact]
    public async Task A_link_opened_a_hundred_times_at_once_changes_the_address_once()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Contact.ChangeEmail(await fritz.Connect(), own, Samples.OtherEmail);
        var secret = await SecretOfLink(fritz);

        var proofs = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => fritz.Contact.ProveEmail(secret)));

        Assert.Single(proofs, EmailProof.Changed);
        Assert.Single(await fritz.ReceiveLetters());
    }

    [Fact]
    public async Task A_link_works_to_the_last_tick_of_its_day()
    {
        var (early, late) = (cluster.NewAdherent(), cluster.NewAdherent());
        var secrets = new List<string>();
        foreach (var adherent in new[] { early, late })
        {
            await adherent.Contact.ChangeEmail(await adherent.Connect(), own, Samples.OtherEmail);
            secrets.Add(await SecretOfLink(adherent));
        }

        cluster.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromTicks(1));
        Assert.Equal(EmailProof.Changed, await early.Contact.ProveEmail(secrets[0]));
        cluster.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(EmailProof.Invalid, await late.Contact.ProveEmail(secrets[1]));
        Assert.Null((await late.Contact.Account((await late.SignIn(TestAdherent.OwnPassword)).Session))!.PendingEmail);
    }

    [Fact]
    public async Task The_wrong_password_asks_for_no_address_and_counts()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();

        Assert.Equal(EmailChangeOutcome.WrongPassword, await fritz.Contact.ChangeEmail(session, new("Mauvais-Mot-1"), Samples.OtherEmail));

        Assert.Null(fritz.Stored!.Contact.PendingEmail);
        Assert.Equal(1, fritz.Stored.Credentials.Lockout.Failures);
        Assert.Empty(cluster.Queue.TakeJobs(fritz.Key));
    }

    [Fact]
    public async Task Numbers_reception_and_the_address_he_tells_are_kept_at_once_and_each_in_one_write()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        var (mobile, landline, fax) = (PhoneNumber.Parse("+33698765432"), PhoneNumber.Parse("+33388123456"), PhoneNumber.Parse("+33388123457"));
        var told = cluster.Now;
        cluster.Rows.TakeNotes(fritz.Key);

        Assert.True(await fritz.Contact.ChangePhones(session, mobile, landline, fax));
        Assert.True(await fritz.Contact.ChooseReception(session, new(ReceptionMode.Email, ReceptionMode.Paper)));
        Assert.True(await fritz.Contact.TellAddress(session, moved));
        Assert.True(await fritz.Contact.TellAddress(session, moved));

        Assert.Equal(["written", "written", "written"], cluster.Rows.TakeNotes(fritz.Key));
        var overview = (await fritz.Contact.Account(session))!;
        Assert.Equal(new(Samples.Email, mobile, landline, fax), overview.Card);
        Assert.Equal(new(ReceptionMode.Email, ReceptionMode.Paper), overview.Reception);
        Assert.Equal([new AddressChangeSummary(moved, told, null, null)], overview.AddressChanges);
        Assert.Equal(Samples.Fritz.Address, overview.Address); // it stays the caisse's
        Assert.True(await fritz.Contact.ChangePhones(session, null, null, null));
        Assert.Equal(new(Samples.Email, null, null, null), (await fritz.Contact.Read(session))!);
    }

    [Fact]
    public async Task An_address_that_he_told_is_taken_over_once_the_registry_has_it_at_his_next_sign_in()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        var told = cluster.Now;
        await fritz.Contact.TellAddress(session, new("3 place de l'Église", "67000", "Strasbourg"));
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        await fritz.Contact.TellAddress(session, moved);
        var registered = new PostalAddress("8, RUE HAUTE", "68000", "COLMAR");
        cluster.Registry.Know(fritz.Key, Samples.Fritz with { Address = registered }, new(2026, 3, 10));
        cluster.Clock.Advance(TimeSpan.FromDays(3));

        (session, _) = await fritz.SignIn(TestAdherent.OwnPassword);

        var overview = (await fritz.Contact.Account(session))!;
        Assert.Equal(registered, overview.Address);
        Assert.Equal(
            [new(moved, told.AddMinutes(1), cluster.Now, null), new AddressChangeSummary(new("3 place de l'Église", "67000", "Strasbourg"), told, null, told.AddMinutes(1))],
            overview.AddressChanges);
    }

    [Fact]
    public async Task A_session_that_is_over_or_owes_something_first_sees_and_changes_nothing()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        var (obliged, _) = await fritz.SignIn(await fritz.Recover());
        var (signedOut, _) = await fritz.SignIn(TestAdherent.OwnPassword);
        await fritz.Sessions.SignOut(signedOut);
        var before = fritz.Stored!.Contact;

        foreach (var token in new[] { obliged, signedOut, await cluster.NewAdherent().Connect(), SessionToken.New() })
        {
            Assert.Null(await fritz.Contact.Account(token));
            Assert.Equal(EmailChangeOutcome.NotAllowed, await fritz.Contact.ChangeEmail(token, own, Samples.OtherEmail));
            Assert.False(await fritz.Contact.ChangePhones(token, null, null, null));
            Assert.False(await fritz.Contact.TellAddress(token, moved));
            Assert.False(await fritz.Contact.ChooseReception(token, new(ReceptionMode.Paper, ReceptionMode.Paper)));
        }
        Assert.Equal((before.Card, before.Reception, before.PendingEmail), (fritz.Stored!.Contact.Card, fritz.Stored.Contact.Reception, fritz.Stored.Contact.PendingEmail));
        Assert.Empty(fritz.Stored.Contact.AddressChanges.All);
        Assert.NotNull(await fritz.Contact.Account(session));

        var halfway = cluster.NewAdherent();
        var early = await halfway.Personalise();
        Assert.Equal(EmailChangeOutcome.NotAllowed, await halfway.Contact.ChangeEmail(early, own, Samples.OtherEmail));
        Assert.Null(await halfway.Contact.Account(early));
    }

    private static Task<ContactConfirmation> Change(TestAdherent adherent, SessionToken session, EmailAddress email) =>
        adherent.Contact.Confirm(session, new(email, null, null, null));

    private static async Task<string> SecretOfLink(TestAdherent adherent)
    {
        return Secret((await adherent.ReceiveLetters()).Single(l => l.Kind == LetterKind.EmailChangeLink));
    }

    private static string Secret(Letter link)
    {
        Assert.True(EmailLink.TryParse(link.Secret, out _, out var secret));
        return secret;
    }
}
