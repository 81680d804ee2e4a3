using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using static MsaOrleans.Grains.Tests.Samples;

namespace MsaOrleans.Grains.Tests.Domain;

public sealed class ClosureTests
{
    [Fact]
    public void The_proof_of_a_closed_account_is_kept_for_five_years_from_its_end() =>
        Assert.Equal(new(2031, 3, 10, 9, 30, 0, TimeSpan.Zero), new Closure(Now.AddYears(-3), "2026-01", Now).EraseAt);

    [Fact]
    public void One_closed_on_a_leap_day_goes_on_the_last_of_February() => Assert.Equal(
        new DateTimeOffset(2033, 2, 28, 12, 0, 0, TimeSpan.Zero), new Closure(Now, "2026-01", new(2028, 2, 29, 12, 0, 0, TimeSpan.Zero)).EraseAt);

    [Fact]
    public void Whoever_closes_an_account_that_he_took_over_keeps_no_notice_from_its_owner()
    {
        var owed = Enum.GetValues<LetterKind>().Aggregate(new Dispatches(), (all, kind) => all.Request(Guid.NewGuid(), kind, Email, Now));

        Assert.Equal(
            [
                LetterKind.EmailChangeRequested, LetterKind.EmailChanged, LetterKind.PasswordChanged, LetterKind.AccountClosed, LetterKind.EmailCorrectionRequested,
                LetterKind.EmailCorrected, LetterKind.FranceConnectLinked,
            ],
            owed.OnlyNotices().All.Select(letter => letter.Kind));
    }

    [Fact]
    public void A_notice_that_has_left_goes_with_the_account()
    {
        var notice = Guid.NewGuid();
        var sent = new Dispatches().Request(notice, LetterKind.PasswordChanged, Email, Now).Take(notice, Now).Item1.Confirm(notice, Now);
        Assert.Empty(sent.OnlyNotices().All);
    }
}
