using System.Text;
using FsCheck.Xunit;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Documents;
using MsaOrleans.Testing;
using TypedPassword = MsaOrleans.Grains.Interfaces.Adherents.Password;

namespace MsaOrleans.Grains.Tests.Domain;

/// <summary>Rules that compare what was typed with what is known: they hold for any text, and from both sides.</summary>
public sealed class NamePropertyTests
{
    private static readonly string[] marks = ["'", "’", "\u02bc", "-", "\u2011", " ", "\u00a0", "\u0301", "\u0327", "."];

    [Property(MaxTest = 1000)]
    public void Two_family_names_are_the_same_from_both_sides(byte[] one, byte[] other)
    {
        var (a, b) = (AwkwardText.Of(one, "Le", "goff", "D"), AwkwardText.Of(other, "LE", "Goff", "d"));

        Assert.Equal(NameMatch.IsFamilyName(a, b, null), NameMatch.IsFamilyName(b, a, null));
        Assert.Equal(NameMatch.IsFamilyName(a, b, null), NameMatch.IsGivenName(a, [b]));
        Assert.Equal(NameMatch.Fold(a).Length > 0, NameMatch.IsFamilyName(a, a, null));
        Assert.Equal(NameMatch.IsFamilyName(a, b, null) || NameMatch.IsFamilyName(a, a + b, null), NameMatch.IsFamilyName(a, b, a + b));
    }

    [Property(MaxTest = 1000)]
    public void Case_form_accents_hyphens_and_apostrophes_do_not_count(byte[] choices, byte[] where)
    {
        var name = string.Concat(choices.Select(choice => "aàâçdeéèêiïloôœnñrsßtuüyz"[choice % 25]));
        var typed = new StringBuilder(name);
        foreach (var place in where.Take(name.Length))
            typed.Insert(1 + (place % typed.Length), marks[place % marks.Length]);

        foreach (var written in (string[])[typed.ToString(), typed.ToString().ToUpperInvariant(), name.Normalize(NormalizationForm.FormD), name.ToUpperInvariant().Normalize(NormalizationForm.FormKD)])
            Assert.Equal(name.Length > 0, NameMatch.IsFamilyName(written, name, null));
    }

    [Property(MaxTest = 1000)]
    public void All_given_names_some_that_follow_and_any_one_are_his_and_no_more(byte count, byte from, byte length)
    {
        string[] names = [.. Enumerable.Range(0, 1 + (count % 5)).Select(i => $"Prenom{(char)('a' + i)}")];
        var first = from % names.Length;
        var some = 1 + (length % (names.Length - first));

        Assert.True(NameMatch.IsGivenName(string.Join('-', names.Skip(first).Take(some)), names));
        Assert.False(NameMatch.IsGivenName(string.Join(' ', names.Append("Autre")), names));
        Assert.Equal(names.Length == 1, NameMatch.IsGivenName(string.Join(' ', names.Reverse()), names));
    }

    [Property(MaxTest = 1000)]
    public void What_a_password_is_refused_for_is_found_wherever_it_stands(byte[] before, byte[] after, byte which)
    {
        var (told, flaw) = (which % 3) switch
        {
            0 => ("lÀmy", PasswordFlaws.ContainsName),
            1 => ("12/09-1963", PasswordFlaws.ContainsBirthDate),
            _ => ("63 09 67.48", PasswordFlaws.ContainsNir),
        };
        // A digit, or a mark on the last character, would make it another text.
        var password = new TypedPassword(AwkwardText.Of([.. before.Take(20)]) + "#" + told + "#" + AwkwardText.Of([.. after.Take(20)]));

        Assert.True(PasswordRules.FlawsOf(password, Samples.FritzNir, ["LAMY", "FRITZ"], new(1963, 9, 12)).HasFlag(flaw));
    }

    [Property(MaxTest = 1000)]
    public void Any_password_is_judged_by_its_length_as_people_count(byte[] choices)
    {
        var password = new TypedPassword(AwkwardText.Of(choices, "Kp7m", "Rt4w", "#"));
        var flaws = PasswordRules.FlawsOf(password, Samples.FritzNir, ["LAMY", "FRITZ"], new(1963, 9, 12));

        Assert.Equal(password.Length < PasswordRules.MinLength, flaws.HasFlag(PasswordFlaws.TooShort));
        Assert.Equal(password.Length > PasswordRules.MaxLength, flaws.HasFlag(PasswordFlaws.TooLong));
        Assert.Equal(flaws, PasswordRules.FlawsOf(new(password.Value), Samples.FritzNir, ["LAMY", "FRITZ"], new(1963, 9, 12))); // typed again
        var cleaned = PasswordGenerator.Cleaned(password);
        Assert.True(cleaned == password || (PasswordGenerator.MayBe(cleaned) && cleaned.Value == password.Value.Trim()));
    }

    [Property(MaxTest = 1000)]
    public void Two_addresses_are_the_same_in_substance_from_both_sides(byte[] one, byte[] other)
    {
        var a = new PostalAddress(AwkwardText.Of([.. one.Take(30)], "1 rue", "d'Alsace"), "67320", "Marlenheim");
        var b = new PostalAddress(AwkwardText.Of([.. other.Take(30)], "1 RUE", "D’ALSACE"), "67320", "MARLENHEIM");

        Assert.True(a.IsSameAs(a));
        Assert.Equal(a.IsSameAs(b), b.IsSameAs(a));
        Assert.False(a.IsSameAs(a with { PostalCode = "67000" }));
    }

    [Property(MaxTest = 1000)]
    public void A_period_without_fault_lies_in_order_within_the_years_that_are_kept(short from, short to)
    {
        var today = DateOnly.FromDateTime(Samples.Now.DateTime);
        var period = new PaymentPeriod(today.AddDays(-from), today.AddDays(-to));

        if (period.FaultOn(today) != PeriodFault.None)
            Assert.True(from < 0 || to < 0 || to > from || period.From < PaymentPeriod.Earliest(today));
        else
            Assert.True(period.From <= period.To && period.To <= today && period.From >= PaymentPeriod.Earliest(today));
    }
}
