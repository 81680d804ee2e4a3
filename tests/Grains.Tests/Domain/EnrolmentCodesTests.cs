using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Enrolments;
using static MsaOrleans.Grains.Tests.Domain.EnrolmentSamples;
using static MsaOrleans.Grains.Tests.Samples;

namespace MsaOrleans.Grains.Tests.Domain;

/// <summary>The codes of a request: made with its letter, and tried on their own page until one is right or five were wrong.</summary>
public sealed class EnrolmentCodesTests
{
    [Fact]
    public void A_code_is_on_its_way_once_it_is_made_and_has_left_the_first_time_somebody_says_so()
    {
        Assert.Equal((EnrolmentRequestStatus.Requested, null), (Issued().Requests[0].Status, Issued().Requests[0].CodeSentAt));
        Assert.Equal([Code], Issued().CodesAt(DueAt));
        Assert.Equal((EnrolmentRequestStatus.CodeSent, SentAt), (Sent().Requests[0].Status, Sent().Requests[0].CodeSentAt));
        Assert.Equal(SentAt, Sent().Sent(Letter, SentAt.AddDays(1)).Requests[0].CodeSentAt);
    }

    [Fact]
    public void Another_try_of_the_letter_adds_a_code_and_both_work_as_long_as_the_last_one()
    {
        var enrolments = Issued().Issue(Letter, SecondCode, Expiry.AddMinutes(2));

        Assert.Equal([Code, SecondCode], enrolments.CodesAt(Expiry.AddMinutes(2).AddTicks(-1)));
        Assert.Empty(enrolments.CodesAt(Expiry.AddMinutes(2)));
        Assert.Equal(Expiry.AddMinutes(2), enrolments.NextExpiry);
        foreach (var match in new[] { Code, SecondCode })
        {
            Assert.Equal(Letter, enrolments.RequestOf(match).Letter);
            Assert.Equal(new CodeOutcome.Accepted(), enrolments.TryCode("01", match, Expiry).Item2);
        }
    }

    [Fact]
    public void What_happens_to_a_letter_that_no_request_waits_for_changes_nothing()
    {
        foreach (var enrolments in new[] { new Enrolments(), Sent().End(Letter, EnrolmentEnding.Cancelled, Now), Sent().Activate(Letter, Now) })
        {
            Assert.Same(enrolments, enrolments.Issue(Letter, SecondCode, Expiry));
            Assert.Same(enrolments, enrolments.Sent(Letter, Now.AddDays(5)));
            Assert.Same(enrolments, enrolments.SignedIn(Letter, Now.AddDays(5)));
            Assert.Same(enrolments, enrolments.End(Letter, EnrolmentEnding.Undeliverable, Now.AddDays(5)));
            Assert.Same(enrolments, enrolments.Activate(Letter, Now.AddDays(5)));
        }
    }

    [Fact]
    public void The_right_code_is_accepted_and_changes_nothing_yet()
    {
        var (same, outcome) = Sent().TryCode("01", Code, SentAt);

        Assert.Equal(new CodeOutcome.Accepted(), outcome);
        Assert.Equal(Sent().Requests[0] with { Code = null }, same.Requests[0] with { Code = null });
        Assert.Equal([Code], same.CodesAt(SentAt));
        Assert.Empty(same.Departments);
    }

    [Fact]
    public void Four_wrong_codes_are_counted_down_and_the_fifth_voids_the_right_one()
    {
        var tried = Tried(Both(), 5);

        Assert.Equal(
            [new CodeOutcome.Wrong(4), new CodeOutcome.Wrong(3), new CodeOutcome.Wrong(2), new CodeOutcome.Wrong(1), new CodeOutcome.Locked()],
            tried.Select(t => t.Outcome));
        Assert.Equal(new CodeOutcome.Accepted(), tried[3].Enrolments.TryCode("01", Code, SentAt).Item2);
        var locked = tried[4].Enrolments;
        Assert.Equal((EnrolmentRequestStatus.Locked, SentAt, 5), (locked.Requests[0].Status, locked.Requests[0].EndedAt, locked.Requests[0].WrongTries));
        Assert.Equal(new CodeOutcome.NotRequested(), locked.ObstacleAt("01", SentAt));
        Assert.Equal([OtherCode], locked.CodesAt(SentAt));
        Assert.Equal((EnrolmentRequestStatus.CodeSent, 0), (locked.Requests[1].Status, locked.Requests[1].WrongTries));
    }

    [Fact]
    public void The_code_of_another_department_of_his_is_told_and_not_counted()
    {
        var almost = Tried(Both(), 4)[^1].Enrolments;

        for (var i = 0; i < 10; i++)
        {
            (var same, var outcome) = almost.TryCode("01", OtherCode, SentAt);
            Assert.Equal(new CodeOutcome.OtherDepartment("2A"), outcome);
            Assert.Same(almost, same);
        }
        Assert.Equal(new CodeOutcome.Locked(), almost.TryCode("01", null, SentAt).Item2);
    }

