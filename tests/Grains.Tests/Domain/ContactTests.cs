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

    private static Contact Asked() => known.Confirm(Card(OtherEmail), link, Now);

    private static ContactCard Card(EmailAddress email) => new(email, mobile, null, null);
}
