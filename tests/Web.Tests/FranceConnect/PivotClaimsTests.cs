using System.Text.Json;
using System.Text.Json.Nodes;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.FranceConnect;
using MsaOrleans.Testing;
using MsaOrleans.Web.FranceConnect;

namespace MsaOrleans.Web.Tests.FranceConnect;

/// <summary>The <em>identité pivot</em>, claim by claim.</summary>
public sealed class PivotClaimsTests
{
    private static JsonObject Fritz => Pivot.Of(Person.LamyFritz).With("birthplace", "67482").With("birthcountry", "99100");

    [Fact]
    public void Everything_told_is_read()
    {
        var user = Read(Fritz.With("preferred_username", "LAMY-DUPONT").With("given_name", "FRITZ JEAN"))!;
        Assert.Equal(("LAMY", "FRITZ JEAN", "1963-09-12", Sex.Male, "67482", "99100", "LAMY-DUPONT"), (
            user.Identity.FamilyName, user.Identity.GivenNames, user.Identity.BirthDate.ToString(), user.Identity.Sex, user.Identity.BirthPlace, user.Identity.BirthCountry,
            user.Identity.PreferredUsername));
        Assert.Equal(Person.LamyFritz.Email, user.Identity.Email!.Value);
        Assert.Equal(66, user.Subject.Length);
    }

    [Theory]
    [InlineData("birthdate", "1963-09-00")]
    [InlineData("birthdate", "1963-00-00")]
    [InlineData("birthplace", "2A004")]
    [InlineData("preferred_username", "")]
    [InlineData("gender", "female")]
    public void What_FranceConnect_allows_is_good(string claim, string value) => Assert.NotNull(Read(Fritz.With(claim, value)));

    [Theory]
    [InlineData("99351", "", true)]
    [InlineData("99351", null, true)]
    [InlineData("99351", "67482", false)]
    [InlineData("99100", "", false)]
    [InlineData("99100", null, false)]
    public void A_commune_is_told_of_those_born_in_France_and_of_nobody_else(string country, string? place, bool isGood) =>
        Assert.Equal(isGood, Read(Fritz.With("birthcountry", country).With("birthplace", place)) is not null);

    [Theory]
    [InlineData("sub", "")]
    [InlineData("sub", "é")]
    [InlineData("sub", "a b")]
    [InlineData("family_name", " ")]
    [InlineData("family_name", "LAMY\n")]
    [InlineData("given_name", "")]
    [InlineData("birthdate", "1963-13-01")]
    [InlineData("birthdate", "1963-00-12")]
    [InlineData("birthplace", "2C004")]
    [InlineData("birthplace", "67482\n")]
    [InlineData("birthcountry", "1")]
    [InlineData("email", "sans-arobase")]
    public void What_it_does_not_allow_is_named_and_not_repeated(string claim, string value)
    {
        using var claims = JsonDocument.Parse(Fritz.With(claim, value).ToJsonString());
        Assert.Null(PivotClaims.Read(claims.RootElement, out var faults));
        Assert.Contains(claim, faults);
        Assert.DoesNotContain(faults, fault => fault != claim && fault != "birthplace");
    }

    [Fact]
    public void Half_a_character_is_no_text()
    {
        using var claims = JsonDocument.Parse(Fritz.ToJsonString().Replace("LAMY", @"\ud800", StringComparison.Ordinal));
        Assert.Null(PivotClaims.Read(claims.RootElement, out var faults));
        Assert.Equal(["family_name"], faults);
    }

    [Fact]
    public void All_that_is_missing_is_named_and_numbers_are_no_text()
    {
        using var claims = JsonDocument.Parse("""{"sub":1,"preferred_username":2}""");
        Assert.Null(PivotClaims.Read(claims.RootElement, out var faults));
        Assert.Equal(["sub", "family_name", "given_name", "birthdate", "gender", "birthcountry", "preferred_username", "email"], faults);
        using var tooLong = JsonDocument.Parse(Fritz.With("sub", new string('a', 256)).With("family_name", new string('A', 257)).ToJsonString());
        Assert.Null(PivotClaims.Read(tooLong.RootElement, out faults));
        Assert.Equal(["sub", "family_name"], faults);
    }

    private static FranceConnectUser? Read(JsonObject claims)
    {
        using var document = JsonDocument.Parse(claims.ToJsonString());
        return PivotClaims.Read(document.RootElement, out _);
    }
}
