using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.FranceConnect;
using MsaOrleans.Grains.Ports;

namespace MsaOrleans.Grains.Tests.Domain;

/// <summary>Whom FranceConnect tells of, against whom the caisses know.</summary>
public sealed class PivotMatchTests
{
    private static readonly InsuredPerson maria = Samples.Fritz with
    {
        BirthName = "DA SILVA",
        UsedName = "SCHMITT",
        GivenNames = ["MARIE-ÈVE", "ANNE", "JEAN"],
        Sex = Sex.Female,
        BirthPlaceCode = null,
        BirthCountryCode = "99139",
    };

    private static readonly PivotIdentity mariaPivot = PivotMatch.Of(maria, Samples.Email)!;

    [Fact]
    public void Who_he_is_is_told_by_his_civil_status_and_his_name_in_use()
    {
        Assert.Equal(Samples.FritzPivot with { Email = Samples.Email }, PivotMatch.Of(Samples.Fritz, Samples.Email));
        Assert.Equal(("DA SILVA", "MARIE-ÈVE ANNE JEAN", Sex.Female, "", "99139", "SCHMITT"),
            (mariaPivot.FamilyName, mariaPivot.GivenNames, mariaPivot.Sex, mariaPivot.BirthPlace, mariaPivot.BirthCountry, mariaPivot.PreferredUsername));
        Assert.Null(PivotMatch.Of(Samples.Fritz with { BirthPlaceCode = null }, Samples.Email));
    }

    [Property(Arbitrary = [typeof(Persons)])]
    public void Everybody_is_the_one_the_MSA_vouches_for(InsuredPerson person) =>
        Assert.True(PivotMatch.Agrees(person, PivotMatch.Of(person, Samples.Email)!), $"{person.BirthName} {string.Join(' ', person.GivenNames)}");

    [Property(Arbitrary = [typeof(Persons)])]
    public void Nobody_is_another_but_who_differs_in_nothing_that_counts(InsuredPerson one, InsuredPerson other)
    {
        var told = PivotMatch.Of(other, Samples.Email)!;
        var same = NameMatch.Fold(one.BirthName) == NameMatch.Fold(other.BirthName)
            && Prefix(one.GivenNames, other.GivenNames)
            && (one.Sex, one.BirthDate, one.BirthPlaceCode, one.BirthCountryCode) == (other.Sex, other.BirthDate, other.BirthPlaceCode, other.BirthCountryCode);
        Assert.Equal(same, PivotMatch.Agrees(one, told));

        static bool Prefix(IReadOnlyList<string> a, IReadOnlyList<string> b) =>
            Begins(a, b) || Begins(b, a);

        static bool Begins(IReadOnlyList<string> few, IReadOnlyList<string> many) =>
            Enumerable.Range(1, many.Count).Any(n => string.Concat(many.Take(n).Select(NameMatch.Fold)) == string.Concat(few.Select(NameMatch.Fold)));
    }

    [Property(Arbitrary = [typeof(Persons)])]
    public void Whichever_side_has_fewer_given_names_the_answer_is_the_same(InsuredPerson one, InsuredPerson other) => Assert.Equal(
        PivotMatch.Agrees(one with { GivenNames = other.GivenNames }, PivotMatch.Of(one, Samples.Email)!),
        PivotMatch.Agrees(one, PivotMatch.Of(one with { GivenNames = other.GivenNames }, Samples.Email)!));

    public static readonly TheoryData<string, bool> GivenNames = new()
    {
        { "Marie-Ève Anne Jean", true }, { "MARIE EVE ANNE JEAN", true }, { "marie eve", true }, { "Marie-Eve Anne", true }, { "Marie-Ève Anne Jean Louise", true }, { "Marie", false },
        { "Anne", false }, { "Marie-Ève Jean", false }, { "Anne Marie-Ève", false }, { "Marie-Èv", false }, { "Marie-Ève Ann", false }, { "Marie-Ève Anne Louise", false }, { "", false }, { "- '", false },
    };

