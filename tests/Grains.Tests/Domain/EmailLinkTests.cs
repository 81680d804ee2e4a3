using FsCheck.Xunit;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Contact;

namespace MsaOrleans.Grains.Tests.Domain;

public sealed class EmailLinkTests
{
    [Property]
    public void A_link_reads_back_as_it_was_made(Guid adherent)
    {
        var secret = RandomSecret.New();

        Assert.True(EmailLink.TryParse(EmailLink.Compose(adherent, secret), out var whose, out var read));
        Assert.Equal((adherent, secret), (whose, read));
    }

    [Fact]
    public void A_link_is_opaque_and_safe_in_an_address() =>
        Assert.Matches("^[A-Za-z0-9_-]{64}$", EmailLink.Compose(Guid.NewGuid(), RandomSecret.New()));

    [Fact]
    public void A_link_that_was_cut_or_altered_holds_another_secret_or_nothing()
    {
        var (adherent, secret) = (Guid.NewGuid(), RandomSecret.New());
        var link = EmailLink.Compose(adherent, secret);

        for (var length = 0; length < link.Length; length++)
            Assert.False(EmailLink.TryParse(link[..length], out var whose, out var read) && (whose, read) == (adherent, secret));
        for (var i = 0; i < link.Length; i++)
        {
            var altered = $"{link[..i]}{(link[i] == 'A' ? 'B' : 'A')}{link[(i + 1)..]}";
            Assert.True(EmailLink.TryParse(altered, out var whose, out var read));
            Assert.NotEqual((adherent, secret), (whose, read));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("A")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("../../../../etc")]
    [InlineData("héhé")]
    [InlineData("%41%41%41%41")]
    [InlineData("\U0001F404")]
    [InlineData("====")]
    public void Garbage_is_no_link_and_leads_to_nobody(string? token)
    {
        Assert.False(EmailLink.TryParse(token, out var whose, out var secret));
        Assert.Equal((Guid.Empty, ""), (whose, secret));
    }

    [Fact]
    public void Nor_is_any_amount_of_it() => Assert.False(EmailLink.TryParse(new string('A', 100_000), out _, out _));
}
