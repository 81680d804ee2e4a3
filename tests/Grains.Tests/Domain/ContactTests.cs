using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Contact;
using static MsaOrleans.Grains.Tests.Samples;

namespace MsaOrleans.Grains.Tests.Domain;

public sealed class ContactTests
{
    private static readonly Guid link = Guid.NewGuid();
    private static readonly PhoneNumber mobile = PhoneNumber.Parse("+33612345678");
    private static readonly PhoneNumber landline = PhoneNumber.Parse("+33388123456");
    private static readonly Contact known = new() { Email = Email, MobilePhone = mobile };

    [Fact]
    public void Phones_change_at_once()
    {
        var contact = known.Confirm(new(Email, null, landline, landline), link, Now);

        Assert.Equal((null, landline, landline, Now), (contact.MobilePhone, contact.LandlinePhone, contact.Fax, contact.ConfirmedAt));
        Assert.Null(contact.PendingEmail);
    }

    [Fact]
    public void Five_links_may_be_asked_for_a_day()
    {
        var five = Enumerable.Range(0, EmailChange.MostADay).Aggregate(new Dispatches(), (all, _) => all.Request(Guid.NewGuid(), LetterKind.EmailChangeLink, OtherEmail, Now));
        Assert.False(EmailChange.MayBeAsked(five, Now));
        Assert.False(EmailChange.MayBeAsked(five, Now.AddDays(1).AddTicks(-1)));
        Assert.True(EmailChange.MayBeAsked(five, Now.AddDays(1)));
        Assert.True(EmailChange.MayBeAsked(five, Now.AddTicks(-1))); // the clock was moved back
        Assert.True(EmailChange.MayBeAsked(five with { All = five.All.SetItem(0, five.All[0] with { Kind = LetterKind.EmailChanged }) }, Now));
    }

    [Fact]
    public void Another_address_waits_for_its_link()
    {
        var contact = Asked().WithLink("hash", Now.AddMinutes(1));

        Assert.Equal((Email, OtherEmail, link), (contact.Email, contact.PendingEmail!.Address, contact.PendingEmail.Link));
        var (proved, changed) = contact.ProveEmail("hash", Now.AddHours(1));
        Assert.True(changed);
        Assert.Equal((OtherEmail, Now.AddHours(1), null), (proved.Email, proved.EmailVerifiedAt, proved.PendingEmail));
    }

    [Fact]
    public void The_links_of_every_try_of_the_letter_work_and_only_one_of_them_once()
    {
        var contact = Asked().WithLink("one", Now).WithLink("two", Now);

        Assert.True(contact.ProveEmail("one", Now).Changed);
        var (proved, changed) = contact.ProveEmail("two", Now);
        Assert.True(changed);
        Assert.False(proved.ProveEmail("two", Now).Changed);
        Assert.False(proved.ProveEmail("one", Now).Changed);
    }

    [Theory]
    [InlineData("other", 0)]
    [InlineData("", 0)]
    [InlineData("hash", 24)]
    public void A_wrong_or_late_link_changes_nothing(string secretHash, int hours)
    {
        var contact = Asked().WithLink("hash", Now);
        var (same, changed) = contact.ProveEmail(secretHash, Now.AddHours(hours));

        Assert.False(changed);
        Assert.Same(contact, same);
    }

    [Fact]
    public void No_link_works_where_nothing_was_asked() => Assert.False(known.ProveEmail("hash", Now).Changed);

    [Fact]
    public void Its_day_begins_when_the_letter_leaves() =>
        Assert.True(Asked().WithLink("hash", Now.AddHours(23)).ProveEmail("hash", Now.AddHours(46)).Changed);

    [Fact]
    public void Confirming_the_same_new_address_again_keeps_the_letter_that_is_on_its_way()
    {
        var again = Asked().WithLink("hash", Now).Confirm(Card(OtherEmail), Guid.NewGuid(), Now.AddHours(1));

        Assert.Equal(link, again.PendingEmail!.Link);
        Assert.True(again.ProveEmail("hash", Now.AddHours(2)).Changed);
    }

