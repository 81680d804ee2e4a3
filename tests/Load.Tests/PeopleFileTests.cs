using MsaOrleans.Testing;

namespace MsaOrleans.Load.Tests;

public sealed class PeopleFileTests
{
    private const string Adherents =
        """
        nir;family_name;used_name;given_names;sex;birth_date;birth_commune;birth_country;health_insured;card;card_serial;departments;street;postal_code;city
        1630967482229;LAMY;;FRITZ PAUL;M;1963-09-12;67482;99100;yes;with-photo;80250000011234567890;67|68;1 RUE DE LA PAIX;67520;MARLENHEIM
        2750363113042;MARTIN;DURAND;ANNE;F;1975-03-02;63113;99100;no;none;;63;2 RUE HAUTE;63000;CLERMONT
        1800175056001;PETIT;;LUC;M;1980-01-30;75056;99100;no;none;;75;3 RUE BASSE;75001;PARIS
        """;

    private const string Payments =
        """
        nir;date;kind;amount
        1630967482229;J-12;Santé;22.50
        1630967482229;J-200;Santé;2.50
        1800175056001;J-3;Famille;59.00
        """;

    [Fact]
    public void People_come_one_after_the_other_with_what_was_paid_to_them()
    {
        using var folder = new TempFolder();
        var people = PeopleFile.Read(folder.Holding("adherents.csv", Adherents), folder.Holding("payments.csv", Payments)).ToList();
        Assert.Equal(["1630967482229", "2750363113042", "1800175056001"], people.Select(person => person.Nir));
        Assert.Equal([["22,50"], [], ["59,00"]], people.Select(person => person.RecentAmounts));
        Assert.Equal(["1234567890", null, null], people.Select(person => person.CardSerial));
        Assert.Equal("DURAND ANNE", people[1].DisplayName);
    }

    [Fact]
    public void Payments_in_another_order_are_refused()
    {
        using var folder = new TempFolder();
        var lines = Payments.Split('\n');
        var payments = folder.Holding("payments.csv", $"{lines[0]}\n{lines[3]}\n{lines[1]}\n");
        Assert.Throws<InvalidDataException>(() => PeopleFile.Read(folder.Holding("adherents.csv", Adherents), payments).Count());
    }
}
