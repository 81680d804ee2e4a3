using MsaOrleans.Grains.Interfaces.Caisses;

namespace MsaOrleans.Grains.Tests.Domain;

public sealed class CaisseDirectoryTests
{
    [Fact]
    public void There_are_35_caisses_and_96_departments_each_known_once()
    {
        Assert.Equal(35, CaisseDirectory.Caisses.Select(c => c.Slug).Distinct().Count());
        Assert.Equal(96, CaisseDirectory.Departments.Select(d => d.Code).Distinct().Count());
        Assert.Equal((35, 96), (CaisseDirectory.Caisses.Count, CaisseDirectory.Departments.Count));
    }

    [Fact]
    public void Every_department_of_every_caisse_exists_and_every_department_is_served_by_one() => Assert.Equal(
        CaisseDirectory.Departments.Select(d => d.Code).Order(StringComparer.Ordinal),
        CaisseDirectory.Caisses.SelectMany(c => c.Departments).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("alsace", "MSA d'Alsace")]
    [InlineData("ain-rhone", "MSA Ain-Rhône")]
    [InlineData("languedoc", "MSA du Languedoc")]
    public void A_caisse_has_a_name_for_sentences(string slug, string name) => Assert.Equal(name, CaisseDirectory.Caisse(slug)!.FullName);

    [Fact]
    public void Names_for_sentences_are_the_names_with_an_article_at_most() => Assert.All(
        CaisseDirectory.Caisses, c => Assert.Matches($@"\AMSA (d'|de |du |des |de la )?{System.Text.RegularExpressions.Regex.Escape(c.Name)}\z", c.FullName));

    [Fact]
    public void Every_caisse_is_reached_as_far_as_we_know_by_numbers_and_addresses_that_can_be()
    {
        var contacts = CaisseDirectory.Caisses.Select(c => c.Contact).ToList();
        Assert.All(contacts.Where(c => c.Phone is not null), c => Assert.Matches(@"\A0[1-59]( \d\d){4}\z", c.Phone!));
        Assert.All(contacts.Where(c => c.Address is not null), c => Assert.Matches(@"\A\d{5}\z", c.Address!.PostalCode));
        Assert.Equal(new CaisseContact(null, new("9 rue de Guebwiller", "68023", "Colmar Cedex")), CaisseDirectory.CaisseOf("68")!.Contact);
        Assert.Equal(new CaisseContact("02 98 85 79 79", new("3 rue Hervé de Guébriant", "29412", "Landerneau Cedex")), CaisseDirectory.CaisseOf("29")!.Contact);
    }

    [Theory]
    [InlineData("67", "67-Bas-Rhin", "67\u00a0Bas-Rhin", "Alsace")]
    [InlineData("01", "01-Ain", "01\u00a0Ain", "Ain-Rhône")]
    [InlineData("2A", "2A-Corse-du-Sud", "2A\u00a0Corse-du-Sud", "Corse")]
    public void A_department_has_its_label_its_name_for_sentences_and_its_caisse(string code, string label, string inWords, string caisse)
    {
        Assert.Equal((label, inWords), (CaisseDirectory.Department(code)!.Label, CaisseDirectory.Department(code)!.InWords));
        Assert.Equal(caisse, CaisseDirectory.CaisseOf(code)!.Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("20")]
    [InlineData("2a")]
    [InlineData("971")]
    public void Another_code_is_no_department(string code)
    {
        Assert.Null(CaisseDirectory.Department(code));
        Assert.Null(CaisseDirectory.CaisseOf(code));
    }

    // Rows of before keep the codes that they have, whatever becomes of departments.
    [Theory]
    [InlineData("67", "67-Bas-Rhin (MSA Alsace)")]
    [InlineData("2B", "2B-Haute-Corse (MSA Corse)")]
    [InlineData("20", "20 (MSA)")]
    public void A_department_is_told_to_agents_with_its_caisse_and_one_that_is_none_by_its_code(string code, string told) => Assert.Equal(told, CaisseDirectory.Describe(code));
}
