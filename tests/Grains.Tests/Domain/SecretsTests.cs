using System.Text;
using MsaOrleans.Grains.Interfaces.Adherents;

namespace MsaOrleans.Grains.Tests.Domain;

public sealed class SecretsTests
{
    [Theory]
    [InlineData("caf\u00E9-Soleil7", "cafe\u0301-Soleil7")]
    [InlineData("\u212Bngstrom-77", "A\u030Angstrom-77")]
    [InlineData("\uFF21\uFF22\uFF23-soleil7", "ABC-soleil7")]
    public void The_same_characters_typed_on_two_keyboards_are_the_same_password(string one, string other)
    {
        Assert.Equal(new Password(one), new Password(other));
        Assert.Equal(new Password(one), new Password(new Password(one).Value));
    }

    [Theory]
    [InlineData(" Soleil-77", "Soleil-77")]
    [InlineData("Soleil-77 ", "Soleil-77")]
    [InlineData("soleil-77", "Soleil-77")]
    public void Nothing_else_about_a_password_is_changed(string one, string other) => Assert.NotEqual(new Password(one), new Password(other));

    [Theory]
    [InlineData("", 0)]
    [InlineData("Soleil-7", 8)]
    [InlineData("caf\u00E9", 4)]
    [InlineData("cafe\u0301", 4)]
    [InlineData("\U0001F404\U0001F69C\U0001F33E", 3)]
    [InlineData("\uFB01", 2)]
    public void A_password_is_as_long_as_people_count(string typed, int length) => Assert.Equal(length, new Password(typed).Length);

    // A fact and not a theory: attributes are stored in UTF-8, which would mend the broken pairs.
    [Fact]
    public void Text_that_is_not_text_is_a_password_like_any_other()
    {
        foreach (var typed in new[] { "Soleil-7\uD83D", "\uDC04Soleil-7", "Soleil-7\uFFFE", "Soleil-7\uFFFF", "Soleil-7\0" })
        {
            Assert.Equal(9, new Password(typed).Length);
            Assert.True(new Password(typed).Value.IsNormalized(NormalizationForm.FormKC));
        }
    }

    [Fact]
    public void Secrets_have_256_bits_never_come_twice_and_never_show_themselves()
    {
        var (ticket, token) = (SignUpTicket.New(), SessionToken.New());

        Assert.Equal(43, ticket.Secret.Length);
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => RandomSecret.New()).Distinct().Count());
        Assert.DoesNotContain(ticket.Secret, $"{ticket}", StringComparison.Ordinal);
        Assert.DoesNotContain(token.Secret, $"{token}", StringComparison.Ordinal);
        Assert.DoesNotContain("Soleil", $"{new Password("Soleil-77")}", StringComparison.Ordinal);
    }
}