    [Fact]
    public void There_is_no_point_in_a_code_for_a_department_that_does_not_wait_for_one()
    {
        Assert.Equal(new CodeOutcome.NotRequested(), new Enrolments().ObstacleAt("01", Now));
        Assert.Equal(new CodeOutcome.NotRequested(), Sent().ObstacleAt("2A", SentAt));
        Assert.Equal(new CodeOutcome.NotRequested(), Sent().ObstacleAt("971", SentAt));
        Assert.Equal(new CodeOutcome.AlreadyActive(), new Enrolments().Know(["01"], Now).ObstacleAt("01", Now));
        Assert.Equal(new CodeOutcome.AlreadyActive(), Sent().Know(["01"], Now).ObstacleAt("01", Now));
        Assert.Equal(new CodeOutcome.AlreadyActive(), Sent().Activate(Letter, SentAt).ObstacleAt("01", Expiry));
        Assert.Equal(new CodeOutcome.NotRequested(), Sent().End(Letter, EnrolmentEnding.Cancelled, Now).ObstacleAt("01", Expiry));
        Assert.Equal(new CodeOutcome.NotRequested(), Sent().End(Letter, EnrolmentEnding.Undeliverable, Now).ObstacleAt("01", Expiry));
        Assert.Equal(new CodeOutcome.NotRequested(), Tried(Sent(), 5)[^1].Enrolments.ObstacleAt("01", Expiry));
    }

    [Fact]
    public void There_is_no_point_in_a_code_before_it_is_made_nor_once_it_has_expired()
    {
        Assert.Equal(new CodeOutcome.NotSentYet(DueAt), Asked().ObstacleAt("01", Now));
        Assert.Equal(new CodeOutcome.NotSentYet(DueAt), Asked().ObstacleAt("01", Expiry.AddYears(1)));
        foreach (var sent in new[] { Issued(), Sent() })
        {
            Assert.Null(sent.ObstacleAt("01", DueAt));
            Assert.Null(sent.ObstacleAt("01", LastMoment));
            Assert.Equal(new CodeOutcome.Expired(), sent.ObstacleAt("01", Expiry));
            Assert.Equal(new CodeOutcome.Expired(), sent.ExpiredAt(Expiry).ObstacleAt("01", Expiry));
        }
    }

    [Fact]
    public void The_last_request_for_a_department_says_why_there_is_no_point()
    {
        var cancelled = Sent().ExpiredAt(Expiry).Request("01", OtherLetter, Expiry, Expiry).Item1.End(OtherLetter, EnrolmentEnding.Cancelled, Expiry);
        var another = Guid.NewGuid();
        var expired = cancelled.Request("01", another, Expiry, Expiry).Item1.Issue(another, Code, Expiry.AddDays(30)).ExpiredAt(Expiry.AddDays(30));

        Assert.Equal(new CodeOutcome.NotRequested(), cancelled.ObstacleAt("01", Expiry));
        Assert.Equal(new CodeOutcome.Expired(), expired.ObstacleAt("01", Expiry.AddDays(30)));
    }

    [Fact]
    public void A_code_serves_once_as_a_password_and_goes_on_serving_on_its_own_page()
    {
        var signedIn = Both().Issue(Letter, SecondCode, Expiry).SignedIn(Letter, SentAt);

        Assert.Equal([Code, SecondCode, OtherCode], signedIn.CodesAt(SentAt));
        Assert.Equal([OtherCode], signedIn.CodesForSignInAt(SentAt));
        Assert.Equal(SentAt, signedIn.Requests[0].SignedInAt);
    }

    [Fact]
    public void All_codes_that_wait_share_one_salt()
    {
        var third = Guid.NewGuid();
        var salted = Asked().Request("2A", OtherLetter, DueAt, Now).Item1.Issue(OtherLetter, OtherCode with { Salt = "one" }, Expiry);

        Assert.Null(new Enrolments().CodeSalt);
        Assert.Null(Asked().CodeSalt);
        Assert.Equal("one", salted.CodeSalt);
        var inherited = salted.Issue(Letter, Code with { Salt = "one" }, Expiry).End(OtherLetter, EnrolmentEnding.Cancelled, Now);
        Assert.Equal("one", inherited.Request("33", third, DueAt, Now).Item1.CodeSalt);
        Assert.Null(salted.End(OtherLetter, EnrolmentEnding.Cancelled, Now).CodeSalt);
        Assert.Null(salted.ExpiredAt(Expiry).CodeSalt);
    }
}
