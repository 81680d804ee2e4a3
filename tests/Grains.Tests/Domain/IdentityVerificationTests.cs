using System.Globalization;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Identity;
using MsaOrleans.Grains.Interfaces.Registration;
using MsaOrleans.Grains.Interfaces.Space;
using MsaOrleans.Grains.Ports;
using static MsaOrleans.Grains.Tests.Samples;

namespace MsaOrleans.Grains.Tests.Domain;

public sealed class IdentityVerificationTests
{
    private static readonly DateOnly today = new(2026, 3, 10);
    private static readonly LockoutPolicy policy = new AdherentPolicy().Verification;

    [Theory]
    [InlineData("1234567890", "80250000321234567890")]
    [InlineData("1234567890", "802500003212345678907")]
    [InlineData("12345678907", "802500003212345678907")]
    [InlineData("12345678907", "80250000321234567890")]
    [InlineData("0000000042", "80250000320000000042")]
    public void A_serial_matches_by_its_ten_digits_and_by_the_check_digit_where_both_have_it(string typed, string registered) =>
        Assert.True(Matches(Fritz with { CardSerial = registered }, new IdentityProof.VitaleCard(typed)));

    [Theory]
    [InlineData("1234567891", "80250000321234567890")]
    [InlineData("123456789", "80250000321234567890")]
    [InlineData("", "80250000321234567890")]
    [InlineData("12345678908", "802500003212345678907")]
    [InlineData("123456789012", "80250000321234567890")]
    [InlineData("123456789079", "802500003212345678907")]
    [InlineData("80250000321234567890", "80250000321234567890")]
    [InlineData("0321234567890", "80250000321234567890")]
    [InlineData("1234567890", null)]
    [InlineData("1234567890", "")]
    [InlineData("1234567890", "8025000032")]
    [InlineData("1234567890", "802500003212345")]
    [InlineData("1234567890", "80250000991234567890")]
    public void Any_other_serial_does_not(string typed, string? registered) =>
        Assert.False(Matches(Fritz with { CardSerial = registered }, new IdentityProof.VitaleCard(typed)));

    [Theory]
    [InlineData("2026-03-10", true)]
    [InlineData("2026-03-11", false)]
    [InlineData("2026-02-26", true)]
    [InlineData("2025-09-10", true)]
    [InlineData("2025-09-09", false)]
    [InlineData("2025-03-10", false)]
    public void A_payment_proves_for_six_months_and_not_before_its_day(string paidOn, bool proves) =>
        Assert.Equal(proves, Matches(Fritz, new IdentityProof.ReceivedPayment(22.5m), Paid(paidOn, 22.50m)));

    [Fact]
    public void A_sum_that_was_taken_back_proves_nothing()
    {
        Assert.False(Matches(Fritz, new IdentityProof.ReceivedPayment(-22.5m), Paid("2026-03-01", -22.50m)));
        Assert.False(Matches(Fritz, new IdentityProof.ReceivedPayment(22.5m), Paid("2026-03-01", -22.50m)));
        Assert.False(IdentityVerification.IsRecent(Paid("2026-03-01", -22.50m), today));
    }

    [Theory]
    [InlineData("2026-08-31", "2026-02-27", false)]
    [InlineData("2026-08-31", "2026-02-28", true)]
    [InlineData("2026-02-28", "2025-08-28", true)]
    [InlineData("2026-02-28", "2025-08-27", false)]
    public void Months_of_different_lengths_do_not_upset_it(string today, string paidOn, bool proves) =>
        Assert.Equal(proves, IdentityVerification.Matches(
            Fritz, [Paid(paidOn, 22.50m)], FritzDeclares, new IdentityProof.ReceivedPayment(22.50m), CardPrefix, Day(today)));

    [Fact]
    public void The_amount_must_be_one_paid_lately_to_the_cent()
    {
        Payment[] payments = [Paid("2026-03-01", 59.00m), Paid("2026-02-01", 22.50m), Paid("2025-07-01", 18.55m)];

        Assert.True(Matches(Fritz, new IdentityProof.ReceivedPayment(59m), payments));
        Assert.True(Matches(Fritz, new IdentityProof.ReceivedPayment(22.5m), payments));
        Assert.False(Matches(Fritz, new IdentityProof.ReceivedPayment(22.51m), payments));
        Assert.False(Matches(Fritz, new IdentityProof.ReceivedPayment(18.55m), payments));
        Assert.False(Matches(Fritz, new IdentityProof.ReceivedPayment(81.50m), payments));
        Assert.False(Matches(Fritz, new IdentityProof.ReceivedPayment(0m)));
    }

    [Fact]
    public void Somebody_the_caisses_do_not_know_never_matches()
    {
        Assert.False(Matches(null, new IdentityProof.VitaleCard(FritzSerial)));
        Assert.False(Matches(null, new IdentityProof.ReceivedPayment(22.50m), Paid("2026-03-01", 22.50m)));
    }

    [Theory]
    [InlineData("Lamy", "Fritz", "1963-09-12", true)]
    [InlineData("Lami", "Fritz", "1963-09-12", false)]
    [InlineData("Lamy", "Franz", "1963-09-12", false)]
    [InlineData("Fritz", "Lamy", "1963-09-12", false)]
    [InlineData("Lamy", "Fritz", "1963-09-13", false)]
    public void Name_and_birth_date_must_be_his_whatever_he_shows(string familyName, string givenName, string birthDate, bool matches)
    {
        var declared = FritzDeclares with { FamilyName = familyName, GivenName = givenName, BirthDate = Day(birthDate) };

        Assert.Equal(matches, Matches(Fritz, new IdentityProof.VitaleCard(FritzSerial), declared));
        Assert.Equal(matches, Matches(Fritz, new IdentityProof.ReceivedPayment(22.50m), declared, Paid("2026-03-01", 22.50m)));
    }

