using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Sessions;
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

        Assert.Equal([first, second], credentials.ProvisionalHashes);
        Assert.Equal([second], credentials.AcceptProvisional(second, Origin, Now).ProvisionalHashes);
    }

    [Fact]
    public void Another_letter_voids_the_one_before()
    {
        var other = Guid.NewGuid();
        var credentials = Issued(letter, first).Issue(other, OtherEmail, second, Now.AddDays(3));

        Assert.Equal([second], credentials.ProvisionalHashes);
        Assert.Equal((other, OtherEmail), (credentials.Provisional!.Dispatch, credentials.Provisional.SentTo));
    }

    [Fact]
    public void A_provisional_password_works_until_it_expires_and_is_still_known_afterwards()
    {
        var credentials = Issued(letter, first);

        Assert.True(credentials.Provisional!.IsValidAt(Now.AddDays(3).AddTicks(-1)));
        Assert.False(credentials.Provisional.IsValidAt(Now.AddDays(3)));
        Assert.Equal([first], credentials.ProvisionalHashes);
    }

    [Fact]
    public void A_personal_password_ends_the_provisional_one_and_the_other_way_round_it_stays()
    {
        var personalised = Issued(letter, first).Personalise(own, Now);
        var asked = personalised.Issue(Guid.NewGuid(), Email, second, Now.AddDays(3));

        AssertOpenedBy([own], [], personalised);
        Assert.Equal(Now, personalised.PersonalSince);
        AssertOpenedBy([own], [second], asked);
        AssertOpenedBy([own], [second], asked.Accept(SignInMeans.Password, Origin, Now));
        AssertOpenedBy([own], [second], asked.AcceptProvisional(second, Origin, Now));
    }

    [Fact]
    public void Nobody_without_an_account_has_anything_to_compare_with() => AssertOpenedBy([], [], new());

    [Fact]
    public void A_success_forgets_failures_and_remembers_the_sign_in_before()
    {
        var policy = new AdherentPolicy().SignIn;
        var credentials = Issued(letter, first).Refuse(policy, Now).Refuse(policy, Now);

        Assert.Equal(2, credentials.Lockout.Failures);
        credentials = credentials.AcceptProvisional(first, Origin, Now);
        Assert.Equal((true, Now, null), (credentials.Lockout.IsClean, credentials.LastSignInAt, credentials.PreviousSignInAt));
        credentials = credentials.Refuse(policy, Now).Accept(SignInMeans.Password, Origin, Now.AddDays(1));
        Assert.Equal((true, Now.AddDays(1), Now), (credentials.Lockout.IsClean, credentials.LastSignInAt, credentials.PreviousSignInAt));
    }

    [Fact]
    public void The_last_twenty_times_he_signed_in_are_remembered_latest_last()
    {
        var credentials = Enumerable.Range(0, 25).Aggregate(
            Issued(letter, first), (c, i) => c.Accept(SignInMeans.Password, Origin with { Network = $"203.0.{i}.x" }, Now.AddHours(i)));

        Assert.Equal(Enumerable.Range(5, 20).Select(i => $"203.0.{i}.x"), credentials.SignIns.Select(s => s.Origin.Network));

        credentials = credentials.AcceptProvisional(first, Origin, Now.AddDays(2));

        Assert.Equal(20, credentials.SignIns.Count);
        Assert.Equal(new SignInRecord(Now.AddDays(2), SignInMeans.ProvisionalPassword, Origin), credentials.SignIns[^1]);
        Assert.Equal(Now.AddHours(6), credentials.SignIns[0].At);
    }

    [Fact]
    public void Failures_and_changes_of_the_password_leave_the_list_of_sign_ins_as_it_is()
    {
        var credentials = new Credentials().Accept(SignInMeans.DepartmentCode, Origin, Now);

        Assert.Same(credentials.SignIns, credentials.Refuse(new AdherentPolicy().SignIn, Now).Personalise(own, Now).SignIns);
    }

    [Fact]
    public void The_same_password_under_stronger_parameters_is_the_same_password()
    {
        var personal = Issued(letter, first).Personalise(own, Now);
        var stronger = personal.Rehashed(own with { Passes = 3 });

        Assert.Equal([own with { Passes = 3 }], stronger.PersonalHashes);
        Assert.Equal(personal, stronger with { Personal = own });
    }

    [Fact]
    public void Hashes_do_not_show_themselves() =>
        Assert.DoesNotContain("first", $"{first}{first with { Passes = 3 }}", StringComparison.Ordinal);

    private static Credentials Issued(Guid dispatch, PasswordHash hash) => new Credentials().Issue(dispatch, Email, hash, Now.AddDays(3));

    private static void AssertOpenedBy(PasswordHash[] personal, PasswordHash[] provisional, Credentials credentials)
    {
        Assert.Equal(personal, credentials.PersonalHashes);
        Assert.Equal(provisional, credentials.ProvisionalHashes);
    }

    private static PasswordHash Hash(string text) => new("argon2id", 19456, 2, "c2FsdA==", text);
}
