using MsaOrleans.Grains.Interfaces.Adherents;

namespace MsaOrleans.Grains.Tests.Domain;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("fritz.lamy@example.fr")]
    [InlineData("  fritz.lamy@example.fr\r\n")]
    [InlineData("Fritz.LAMY+msa@Example.FR")]
    [InlineData("f@ferme.example")]
    [InlineData("o'brien@example.fr")]
    [InlineData("fritz_lamy-67@sub.domain.example.museum")]
    [InlineData("fritz@éleveurs-réunis.fr")]
    [InlineData("fritz@xn--leveurs-9xa.fr")]
    [InlineData("fritz@67.example.fr")]
    [InlineData("fritz@ferme.xn--p1ai")] // a top-level domain with a digit
    public void An_address_is_kept_as_typed(string typed)
    {
        Assert.True(EmailAddress.TryParse(typed, out var address));
        Assert.Equal(typed.Trim(), address.Value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("fritz")]
    [InlineData("fritz.example.fr")]
    [InlineData("fritz@")]
    [InlineData("@example.fr")]
    [InlineData("fritz@localhost")]
    [InlineData("fritz@example.f")]
    [InlineData("fritz@example.")]
    [InlineData("fritz@.fr")]
    [InlineData("fritz@example..fr")]
    [InlineData("fritz@-example.fr")]
    [InlineData("fritz@example-.fr")]
    [InlineData("fritz@exa_mple.fr")]
    [InlineData("fritz@192.168.1.10")]
    [InlineData("fritz@[192.168.1.10]")]
    [InlineData("fritz@lamy@example.fr")]
    [InlineData("fritz lamy@example.fr")]
    [InlineData("fritz\u00A0lamy@example.fr")] // as pages have it from which it was copied
    [InlineData("fritz\u0085lamy@example.fr")]
    [InlineData("fritz\u0007lamy@example.fr")]
    [InlineData("fritz\u009Flamy@example.fr")]
    [InlineData("fritz@exam ple.fr")]
    [InlineData("fritz@example.fr, anne@example.fr")]
    [InlineData("fritz@example.fr;anne@example.fr")]
    [InlineData("Fritz Lamy <fritz@example.fr>")]
    [InlineData("<fritz@example.fr>")]
    [InlineData("\"fritz\"@example.fr")]
    [InlineData("\"fritz lamy\"@example.fr")]
    [InlineData("fritz(ferme)@example.fr")]
    [InlineData("fritz..lamy@example.fr")]
    [InlineData(".fritz@example.fr")]
    [InlineData("fritz.@example.fr")]
    [InlineData("fritz@example.fr\r\nBcc: anne@example.fr")]
    [InlineData("fritz\0@example.fr")]
    [InlineData("fritz\u200B@example.fr")]
    [InlineData("\u202Efritz@example.fr")]
    [InlineData("fritz@example.fr\u200B")]
    [InlineData("fritz@exam\u00ADple.fr")]
    [InlineData("fritz\uFFFE@example.fr")]
    public void What_no_letter_could_be_sent_to_is_refused(string? typed)
    {
        Assert.False(EmailAddress.TryParse(typed, out var address));
        Assert.Null(address);
    }

    [Fact]
    public void Lengths_are_bounded_as_the_mail_protocol_bounds_them()
    {
        static string Domain(int length) => string.Join('.', Enumerable.Repeat(new string('d', 50), 5))[..(length - 3)].TrimEnd('.') + ".fr";

        Assert.True(EmailAddress.TryParse($"{new string('a', 64)}@{Domain(189)}", out var longest));
        Assert.Equal(EmailAddress.MaxLength, longest.Value.Length);
        Assert.False(EmailAddress.TryParse($"{new string('a', 64)}@{Domain(190)}", out _));
        Assert.False(EmailAddress.TryParse($"{new string('a', 65)}@example.fr", out _));
        Assert.True(EmailAddress.TryParse($"a@{new string('d', 63)}.fr", out _));
        Assert.False(EmailAddress.TryParse($"a@{new string('d', 64)}.fr", out _));
        Assert.False(EmailAddress.TryParse(new string('@', 100_000), out _));
    }

    [Fact]
    public void Case_does_not_distinguish_addresses()
    {
        Assert.Equal(EmailAddress.Parse("fritz@example.fr"), EmailAddress.Parse("Fritz@EXAMPLE.fr"));
        Assert.Equal(EmailAddress.Parse("fritz@example.fr").GetHashCode(), EmailAddress.Parse("Fritz@EXAMPLE.fr").GetHashCode());
        Assert.NotEqual(EmailAddress.Parse("fritz@example.fr"), EmailAddress.Parse("franz@example.fr"));
    }

    [Fact]
    public void One_that_was_kept_is_read_though_it_would_not_be_taken_any_more()
    {
        Assert.False(EmailAddress.TryParse("fritz.@example.fr", out _));
        Assert.Equal("fritz.@example.fr", EmailAddress.Kept("fritz.@example.fr").Value);
        Assert.Throws<FormatException>(() => EmailAddress.Kept("fritz"));
    }

    [Fact]
    public void It_shows_itself_masked() => Assert.Equal("f***@***.fr", EmailAddress.Parse("fritz.lamy@example.fr").ToString());

    [Fact]
    public void An_address_known_to_be_good_that_is_not_is_a_bug() => Assert.Throws<FormatException>(() => EmailAddress.Parse("fritz"));
}
