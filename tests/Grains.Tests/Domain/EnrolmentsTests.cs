using FsCheck.Xunit;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Enrolments;
using static MsaOrleans.Grains.Tests.Domain.EnrolmentSamples;
using static MsaOrleans.Grains.Tests.Samples;

namespace MsaOrleans.Grains.Tests.Domain;

/// <summary>Departments that are open, and requests for others: what may be asked for, what is remembered of it, and what he is shown.</summary>
public sealed class EnrolmentsTests
{
    [Fact]
    public void The_first_connection_opens_the_services_and_every_department_that_knows_him()
    {
        var enrolments = new Enrolments().Know(["67", "2A"], Now).Open();

        Assert.Equal("particulier", enrolments.ServiceBundle);
        Assert.Equal([new Enrolment("67", Now), new Enrolment("2A", Now)], enrolments.Departments);
        Assert.All(enrolments.Departments, d => Assert.Equal(EnrolmentOrigin.Automatic, d.Origin));
    }

    [Fact]
    public void A_department_that_is_open_stays_as_it_is() => Assert.Equal(
        [new Enrolment("67", Now), new Enrolment("68", Now.AddDays(1))],
        new Enrolments().Know(["67"], Now).Open().Know(["68", "67", "68"], Now.AddDays(1)).Open().Departments);

    [Fact]
    public void Nothing_new_changes_nothing_and_a_gap_in_the_registry_closes_nothing()
    {
        var enrolments = Sent().Know(["67"], Now).Open();

        Assert.Same(enrolments, enrolments.Open());
        Assert.Same(enrolments, enrolments.Know(["67"], Now.AddDays(1)));
        Assert.Same(enrolments, enrolments.Know([], Now.AddDays(1)));
    }

    [Fact]
    public void A_request_for_a_department_that_the_caisses_know_by_now_has_become_pointless_and_no_other_one()
    {
        var known = Both().Know(["67", "01"], Now.AddDays(4));

        Assert.Equal([new Enrolment("67", Now.AddDays(4)), new Enrolment("01", Now.AddDays(4))], known.Departments);
        Assert.Equal([EnrolmentRequestStatus.KnownMeanwhile, EnrolmentRequestStatus.CodeSent], known.Requests.Select(r => r.Status));
        Assert.Equal(Now.AddDays(4), known.Requests[0].EndedAt);
        Assert.Equal([OtherCode], known.CodesAt(Now.AddDays(4)));
    }

    [Fact]
    public void A_department_that_is_asked_for_waits_for_its_code()
    {
        var (enrolments, outcome) = new Enrolments().Request("2A", Letter, DueAt, Now);

        Assert.Equal(EnrolmentOutcome.Requested, outcome);
        Assert.Equal([new EnrolmentRequest { Letter = Letter, Department = "2A", RequestedAt = Now, CodeDueAt = DueAt }], enrolments.Requests);
        Assert.Equal(EnrolmentRequestStatus.Requested, enrolments.Requests[0].Status);
        Assert.True(enrolments.WaitsFor(Letter));
        Assert.False(enrolments.WaitsFor(OtherLetter));
        Assert.False(enrolments.IsActive("2A"));
        Assert.Null(enrolments.NextExpiry);
    }

    [Theory]
    [InlineData("971")]
    [InlineData("20")]
    [InlineData("2a")]
    [InlineData("96")]
    [InlineData("1")]
    [InlineData("01 ")]
    [InlineData("")]
    public void A_department_that_does_not_exist_cannot_be_asked_for(string department)
    {
        var (same, outcome) = Asked().Request(department, OtherLetter, DueAt, Now);

        Assert.Equal(EnrolmentOutcome.UnknownDepartment, outcome);
        Assert.Equal(Asked().Requests, same.Requests);
    }

    [Fact]
    public void A_department_that_is_open_cannot_be_asked_for()
    {
        foreach (var open in new[] { new Enrolments().Know(["01"], Now), Sent().Activate(Letter, Now), Sent().Know(["01"], Now) })
        {
            var (same, outcome) = open.Request("01", OtherLetter, DueAt, Now);

            Assert.Equal(EnrolmentOutcome.AlreadyActive, outcome);
            Assert.Same(open, same);
        }
    }