    [Fact]
    public void A_third_address_or_a_day_later_asks_for_another_letter()
    {
        var other = Guid.NewGuid();

        Assert.Equal(other, Asked().Confirm(Card(EmailAddress.Parse("third@example.fr")), other, Now).PendingEmail!.Link);
        Assert.Equal(other, Asked().Confirm(Card(OtherEmail), other, Now.AddHours(24)).PendingEmail!.Link);
        Assert.False(Asked().WithLink("hash", Now).Confirm(Card(EmailAddress.Parse("third@example.fr")), other, Now).ProveEmail("hash", Now).Changed);
    }

    [Fact]
    public void Going_back_to_the_old_address_voids_the_link() =>
        Assert.False(Asked().WithLink("hash", Now).Confirm(Card(Email), Guid.NewGuid(), Now).ProveEmail("hash", Now).Changed);

    [Fact]
    public void A_secret_that_came_back_verifies_the_address_it_was_sent_to_and_the_first_time_counts()
    {
        Assert.Equal(Now, known.Verified(Email, Now).Verified(Email, Now.AddDays(1)).EmailVerifiedAt);
        Assert.Null(known.Verified(OtherEmail, Now).EmailVerifiedAt);
    }

    [Fact]
    public void Another_address_asked_for_later_waits_and_touches_nothing_else()
    {
        var confirmed = known.Confirm(Card(Email), Guid.NewGuid(), Now);

        var asked = confirmed.ChangeEmail(OtherEmail, link, Now.AddDays(1));

        Assert.Equal((OtherEmail, link, Now.AddDays(2)), (asked.PendingEmail!.Address, asked.PendingEmail.Link, asked.PendingEmail.ExpiresAt));
        Assert.Empty(asked.PendingEmail.SecretHashes);
        Assert.Equal(confirmed, asked with { PendingEmail = null });
    }

    [Fact]
    public void Asking_for_it_again_keeps_its_link_until_it_expires()
    {
        var (asked, other) = (known.ChangeEmail(OtherEmail, link, Now), Guid.NewGuid());

        Assert.Equal(asked, asked.ChangeEmail(OtherEmail, other, Now.AddHours(24).AddTicks(-1)));
        Assert.Equal(other, asked.ChangeEmail(OtherEmail, other, Now.AddHours(24)).PendingEmail!.Link);
    }

    [Fact]
    public void The_address_in_use_puts_an_end_to_what_was_pending_however_its_case()
    {
        Assert.Null(known.ChangeEmail(OtherEmail, link, Now).ChangeEmail(EmailAddress.Parse("FRITZ.Lamy@example.fr"), link, Now).PendingEmail);
        Assert.Null(known.ChangeEmail(Email, link, Now).PendingEmail);
    }

    [Fact]
    public void A_link_works_to_the_last_tick_of_its_day_and_is_forgotten_at_its_end()
    {
        var sent = known.ChangeEmail(OtherEmail, link, Now).WithLink("hash", Now);

        Assert.True(sent.ProveEmail("hash", Now.AddHours(24).AddTicks(-1)).Changed);
        Assert.False(sent.ProveEmail("hash", Now.AddHours(24)).Changed);
        Assert.Same(sent, sent.WithoutExpired(Now.AddHours(24).AddTicks(-1)));
        Assert.Null(sent.WithoutExpired(Now.AddHours(24)).PendingEmail);
    }

    [Fact]
    public void Numbers_change_and_go_without_anything_being_confirmed()
    {
        var changed = known.WithPhones(null, landline, mobile);

        Assert.Equal(new(Email, null, landline, mobile), changed.Card);
        Assert.Null(changed.ConfirmedAt);
        Assert.Equal(known, changed.WithPhones(mobile, null, null));
    }

    [Fact]
    public void The_card_holds_what_is_in_use_and_not_what_waits() =>
        Assert.Equal(new(Email, mobile, landline, null), known.WithPhones(mobile, landline, null).ChangeEmail(OtherEmail, link, Now).Card);

    [Fact]
    public void Everything_comes_by_mail_unless_he_chooses_otherwise() =>
        Assert.Equal(new(ReceptionMode.Email, ReceptionMode.Email), known.Reception);

    private static Contact Asked() => known.Confirm(Card(OtherEmail), link, Now);

    private static ContactCard Card(EmailAddress email) => new(email, mobile, null, null);
}