    [Fact]
    public void The_third_failure_locks_for_an_hour_the_sixth_for_a_day_the_ninth_for_good()
    {
        var hour = Now.AddHours(1);
        var day = hour.AddDays(1);

        Assert.Equal(
            [
                new VerificationOutcome.NotMatched(2), new VerificationOutcome.NotMatched(1), Locked(hour),
                new VerificationOutcome.NotMatched(2), new VerificationOutcome.NotMatched(1), Locked(day),
                new VerificationOutcome.NotMatched(2), new VerificationOutcome.NotMatched(1), Locked(null), Locked(null),
            ],
            Outcomes(
                (false, Now), (false, Now), (false, Now),
                (false, hour), (false, hour), (false, hour),
                (false, day), (false, day), (false, day), (true, DateTimeOffset.MaxValue.AddTicks(-1))));
    }

    [Fact]
    public void A_lock_refuses_even_the_right_answer() => Assert.Equal(
        Locked(Now.AddHours(1)),
        Outcomes((false, Now), (false, Now), (false, Now), (true, Now.AddHours(1).AddTicks(-1)))[^1]);

    [Fact]
    public void A_success_wipes_the_slate_whatever_came_before() => Assert.Equal(
        [new VerificationOutcome.Proved(), new VerificationOutcome.NotMatched(2)],
        Outcomes((false, Now), (false, Now), (false, Now), (false, Now.AddHours(1)), (true, Now.AddHours(1)), (false, Now.AddHours(1)))[^2..]);

    [Fact]
    public void Every_attempt_that_was_looked_at_is_kept_up_to_twenty_and_none_that_a_lock_refused()
    {
        var many = Enumerable.Range(0, 30).Aggregate(
            new IdentityVerification(), (v, i) => v.Attempt(i % 2 == 0, ProofKind.ReceivedPayment, policy, Now.AddMinutes(i)).Item1);
        var locked = Enumerable.Range(0, 5).Aggregate(
            new IdentityVerification(), (v, _) => v.Attempt(false, ProofKind.VitaleCard, policy, Now).Item1);

        Assert.Equal(20, many.Attempts.Count);
        Assert.Equal(new VerificationAttempt(Now.AddMinutes(29), ProofKind.ReceivedPayment, false), many.Attempts[^1]);
        Assert.Equal(3, locked.Attempts.Count);
    }

    [Fact]
    public void Who_is_vouched_for_is_noted_among_the_last_twenty_and_no_failure_is_forgotten()
    {
        var failed = new IdentityVerification().Attempt(false, ProofKind.VitaleCard, policy, Now).Item1;
        var vouched = Enumerable.Range(1, 25).Aggregate(failed, (all, minutes) => all.Vouched(ProofKind.FranceConnect, Now.AddMinutes(minutes)));
        Assert.Equal((failed.Lockout, 20, Now.AddMinutes(6)), (vouched.Lockout, vouched.Attempts.Count, vouched.Attempts[0].At));
        Assert.Equal(new(Now.AddMinutes(25), ProofKind.FranceConnect, true), vouched.Attempts[^1]);
    }

    [Fact]
    public void The_attempt_that_locks_tells_until_when()
    {
        var locked = Enumerable.Range(0, policy.Attempts).Aggregate(new IdentityVerification(), (all, _) => all.Attempt(false, ProofKind.VitaleCard, policy, Now).Item1);
        var after = locked.Attempt(false, ProofKind.VitaleCard, policy, Now.AddHours(2)).Item1;
        Assert.Equal([null, null, Now + policy.Locks[0], null], after.Attempts.Select(attempt => attempt.LockedUntil));
    }

    [Fact]
    public void What_was_not_paid_proves_nothing() =>
        Assert.Equal([false, false, true], ((decimal[])[-10, 0, 0.01m]).Select(amount => IdentityVerification.IsRecent(Paid("2026-03-01", amount), today)));

    private static VerificationOutcome[] Outcomes(params (bool Matches, DateTimeOffset At)[] attempts)
    {
        var verification = new IdentityVerification();
        var outcomes = new List<VerificationOutcome>();
        foreach (var (matches, at) in attempts)
        {
            (verification, var outcome) = verification.Attempt(matches, ProofKind.VitaleCard, policy, at);
            outcomes.Add(outcome);
        }
        return [.. outcomes];
    }

    private static VerificationOutcome.Locked Locked(DateTimeOffset? until) => new(new VerificationLock(until));

    private static bool Matches(InsuredPerson? person, IdentityProof proof, params Payment[] payments) => Matches(person, proof, FritzDeclares, payments);

    private static bool Matches(InsuredPerson? person, IdentityProof proof, ContactDetails declared, params Payment[] payments) =>
        IdentityVerification.Matches(person, payments, declared, proof, CardPrefix, today);

    private static Payment Paid(string date, decimal amount) => new(Day(date), "Santé", amount);

    private static DateOnly Day(string iso) => DateOnly.ParseExact(iso, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
