using FsCheck;
using FsCheck.Xunit;
using MsaOrleans.Grains;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Grains.Interfaces.Registration;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Silo.Search;

namespace MsaOrleans.Silo.Tests.Search;

/// <summary>A search must lead to whomever the sign-up would accept.</summary>
public sealed class SearchTokensTests
{
    // The same letters, as registers, people and keyboards spell them.
    private static readonly string[][] spellings =
    [
        ["A", "a", "à", "Â", "a\u0300"], ["E", "é", "È", "e\u0308"], ["L", "l", "ł"], ["OE", "œ", "Œ", "o-e"], ["AE", "æ", "Æ"], ["SS", "ß", "s s"], ["D", "đ", "d\u2019"], ["Y", "-y", "' y"],
    ];

    private static readonly DateOnly birthDate = new(1963, 9, 12);
    private static readonly SearchTokens tokens = new(new([.. Enumerable.Range(0, 32).Select(i => (byte)i)]));

    [Property]
    public void Two_spellings_that_the_sign_up_takes_for_one_name_have_one_token(NonEmptyArray<(byte Letter, byte Typed, byte Known)> letters)
    {
        var typed = string.Concat(letters.Get.Select(l => Spelling(l.Letter, l.Typed)));
        var known = string.Concat(letters.Get.Select(l => Spelling(l.Letter, l.Known)));
        Assert.True(NameMatch.IsFamilyName(typed, known, null), $"{typed} {known}");
        Assert.Equal(tokens.Of(Somebody(known)).Name, tokens.OfName(typed, birthDate));
        Assert.Equal(tokens.Of(Somebody("X", known)).UsedName, tokens.OfName(typed, birthDate));

        static string Spelling(byte letter, byte choice) => spellings[letter % spellings.Length] is var all ? all[choice % all.Length] : "";
    }

    [Property]
    public void Whatever_is_typed_leads_to_somebody_exactly_when_it_is_one_of_his_family_names(NonNull<string> typed, NonNull<string> birthName, string? usedName)
    {
        var his = tokens.Of(Somebody(birthName.Get, usedName));
        var token = tokens.OfName(typed.Get, birthDate);
        Assert.Equal(NameMatch.IsFamilyName(typed.Get, birthName.Get, usedName), token is not null && (token == his.Name || token == his.UsedName));
    }

    [Fact]
    public void A_name_leads_nowhere_with_another_birth_date_or_under_another_key()
    {
        Assert.NotEqual(tokens.OfName("LAMY", birthDate), tokens.OfName("LAMY", birthDate.AddDays(1)));
        Assert.NotEqual(tokens.OfName("LAMY", birthDate), new SearchTokens(new(new byte[32])).OfName("LAMY", birthDate));
        Assert.Null(tokens.OfName(" -' ", birthDate));
    }

    [Theory]
    [InlineData("lamy.fritz@gmail.fr", "LAMY.Fritz@Gmail.FR", true)]
    [InlineData("élise@exemple.fr", "ÉLISE@EXEMPLE.FR", true)]
    [InlineData("lamy.fritz@gmail.fr", "lamyfritz@gmail.fr", false)]
    public void Addresses_have_one_token_when_they_are_one_address(string one, string other, bool same)
    {
        var (a, b) = (EmailAddress.Parse(one), EmailAddress.Parse(other));
        Assert.Equal(same, a == b);
        Assert.Equal(same, tokens.OfEmail(a) == tokens.OfEmail(b));
    }

    [Fact]
    public void An_account_is_found_by_its_names_its_address_the_one_that_waits_and_its_FranceConnect_subject()
    {
        var account = new AdherentState
        {
            Identity = new("DA SILVA", "SCHMITT", "MARIA", birthDate),
            Registration = new() { Completed = new(default, "ticket", "2026-01") },
            FranceConnect = new() { Subject = "abcv1" },
            Contact = new() { Email = EmailAddress.Parse("a@exemple.fr"), PendingEmail = new(EmailAddress.Parse("b@exemple.fr"), Guid.Empty, [], default) },
        };
        Assert.Equal(
            Sorted(tokens.OfName("da Silva", birthDate), tokens.OfName("Schmitt", birthDate), tokens.OfEmail(EmailAddress.Parse("A@exemple.fr")), tokens.OfEmail(EmailAddress.Parse("b@exemple.fr")), tokens.OfSubject("abcv1")),
            tokens.Of(account));
        Assert.Empty(tokens.Of(account.Closed(Guid.NewGuid(), default)));
        Assert.Empty(tokens.Of(account with { Registration = new() }));
    }

    [Fact]
    public void A_sign_up_under_way_is_found_by_what_each_browser_has_declared()
    {
        var begun = new Registration().Begin("one", default, default).Begin("two", default, default).Begin("three", default, default);
        var declared = begun with { Drafts = [begun.Drafts[0].Declare(Details("Lamy", "a@exemple.fr")), begun.Drafts[1].Declare(Details("Lami", "a@exemple.fr")), begun.Drafts[2]] };
        Assert.Equal(Sorted(tokens.OfName("LAMY", birthDate), tokens.OfName("LAMI", birthDate), tokens.OfEmail(EmailAddress.Parse("a@exemple.fr"))), tokens.Of(new AdherentState { Registration = declared }));
        Assert.Empty(tokens.Of(new AdherentState { Registration = begun }));

        static ContactDetails Details(string familyName, string email) => new(familyName, "Fritz", birthDate, EmailAddress.Parse(email), null);
    }

    [Fact]
    public void The_record_tells_one_search_from_another_and_not_what_was_typed()
    {
        var lamy = new SearchQuery.ByName("Lamy", "Fritz", birthDate);
        Assert.Equal(tokens.FingerprintOf(lamy), tokens.FingerprintOf(new SearchQuery.ByName("LAMY", "FRITZ", birthDate)));
        Assert.NotEqual(tokens.FingerprintOf(lamy), tokens.FingerprintOf(lamy with { GivenName = null }));
        Assert.Matches("^[0-9a-f]{16}$", tokens.FingerprintOf(new SearchQuery.ByNir(Nir.Parse("1630967482229"))));
        Assert.Equal("search ByName", lamy.ToString());
    }

    private static long[] Sorted(params long?[] some) => [.. some.OfType<long>().Order()];

    private static InsuredPerson Somebody(string birthName, string? usedName = null) => new(
        birthName, usedName, ["FRITZ"], Sex.Male, birthDate, null, "99100", true, CardKind.None, null, ["67"], new PostalAddress("1 RUE D'ALSACE", "67320", "MARLENHEIM"));
}
