using FsCheck;
using FsCheck.Xunit;
using MsaOrleans.Grains.Domain;

namespace MsaOrleans.Grains.Tests.Domain;

public sealed class NameMatchTests
{
    [Theory]
    [InlineData("LAMY", "LAMY", null)]
    [InlineData("lamy", "LAMY", null)]
    [InlineData("  Lamy ", "LAMY", null)]
    [InlineData("Muller", "MULLER", "D'HERBÈS-LÉGER")]
    [InlineData("Müller", "MULLER", "D'HERBÈS-LÉGER")]
    [InlineData("D'Herbès-Léger", "MULLER", "D'HERBÈS-LÉGER")]
    [InlineData("D\u2019Herbès Léger", "MULLER", "D'HERBÈS-LÉGER")]
    [InlineData("d\u02BCherbes\u2011leger", "MULLER", "D'HERBÈS-LÉGER")]
    [InlineData("DHERBESLEGER", "MULLER", "D'HERBÈS-LÉGER")]
    [InlineData("d´herbe\u0300s le\u0301ger", "MULLER", "D'HERBÈS-LÉGER")]
    [InlineData("da Silva", "DA SILVA", "SCHMITT")]
    [InlineData("Dasilva", "DA SILVA", "SCHMITT")]
    [InlineData("da-silva", "DA SILVA", "SCHMITT")]
    [InlineData("Schmitt", "DA SILVA", "SCHMITT")]
    [InlineData("O'Brien", "O'BRIEN", null)]
    [InlineData("O\u2019Brien", "O'BRIEN", null)]
    [InlineData("O\u02BCBrien", "O'BRIEN", null)]
    [InlineData("O`Brien", "O'BRIEN", null)]
    [InlineData("O Brien", "O'BRIEN", null)]
    [InlineData("OBRIEN", "O'BRIEN", null)]
    [InlineData("Le Bœuf", "LE BOEUF", null)]
    [InlineData("LE BOEUF", "LE BŒUF", null)]
    [InlineData("Weiß", "WEISS", null)]
    [InlineData("Ælred", "AELRED", null)]
    [InlineData("Sørensen", "SORENSEN", null)]
    [InlineData("Wałęsa", "WALESA", null)]
    [InlineData("Đorđe", "DORDE", null)]
    [InlineData("Guðrun", "GUDRUN", null)]
    [InlineData("L\u00ADAMY", "LAMY", null)]
    public void The_birth_name_or_the_name_in_use_is_recognised(string typed, string birthName, string? usedName) =>
        Assert.True(NameMatch.IsFamilyName(typed, birthName, usedName));

    [Theory]
    [InlineData("LAMI", "LAMY", null)]
    [InlineData("LAM", "LAMY", null)]
    [InlineData("LAMYY", "LAMY", null)]
    [InlineData("LAMY FRITZ", "LAMY", null)]
    [InlineData("Silva", "DA SILVA", "SCHMITT")]
    [InlineData("Schmidt", "DA SILVA", "SCHMITT")]
    [InlineData("da Silva Schmitt", "DA SILVA", "SCHMITT")]
    [InlineData("Herbès-Léger", "MULLER", "D'HERBÈS-LÉGER")]
    [InlineData("Léger", "MULLER", "D'HERBÈS-LÉGER")]
    [InlineData("Brien", "O'BRIEN", null)]
    [InlineData("", "LAMY", null)]
    [InlineData(" -' ", "LAMY", null)]
    [InlineData("12345", "LAMY", "12345")]
    [InlineData("", "LAMY", "")]
    [InlineData("\U0001F404", "LAMY", null)]
    [InlineData("ЛАМИ", "LAMY", null)]
    public void Anything_else_is_not(string typed, string birthName, string? usedName) =>
        Assert.False(NameMatch.IsFamilyName(typed, birthName, usedName));

    [Theory]
    [InlineData("Marie-Ève", "MARIE-ÈVE ANNE")]
    [InlineData("marie eve", "MARIE-ÈVE ANNE")]
    [InlineData("MARIEEVE", "MARIE-ÈVE ANNE")]
    [InlineData("Anne", "MARIE-ÈVE ANNE")]
    [InlineData("Marie-Ève Anne", "MARIE-ÈVE ANNE")]
    [InlineData("Marie-Ève, Anne", "MARIE-ÈVE ANNE")]
    [InlineData("Maria", "MARIA DA CONCEIÇÃO")]
    [InlineData("Maria da Conceicao", "MARIA DA CONCEIÇÃO")]
    [InlineData("da Conceição", "MARIA DA CONCEIÇÃO")]
    [InlineData("ange", "ANGE PAUL")]
    [InlineData("Paul", "ANGE PAUL")]
    [InlineData("Ange-Paul", "ANGE PAUL")]
    [InlineData("Sean", "SÉAN")]
    [InlineData("Chloe", "CHLOÉ LÉA")]
    [InlineData("chloe\u0301 le\u0301a", "CHLOÉ LÉA")]
    [InlineData("Jean Pierre", "JEAN-PIERRE")]
    [InlineData("Jean\u2011Pierre", "JEAN-PIERRE")]
    [InlineData("Jeanpierre", "JEAN-PIERRE")]
    public void One_given_name_or_several_in_their_order_are_recognised(string typed, string givenNames) =>
        Assert.True(NameMatch.IsGivenName(typed, givenNames.Split(' ')));

    [Theory]
    [InlineData("Marie", "MARIE-ÈVE ANNE")]
    [InlineData("Eve", "MARIE-ÈVE ANNE")]
    [InlineData("Anne Marie-Ève", "MARIE-ÈVE ANNE")]
    [InlineData("Anna", "MARIE-ÈVE ANNE")]
    [InlineData("Maria Conceição", "MARIA DA CONCEIÇÃO")]
    [InlineData("Jean", "JEAN-PIERRE")]
    [InlineData("Jean-Pierre Paul", "JEAN-PIERRE")]
    [InlineData("A", "ANGE PAUL")]
    [InlineData("Ange Pau", "ANGE PAUL")]
    [InlineData("", "ANGE PAUL")]
    [InlineData("...", "ANGE PAUL")]
    public void Half_a_given_name_or_another_order_is_not(string typed, string givenNames) =>
        Assert.False(NameMatch.IsGivenName(typed, givenNames.Split(' ')));

    [Fact]
    public void Somebody_without_a_given_name_is_not_recognised_by_none() => Assert.False(NameMatch.IsGivenName("", []));

    [Theory]
    [InlineData("LAMY\uFFFE", "LAMY")]
    [InlineData("\uD83D\uDC04", "")]
    public void Text_that_is_not_text_does_not_upset_it(string name, string folded) => Assert.Equal(folded, NameMatch.Fold(name));

    [Property(MaxTest = 300)]
    public void Folding_twice_changes_nothing_more_and_marks_never_count(NonNull<string> name)
    {
        var folded = NameMatch.Fold(name.Get);

        Assert.Equal(folded, NameMatch.Fold(folded));
        Assert.Equal(folded, NameMatch.Fold(name.Get + " -'\u2019\u02BC.\u0301"));
    }
}