    [Fact]
    public void A_department_cannot_be_asked_for_twice_at_a_time()
    {
        foreach (var (asked, now) in new[] { (Asked(), Now), (Asked(), Now.AddYears(10)), (Issued(), LastMoment), (Sent(), LastMoment) })
        {
            var (same, outcome) = asked.Request("01", OtherLetter, DueAt, now);

            Assert.Equal(EnrolmentOutcome.AlreadyRequested, outcome);
            Assert.Same(asked, same);
        }
    }

    [Theory]
    [InlineData(EnrolmentRequestStatus.Expired)]
    [InlineData(EnrolmentRequestStatus.Locked)]
    [InlineData(EnrolmentRequestStatus.Cancelled)]
    [InlineData(EnrolmentRequestStatus.Undeliverable)]
    public void A_department_whose_request_failed_can_be_asked_for_again(EnrolmentRequestStatus ended)
    {
        var before = ended switch
        {
            EnrolmentRequestStatus.Expired => Sent(),
            EnrolmentRequestStatus.Locked => Tried(Sent(), 5).Last().Enrolments,
            EnrolmentRequestStatus.Cancelled => Sent().End(Letter, EnrolmentEnding.Cancelled, Expiry),
            _ => Sent().End(Letter, EnrolmentEnding.Undeliverable, Expiry),
        };

        var (again, outcome) = before.Request("01", OtherLetter, Expiry.AddDays(3), Expiry);

        Assert.Equal(EnrolmentOutcome.Requested, outcome);
        Assert.Equal([(Letter, ended), (OtherLetter, EnrolmentRequestStatus.Requested)], again.Requests.Select(r => (r.Letter, r.Status)));
        Assert.Equal(OtherLetter, again.PendingFor("01")!.Letter);
        Assert.Equal(new CodeOutcome.NotSentYet(Expiry.AddDays(3)), again.ObstacleAt("01", Expiry));
        Assert.Empty(again.CodesAt(Expiry));
        Assert.Equal(0, again.Requests[1].WrongTries);
    }

    [Fact]
    public void A_sixth_request_within_a_day_is_refused_although_the_others_were_taken_back_and_free_to_the_tick()
    {
        var enrolments = new Enrolments();
        for (var i = 0; i < Enrolments.MostADay; i++)
        {
            var id = Guid.NewGuid();
            (enrolments, var outcome) = enrolments.Request("2A", id, DueAt, Now.AddHours(i));
            Assert.Equal(EnrolmentOutcome.Requested, outcome);
            enrolments = enrolments.End(id, EnrolmentEnding.Cancelled, Now.AddHours(i));
        }

        var (same, refused) = enrolments.Request("01", Letter, DueAt, Now.AddDays(1).AddTicks(-1));
        Assert.Equal(EnrolmentOutcome.TooMany, refused);
        Assert.Same(enrolments, same);
        Assert.Equal(EnrolmentOutcome.Requested, enrolments.Request("01", Letter, DueAt, Now.AddDays(1)).Item2);
        Assert.Equal(EnrolmentOutcome.UnknownDepartment, enrolments.Request("971", Letter, DueAt, Now.AddHours(5)).Item2);
        Assert.Equal(EnrolmentOutcome.Requested, enrolments.Request("01", Letter, DueAt, Now.AddDays(-1)).Item2); // a clock that was moved back
    }

    [Fact]
    public void Fifty_ended_requests_are_remembered_and_every_pending_one()
    {
        var enrolments = Asked();
        for (var i = 0; i < 60; i++)
        {
            var id = Guid.NewGuid();
            enrolments = enrolments.Request("2A", id, DueAt, Now.AddHours(5 * i)).Item1.End(id, EnrolmentEnding.Cancelled, Now.AddHours(5 * i));
        }
        enrolments = enrolments.Request("2A", OtherLetter, DueAt, Now.AddDays(13)).Item1;

        Assert.Equal(52, enrolments.Requests.Count);
        Assert.Equal([Letter, OtherLetter], enrolments.Pending.Select(r => r.Letter));
        Assert.Equal((Letter, OtherLetter), (enrolments.Requests[0].Letter, enrolments.Requests[^1].Letter));
        Assert.Equal(Enumerable.Range(10, 50).Select(i => Now.AddHours(5 * i)), enrolments.Requests.Skip(1).Take(50).Select(r => r.RequestedAt));
    }

