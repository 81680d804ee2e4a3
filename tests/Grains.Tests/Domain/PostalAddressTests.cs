using MsaOrleans.Grains.Interfaces.Contact;

namespace MsaOrleans.Grains.Tests.Domain;

public sealed class PostalAddressTests
{
    private static readonly PostalAddress address = new("12 bis, rue de l'Église", "68420", "Herrlisheim-près-Colmar");

    [Theory]
    [InlineData("12 bis, rue de l'Église", "Herrlisheim-près-Colmar")]
    [InlineData("12 BIS RUE DE L'EGLISE", "HERRLISHEIM PRES COLMAR")]
    [InlineData("12BIS  rue de l\u2019e\u0301glise", "herrlisheim près colmar")]
    [InlineData("12 bis\u00A0rue de l eglise.", "Herrlisheim\u2011près\u2011Colmar")]
    public void The_same_place_may_be_written_in_many_ways(string line, string city)
    {
        Assert.True(address.IsSameAs(new(line, "68420", city)));
        Assert.True(new PostalAddress(line, "68420", city).IsSameAs(address));
    }

    [Theory]
    [InlineData("12 ter, rue de l'Église", "68420", "Herrlisheim-près-Colmar")]
    [InlineData("1 bis, rue de l'Église", "68420", "Herrlisheim-près-Colmar")]
    [InlineData("2 bis 1, rue de l'Église", "68420", "Herrlisheim-près-Colmar")]
    [InlineData("12 bis, rue de l'Église", "68421", "Herrlisheim-près-Colmar")]
    [InlineData("12 bis, rue de l'Église", "68420", "Colmar")]
    [InlineData("", "68420", "Herrlisheim-près-Colmar")]
    public void Another_place_is_another_place(string line, string postalCode, string city) =>
        Assert.False(address.IsSameAs(new(line, postalCode, city)));

    [Fact]
    public void Letters_that_the_registry_writes_as_two_are_the_same() =>
        Assert.True(new PostalAddress("3 RUE DU COEUR", "67000", "STRASBOURG").IsSameAs(new("3 rue du Cœur", "67000", "Strasbourg")));

    [Fact]
    public void It_does_not_show_itself() => Assert.DoesNotContain("Église", $"{address}", StringComparison.OrdinalIgnoreCase);
}
