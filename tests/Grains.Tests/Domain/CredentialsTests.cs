using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Ports;
using static MsaOrleans.Grains.Tests.Samples;

namespace MsaOrleans.Grains.Tests.Domain;

public sealed class CredentialsTests
{
    private static readonly Guid letter = Guid.NewGuid();
    private static readonly PasswordHash first = Hash("first");
    private static readonly PasswordHash second = Hash("second");
    private static readonly PasswordHash own = Hash("own");

    [Fact]
    public void The_tries_of_one_letter_all_work_until_one_is_used()
    {
        var credentials = Issued(letter, first).Issue(letter, Email, second, Now.AddDays(3));

        Assert.Equal([first, second], credentials.ProvisionalHashesAt(Now));
        Assert.Equal([second], credentials.AcceptProvisional(second, Now).ProvisionalHashesAt(Now));
    }

    [Fact]
    public void Another_letter_voids_the_one_before()
    {
        var other = Guid.NewGuid();
        var credentials = Issued(letter, first).Issue(other, OtherEmail, second, Now.AddDays(3));

        Assert.Equal([second], credentials.ProvisionalHashesAt(Now));
        Assert.Equal((other, OtherEmail), (credentials.Provisional!.Dispatch, credentials.Provisional.SentTo));
    }

    [Fact]
    public void A_provisional_password_works_until_it_expires()
    {
        var credentials = Issued(letter, first);

        Assert.Equal([first], credentials.ProvisionalHashesAt(Now.AddDays(3).AddTicks(-1)));
        Assert.Empty(credentials.ProvisionalHashesAt(Now.AddDays(3)));
    }

    [Fact]
    public void A_personal_password_ends_the_provisional_one_and_the_other_way_round_it_stays()
    {
        var personalised = Issued(letter, first).Personalise(own, Now);
        var asked = personalised.Issue(Guid.NewGuid(), Email, second, Now.AddDays(3));

        AssertOpenedBy([own], [], personalised);
        Assert.Equal(Now, personalised.PersonalSince);
        AssertOpenedBy([own], [second], asked);
        AssertOpenedBy([own], [second], asked.Accept(Now));
        AssertOpenedBy([own], [second], asked.AcceptProvisional(second, Now));
    }

    [Fact]
    public void Nobody_without_an_account_has_anything_to_compare_with() => AssertOpenedBy([], [], new());

    [Fact]
    public void A_success_forgets_failures_and_remembers_the_sign_in_before()
    {
        var policy = new AdherentPolicy().SignIn;
        var credentials = Issued(letter, first).Refuse(policy, Now).Refuse(policy, Now);

        Assert.Equal(2, credentials.Lockout.Failures);
        credentials = credentials.AcceptProvisional(first, Now);
        Assert.Equal((true, Now, null), (credentials.Lockout.IsClean, credentials.LastSignInAt, credentials.PreviousSignInAt));
        credentials = credentials.Refuse(policy, Now).Accept(Now.AddDays(1));
        Assert.Equal((true, Now.AddDays(1), Now), (credentials.Lockout.IsClean, credentials.LastSignInAt, credentials.PreviousSignInAt));
    }

    [Fact]
    public void Hashes_do_not_show_themselves() =>
        Assert.DoesNotContain("first", $"{first}{first with { Passes = 3 }}", StringComparison.Ordinal);

    private static Credentials Issued(Guid dispatch, PasswordHash hash) => new Credentials().Issue(dispatch, Email, hash, Now.AddDays(3));

    private static void AssertOpenedBy(PasswordHash[] personal, PasswordHash[] provisional, Credentials credentials)
    {
        Assert.Equal(personal, credentials.PersonalHashes);
        Assert.Equal(provisional, credentials.ProvisionalHashesAt(Now));
    }

    private static PasswordHash Hash(string text) => new("argon2id", 19456, 2, "c2FsdA==", text);
}