    [Fact]
    public void He_is_shown_departments_in_order_and_requests_latest_first()
    {
        var overview = Both().Know(["67", "2B", "04"], Now).Activate(OtherLetter, SentAt).OverviewWith(new());

        Assert.Equal(
            [
                new ActiveDepartment("04", Now, EnrolmentOrigin.Automatic), new("2A", SentAt, EnrolmentOrigin.Code),
                new("2B", Now, EnrolmentOrigin.Automatic), new("67", Now, EnrolmentOrigin.Automatic),
            ],
            overview.Active);
        Assert.Equal(
            [
                new EnrolmentRequestSummary("2A", EnrolmentRequestStatus.Activated, Now, DueAt, SentAt, CodeExpiresAt: null, EndedAt: SentAt),
                new("01", EnrolmentRequestStatus.CodeSent, Now, DueAt, SentAt, Expiry, EndedAt: null),
            ],
            overview.Requests);
        Assert.Equal([false, true], overview.Requests.Select(r => r.IsPending));
    }

    [Fact]
    public void Every_status_is_pending_until_it_is_an_end() => Assert.Equal(
        [EnrolmentRequestStatus.Requested, EnrolmentRequestStatus.CodeSent],
        Enum.GetValues<EnrolmentRequestStatus>().Where(status => new EnrolmentRequestSummary("01", status, Now, DueAt, null, null, null).IsPending));

    [Property(MaxTest = 500)]
    public void Whatever_happens_one_request_at_most_waits_for_a_department_that_is_not_open_and_what_has_ended_keeps_no_code(byte[] events)
    {
        string[] departments = ["01", "2A", "67"];
        var (enrolments, now, letters) = (new Enrolments(), Now, new List<Guid> { Letter });
        foreach (var happened in events)
        {
            now = now.AddDays((happened % 7) - 1); // clocks are moved back too
            var department = departments[happened % departments.Length];
            var id = letters[happened % letters.Count];
            switch (happened / 16)
            {
                case 0 or 1 or 2 or 3:
                    letters.Add(Guid.NewGuid());
                    enrolments = enrolments.Request(department, letters[^1], now.AddDays(3), now).Item1;
                    break;
                case 4 or 5 or 6:
                    enrolments = enrolments.Issue(letters[^1], Hash($"{letters[^1]} {enrolments.CodesAt(now).Count}"), now.AddDays(30));
                    break;
                case 7:
                    enrolments = enrolments.Sent(id, now);
                    break;
                case 8 or 9 or 10:
                    if (enrolments.ObstacleAt(department, now) is null)
                        enrolments = enrolments.TryCode(department, happened % 2 == 0 ? enrolments.CodesAt(now)[^1] : null, now).Item1;
                    break;
                case 11:
                    enrolments = enrolments.SignedIn(id, now);
                    break;
                case 12:
                    enrolments = enrolments.End(id, happened % 2 == 0 ? EnrolmentEnding.Cancelled : EnrolmentEnding.Undeliverable, now);
                    break;
                case 13:
                    enrolments = enrolments.Activate(id, now);
                    break;
                case 14:
                    enrolments = enrolments.ExpiredAt(now);
                    break;
                default:
                    if (happened % 4 == 0)
                        enrolments = enrolments.Know([department], now);
                    break;
            }
            Assert.Equal(enrolments.Pending.DistinctBy(r => r.Department), enrolments.Pending);
            Assert.Equal(enrolments.Departments.DistinctBy(d => d.Department), enrolments.Departments);
            Assert.All(enrolments.Pending, r => Assert.False(enrolments.IsActive(r.Department)));
            Assert.All(enrolments.Requests, r => Assert.True(r.IsPending ? r.EndedAt is null : r is { Code: null, EndedAt: not null }));
            Assert.All(enrolments.Requests, r => Assert.InRange(r.WrongTries, 0, r.IsPending ? 4 : 5));
            Assert.All(enrolments.CodesAt(now), hash => Assert.True(enrolments.RequestOf(hash).IsPending));
        }
    }
}
