using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Credentials;
using static MsaOrleans.Grains.Tests.Samples;

namespace MsaOrleans.Grains.Tests.Domain;

public sealed class CivilIdentityTests
{
    [Theory]
    [InlineData("LAMY", null, "FRITZ", "LAMY FRITZ")]
    [InlineData("MULLER", "D'HERBÈS-LÉGER", "MARIE-ÈVE ANNE", "D'HERBÈS-LÉGER MARIE-ÈVE")]
    [InlineData("DA SILVA", "SCHMITT", "MARIA DA CONCEIÇÃO", "SCHMITT MARIA")]
    public void He_is_shown_by_the_name_in_use_and_the_first_given_name(string birthName, string? usedName, string givenNames, string shown) =>
        Assert.Equal(shown, new CivilIdentity(birthName, usedName, givenNames, default).DisplayName);

    [Fact]
    public void It_holds_what_the_caisses_knew() =>
        Assert.Equal(new CivilIdentity("LAMY", null, "FRITZ", new(1963, 9, 12)), CivilIdentity.Of(Fritz));

    [Theory]
    [InlineData("Muller-2077")]
    [InlineData("Herbes!2077")]
    [InlineData("2077-Léger")]
    [InlineData("dHerbes#Leger7")]
    [InlineData("Marie*2077x")]
    [InlineData("M.A.R.I.E-Eve7")]
    [InlineData("conceicao-77A")]
    [InlineData("Silva+2077")]
    public void None_of_his_names_nor_a_word_of_one_may_stand_in_his_password(string password)
    {
        var identity = new CivilIdentity("MULLER", "D'HERBÈS-LÉGER", "MARIE-ÈVE ANNE", default);
        var other = new CivilIdentity("DA SILVA", null, "MARIA DA CONCEIÇÃO", default);

        var flaws = PasswordRules.FlawsOf(new Password(password), FritzNir, [.. identity.Names, .. other.Names], default);

        Assert.Equal(PasswordFlaws.ContainsName, flaws & PasswordFlaws.ContainsName);
    }
}