    [Theory]
    [MemberData(nameof(GivenNames))]
    public void Given_names_agree_in_order_from_the_first_as_far_as_both_tell(string told, bool agrees) => Assert.Equal(agrees, PivotMatch.Agrees(maria, mariaPivot with { GivenNames = told }));

    [Fact]
    public void What_the_civil_status_does_not_have_does_not_count()
    {
        Assert.True(PivotMatch.Agrees(maria, mariaPivot with { PreferredUsername = "MULLER", Email = null }));
        Assert.True(PivotMatch.Agrees(maria, mariaPivot with { FamilyName = "da-silva" }));
        Assert.True(PivotMatch.Agrees(maria, mariaPivot with { BirthPlace = "67482" })); // abroad there is none
    }

    [Fact]
    public void Everything_else_does()
    {
        Assert.False(PivotMatch.Agrees(maria, mariaPivot with { FamilyName = "SCHMITT" }));
        Assert.False(PivotMatch.Agrees(maria, mariaPivot with { FamilyName = "" }));
        Assert.False(PivotMatch.Agrees(maria, mariaPivot with { Sex = Sex.Male }));
        Assert.False(PivotMatch.Agrees(maria, mariaPivot with { BirthCountry = "99134" }));
        Assert.False(PivotMatch.Agrees(maria, mariaPivot with { BirthDate = CivilDate.Of(maria.BirthDate.AddDays(1)) }));
        Assert.False(PivotMatch.Agrees(Samples.Fritz, Samples.FritzPivot with { BirthPlace = "67483" }));
        Assert.False(PivotMatch.Agrees(Samples.Fritz, Samples.FritzPivot with { BirthPlace = "" }));
        Assert.False(PivotMatch.Agrees(Samples.Fritz with { BirthPlaceCode = null }, Samples.FritzPivot with { BirthPlace = "" }));
    }

    [Theory]
    [InlineData("1950-03-00", "1950-03-00", true)]
    [InlineData("1950-03-00", "1950-03-01", true)]
    [InlineData("1950-00-00", "1950-01-01", true)]
    [InlineData("1950-03-00", "1950-03-02", false)]
    [InlineData("1950-03-00", "1950-04-00", false)]
    [InlineData("1950-00-00", "1951-00-00", false)]
    [InlineData("1950-03-00", "1950-00-00", false)]
    public void A_date_that_nobody_knows_whole_is_told_as_it_is_or_by_its_first_day(string known, string told, bool agrees)
    {
        Assert.True(CivilDate.TryParse(known, out var date));
        Assert.True(CivilDate.TryParse(told, out var toldDate));
        var person = maria with { BirthDate = date.FirstDay, PresumedBirthDate = date };
        Assert.Equal(date, PivotMatch.Of(person, Samples.Email)!.BirthDate);
        Assert.Equal(agrees, PivotMatch.Agrees(person, mariaPivot with { BirthDate = toldDate }));
    }

    /// <summary>Few values of each kind, so that two persons often have some in common.</summary>
    public static class Persons
    {
        public static Arbitrary<InsuredPerson> Any { get; } =
            (from name in Gen.Elements("LAMY", "Lamy", "DA SILVA")
             from names in Gen.NonEmptyListOf(Gen.Elements("JEAN", "JEAN-PAUL", "PAUL", "Éve"))
             from sex in Gen.Elements(Sex.Male, Sex.Female)
             from birth in Gen.Elements("1963-09-12", "1963-09-01", "1963-09-00")
             from place in Gen.Elements(("67482", "99100"), ("2A004", "99100"), ((string?)null, "99139"))
             select Born(birth, Samples.Fritz with { BirthName = name, GivenNames = names, Sex = sex, BirthPlaceCode = place.Item1, BirthCountryCode = place.Item2 })).ToArbitrary();

        private static InsuredPerson Born(string birth, InsuredPerson person) =>
            CivilDate.TryParse(birth, out var date) ? person with { BirthDate = date.FirstDay, PresumedBirthDate = date.IsComplete ? null : date } : throw new FormatException();
    }
}
