using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Enrolments;
using static MsaOrleans.Grains.Tests.Domain.EnrolmentSamples;
using static MsaOrleans.Grains.Tests.Samples;

namespace MsaOrleans.Grains.Tests.Domain;

/// <summary>How a request ends: by the time, by the change of password that opens the department, or otherwise. An end opens nothing and keeps no code.</summary>
public sealed class EnrolmentEndsTests
{
    [Fact]
    public void A_code_works_until_it_expires_and_its_end_is_noted_for_that_very_moment()
    {
        Assert.Equal([Code], Sent().CodesAt(LastMoment));
        Assert.Empty(Sent().CodesAt(Expiry));
        Assert.Equal([Code], Sent().CodesForSignInAt(LastMoment));
        Assert.Empty(Sent().CodesForSignInAt(Expiry));

        var sent = Sent();
        Assert.Same(sent, sent.ExpiredAt(LastMoment));
        foreach (var request in new[] { sent.ExpiredAt(Expiry).Requests[0], Issued().ExpiredAt(Expiry.AddDays(9)).Requests[0] })
            Assert.Equal((EnrolmentRequestStatus.Expired, Expiry), (request.Status, request.EndedAt));
        Assert.Null(sent.ExpiredAt(Expiry).NextExpiry);
    }

    [Fact]
    public void One_code_expires_without_the_other_and_what_has_no_code_does_not_expire()
    {
        var third = Guid.NewGuid();
        var enrolments = Sent()
            .Request("2A", OtherLetter, DueAt, Now).Item1.Issue(OtherLetter, OtherCode, Expiry.AddDays(1))
            .Request("33", third, DueAt, Now).Item1;

        Assert.Equal(Expiry, enrolments.NextExpiry);
        var expired = enrolments.ExpiredAt(Expiry);
        Assert.Equal([OtherLetter, third], expired.Pending.Select(r => r.Letter));
        Assert.Equal(Expiry.AddDays(1), expired.NextExpiry);
        Assert.Equal([third], expired.ExpiredAt(Expiry.AddYears(1)).Pending.Select(r => r.Letter));
    }

    [Fact]
    public void What_was_noted_as_expired_stays_so_when_the_clock_is_moved_back()
    {
        var expired = Sent().ExpiredAt(Expiry);

        Assert.Same(expired, expired.ExpiredAt(SentAt));
        Assert.Equal(new CodeOutcome.Expired(), expired.ObstacleAt("01", SentAt));
        Assert.Empty(expired.CodesAt(SentAt));
        Assert.Same(expired, expired.Activate(Letter, SentAt));
        Assert.Equal(EnrolmentOutcome.Requested, expired.Request("01", OtherLetter, DueAt, SentAt).Item2);
    }

    [Fact]
    public void The_change_of_password_opens_the_department_once()
    {
        var active = Both().Activate(Letter, SentAt);

        Assert.Equal([new Enrolment("01", SentAt, EnrolmentOrigin.Code)], active.Departments);
        Assert.Equal([EnrolmentRequestStatus.Activated, EnrolmentRequestStatus.CodeSent], active.Requests.Select(r => r.Status));
        Assert.Equal(SentAt, active.Requests[0].EndedAt);
        Assert.Equal([OtherCode], active.CodesAt(SentAt));
        Assert.Same(active, active.Activate(Letter, SentAt.AddDays(1)));
        Assert.Same(active, active.Activate(Guid.NewGuid(), SentAt));
    }

    [Fact]
    public void A_department_that_is_open_is_not_opened_again_whatever_a_row_says()
    {
        var odd = Sent() with { Departments = [new("01", Now)] };

        Assert.Same(odd, odd.Activate(Letter, SentAt));
    }

    [Theory]
    [InlineData(EnrolmentRequestStatus.KnownMeanwhile)]
    [InlineData(EnrolmentRequestStatus.Expired)]
    [InlineData(EnrolmentRequestStatus.Locked)]
    [InlineData(EnrolmentRequestStatus.Cancelled)]
    [InlineData(EnrolmentRequestStatus.Undeliverable)]
    public void A_request_that_ended_otherwise_opens_nothing_any_more(EnrolmentRequestStatus status)
    {
        var ended = status switch
        {
            EnrolmentRequestStatus.KnownMeanwhile => Sent().Know(["01"], SentAt),
            EnrolmentRequestStatus.Expired => Sent().ExpiredAt(Expiry),
            EnrolmentRequestStatus.Locked => Tried(Sent(), 5)[^1].Enrolments,
            EnrolmentRequestStatus.Cancelled => Sent().End(Letter, EnrolmentEnding.Cancelled, SentAt),
            _ => Sent().End(Letter, EnrolmentEnding.Undeliverable, SentAt),
        };

        Assert.Equal(status, ended.Requests[0].Status);
        Assert.Null(ended.Requests[0].Code);
        Assert.Empty(ended.CodesAt(SentAt));
        Assert.Empty(ended.CodesForSignInAt(SentAt));
        Assert.Null(ended.NextExpiry);
        Assert.Same(ended, ended.Activate(Letter, SentAt));
        Assert.DoesNotContain(ended.Departments, d => d.Origin == EnrolmentOrigin.Code);
    }

    [Fact]
    public void An_end_is_an_end()
    {
        var cancelled = Sent().End(Letter, EnrolmentEnding.Cancelled, SentAt);

        Assert.Same(cancelled, cancelled.End(Letter, EnrolmentEnding.Undeliverable, SentAt.AddDays(1)));
        Assert.Same(cancelled, cancelled.ExpiredAt(Expiry));
        Assert.Equal(EnrolmentRequestStatus.Cancelled, cancelled.Know(["01"], Expiry).Requests[0].Status);
    }
}
