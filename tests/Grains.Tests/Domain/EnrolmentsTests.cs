using FsCheck.Xunit;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Enrolments;
using MsaOrleans.Grains.Ports;
using static MsaOrleans.Grains.Tests.Samples;

namespace MsaOrleans.Grains.Tests.Domain;

public sealed class EnrolmentsTests
{
    private static readonly Guid letter = Guid.NewGuid();
    private static readonly Guid otherLetter = Guid.NewGuid();
    private static readonly DateTimeOffset dueAt = Now.AddDays(3);
    private static readonly DateTimeOffset sentAt = dueAt.AddSeconds(2);
    private static readonly DateTimeOffset expiry = Now.AddDays(33);
    private static readonly DateTimeOffset lastMoment = expiry.AddTicks(-1);
    private static readonly PasswordHash code = Hash("code");
    private static readonly PasswordHash secondCode = Hash("second");
    private static readonly PasswordHash otherCode = Hash("other");

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
        Assert.Equal([otherCode], known.CodesAt(Now.AddDays(4)));
    }

    [Fact]
    public void A_department_that_is_asked_for_waits_for_its_code()
    {
        var (enrolments, outcome) = new Enrolments().Request("2A", letter, dueAt, Now);

        Assert.Equal(EnrolmentOutcome.Requested, outcome);
        Assert.Equal([new EnrolmentRequest { Letter = letter, Department = "2A", RequestedAt = Now, CodeDueAt = dueAt }], enrolments.Requests);
        Assert.Equal(EnrolmentRequestStatus.Requested, enrolments.Requests[0].Status);
        Assert.True(enrolments.WaitsFor(letter));
        Assert.False(enrolments.WaitsFor(otherLetter));
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
        var (same, outcome) = Asked().Request(department, otherLetter, dueAt, Now);

        Assert.Equal(EnrolmentOutcome.UnknownDepartment, outcome);
        Assert.Equal(Asked().Requests, same.Requests);
    }

    [Fact]
    public void A_department_that_is_open_cannot_be_asked_for()
    {
        foreach (var open in new[] { new Enrolments().Know(["01"], Now), Sent().Activate(letter, Now), Sent().Know(["01"], Now) })
        {
            var (same, outcome) = open.Request("01", otherLetter, dueAt, Now);

            Assert.Equal(EnrolmentOutcome.AlreadyActive, outcome);
            Assert.Same(open, same);
        }
    }

    [Fact]
    public void A_department_cannot_be_asked_for_twice_at_a_time()
    {
        foreach (var (asked, now) in new[] { (Asked(), Now), (Asked(), Now.AddYears(10)), (Issued(), lastMoment), (Sent(), lastMoment) })
        {
            var (same, outcome) = asked.Request("01", otherLetter, dueAt, now);

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
            EnrolmentRequestStatus.Cancelled => Sent().End(letter, EnrolmentEnding.Cancelled, expiry),
            _ => Sent().End(letter, EnrolmentEnding.Undeliverable, expiry),
        };

        var (again, outcome) = before.Request("01", otherLetter, expiry.AddDays(3), expiry);

        Assert.Equal(EnrolmentOutcome.Requested, outcome);
        Assert.Equal([(letter, ended), (otherLetter, EnrolmentRequestStatus.Requested)], again.Requests.Select(r => (r.Letter, r.Status)));
        Assert.Equal(otherLetter, again.PendingFor("01")!.Letter);
        Assert.Equal(new CodeOutcome.NotSentYet(expiry.AddDays(3)), again.ObstacleAt("01", expiry));
        Assert.Empty(again.CodesAt(expiry));
        Assert.Equal(0, again.Requests[1].WrongTries);
    }

    [Fact]
    public void A_code_is_on_its_way_once_it_is_made_and_has_left_the_first_time_somebody_says_so()
    {
        Assert.Equal((EnrolmentRequestStatus.Requested, null), (Issued().Requests[0].Status, Issued().Requests[0].CodeSentAt));
        Assert.Equal([code], Issued().CodesAt(dueAt));
        Assert.Equal((EnrolmentRequestStatus.CodeSent, sentAt), (Sent().Requests[0].Status, Sent().Requests[0].CodeSentAt));
        Assert.Equal(sentAt, Sent().Sent(letter, sentAt.AddDays(1)).Requests[0].CodeSentAt);
    }

    [Fact]
    public void Another_try_of_the_letter_adds_a_code_and_both_work_as_long_as_the_last_one()
    {
        var enrolments = Issued().Issue(letter, secondCode, expiry.AddMinutes(2));

        Assert.Equal([code, secondCode], enrolments.CodesAt(expiry.AddMinutes(2).AddTicks(-1)));
        Assert.Empty(enrolments.CodesAt(expiry.AddMinutes(2)));
        Assert.Equal(expiry.AddMinutes(2), enrolments.NextExpiry);
        foreach (var match in new[] { code, secondCode })
        {
            Assert.Equal(letter, enrolments.RequestOf(match).Letter);
            Assert.Equal(new CodeOutcome.Accepted(), enrolments.TryCode("01", match, expiry).Item2);
        }
    }

    [Fact]
    public void What_happens_to_a_letter_that_no_request_waits_for_changes_nothing()
    {
        foreach (var enrolments in new[] { new Enrolments(), Sent().End(letter, EnrolmentEnding.Cancelled, Now), Sent().Activate(letter, Now) })
        {
            Assert.Same(enrolments, enrolments.Issue(letter, secondCode, expiry));
            Assert.Same(enrolments, enrolments.Sent(letter, Now.AddDays(5)));
            Assert.Same(enrolments, enrolments.SignedIn(letter, Now.AddDays(5)));
            Assert.Same(enrolments, enrolments.End(letter, EnrolmentEnding.Undeliverable, Now.AddDays(5)));
            Assert.Same(enrolments, enrolments.Activate(letter, Now.AddDays(5)));
        }
    }

    [Fact]
    public void The_right_code_is_accepted_and_changes_nothing_yet()
    {
        var (same, outcome) = Sent().TryCode("01", code, sentAt);

        Assert.Equal(new CodeOutcome.Accepted(), outcome);
        Assert.Equal(Sent().Requests[0] with { Code = null }, same.Requests[0] with { Code = null });
        Assert.Equal([code], same.CodesAt(sentAt));
        Assert.Empty(same.Departments);
    }

    [Fact]
    public void Four_wrong_codes_are_counted_down_and_the_fifth_voids_the_right_one()
    {
        var tried = Tried(Both(), 5);

        Assert.Equal(
            [new CodeOutcome.Wrong(4), new CodeOutcome.Wrong(3), new CodeOutcome.Wrong(2), new CodeOutcome.Wrong(1), new CodeOutcome.Locked()],
            tried.Select(t => t.Outcome));
        Assert.Equal(new CodeOutcome.Accepted(), tried[3].Enrolments.TryCode("01", code, sentAt).Item2);
        var locked = tried[4].Enrolments;
        Assert.Equal((EnrolmentRequestStatus.Locked, sentAt, 5), (locked.Requests[0].Status, locked.Requests[0].EndedAt, locked.Requests[0].WrongTries));
        Assert.Equal(new CodeOutcome.NotRequested(), locked.ObstacleAt("01", sentAt));
        Assert.Equal([otherCode], locked.CodesAt(sentAt));
        Assert.Equal((EnrolmentRequestStatus.CodeSent, 0), (locked.Requests[1].Status, locked.Requests[1].WrongTries));
    }

    [Fact]
    public void The_code_of_another_department_of_his_is_told_and_not_counted()
    {
        var almost = Tried(Both(), 4)[^1].Enrolments;

        for (var i = 0; i < 10; i++)
        {
            (var same, var outcome) = almost.TryCode("01", otherCode, sentAt);
            Assert.Equal(new CodeOutcome.OtherDepartment("2A"), outcome);
            Assert.Same(almost, same);
        }
        Assert.Equal(new CodeOutcome.Locked(), almost.TryCode("01", null, sentAt).Item2);
    }

    [Fact]
    public void There_is_no_point_in_a_code_for_a_department_that_does_not_wait_for_one()
    {
        Assert.Equal(new CodeOutcome.NotRequested(), new Enrolments().ObstacleAt("01", Now));
        Assert.Equal(new CodeOutcome.NotRequested(), Sent().ObstacleAt("2A", sentAt));
        Assert.Equal(new CodeOutcome.NotRequested(), Sent().ObstacleAt("971", sentAt));
        Assert.Equal(new CodeOutcome.AlreadyActive(), new Enrolments().Know(["01"], Now).ObstacleAt("01", Now));
        Assert.Equal(new CodeOutcome.AlreadyActive(), Sent().Know(["01"], Now).ObstacleAt("01", Now));
        Assert.Equal(new CodeOutcome.AlreadyActive(), Sent().Activate(letter, sentAt).ObstacleAt("01", expiry));
        Assert.Equal(new CodeOutcome.NotRequested(), Sent().End(letter, EnrolmentEnding.Cancelled, Now).ObstacleAt("01", expiry));
        Assert.Equal(new CodeOutcome.NotRequested(), Sent().End(letter, EnrolmentEnding.Undeliverable, Now).ObstacleAt("01", expiry));
        Assert.Equal(new CodeOutcome.NotRequested(), Tried(Sent(), 5)[^1].Enrolments.ObstacleAt("01", expiry));
    }

    [Fact]
    public void There_is_no_point_in_a_code_before_it_is_made_nor_once_it_has_expired()
    {
        Assert.Equal(new CodeOutcome.NotSentYet(dueAt), Asked().ObstacleAt("01", Now));
        Assert.Equal(new CodeOutcome.NotSentYet(dueAt), Asked().ObstacleAt("01", expiry.AddYears(1)));
        foreach (var sent in new[] { Issued(), Sent() })
        {
            Assert.Null(sent.ObstacleAt("01", dueAt));
            Assert.Null(sent.ObstacleAt("01", lastMoment));
            Assert.Equal(new CodeOutcome.Expired(), sent.ObstacleAt("01", expiry));
            Assert.Equal(new CodeOutcome.Expired(), sent.ExpiredAt(expiry).ObstacleAt("01", expiry));
        }
    }

    [Fact]
    public void The_last_request_for_a_department_says_why_there_is_no_point()
    {
        var cancelled = Sent().ExpiredAt(expiry).Request("01", otherLetter, expiry, expiry).Item1.End(otherLetter, EnrolmentEnding.Cancelled, expiry);
        var another = Guid.NewGuid();
        var expired = cancelled.Request("01", another, expiry, expiry).Item1.Issue(another, code, expiry.AddDays(30)).ExpiredAt(expiry.AddDays(30));

        Assert.Equal(new CodeOutcome.NotRequested(), cancelled.ObstacleAt("01", expiry));
        Assert.Equal(new CodeOutcome.Expired(), expired.ObstacleAt("01", expiry.AddDays(30)));
    }

    [Fact]
    public void A_code_works_until_it_expires_and_its_end_is_noted_for_that_very_moment()
    {
        Assert.Equal([code], Sent().CodesAt(lastMoment));
        Assert.Empty(Sent().CodesAt(expiry));
        Assert.Equal([code], Sent().CodesForSignInAt(lastMoment));
        Assert.Empty(Sent().CodesForSignInAt(expiry));

        var sent = Sent();
        Assert.Same(sent, sent.ExpiredAt(lastMoment));
        foreach (var request in new[] { sent.ExpiredAt(expiry).Requests[0], Issued().ExpiredAt(expiry.AddDays(9)).Requests[0] })
            Assert.Equal((EnrolmentRequestStatus.Expired, expiry), (request.Status, request.EndedAt));
        Assert.Null(sent.ExpiredAt(expiry).NextExpiry);
    }

    [Fact]
    public void One_code_expires_without_the_other_and_what_has_no_code_does_not_expire()
    {
        var third = Guid.NewGuid();
        var enrolments = Sent()
            .Request("2A", otherLetter, dueAt, Now).Item1.Issue(otherLetter, otherCode, expiry.AddDays(1))
            .Request("33", third, dueAt, Now).Item1;

        Assert.Equal(expiry, enrolments.NextExpiry);
        var expired = enrolments.ExpiredAt(expiry);
        Assert.Equal([otherLetter, third], expired.Pending.Select(r => r.Letter));
        Assert.Equal(expiry.AddDays(1), expired.NextExpiry);
        Assert.Equal([third], expired.ExpiredAt(expiry.AddYears(1)).Pending.Select(r => r.Letter));
    }

    [Fact]
    public void What_was_noted_as_expired_stays_so_when_the_clock_is_moved_back()
    {
        var expired = Sent().ExpiredAt(expiry);

        Assert.Same(expired, expired.ExpiredAt(sentAt));
        Assert.Equal(new CodeOutcome.Expired(), expired.ObstacleAt("01", sentAt));
        Assert.Empty(expired.CodesAt(sentAt));
        Assert.Same(expired, expired.Activate(letter, sentAt));
        Assert.Equal(EnrolmentOutcome.Requested, expired.Request("01", otherLetter, dueAt, sentAt).Item2);
    }

    [Fact]
    public void The_change_of_password_opens_the_department_once()
    {
        var active = Both().Activate(letter, sentAt);

        Assert.Equal([new Enrolment("01", sentAt, EnrolmentOrigin.Code)], active.Departments);
        Assert.Equal([EnrolmentRequestStatus.Activated, EnrolmentRequestStatus.CodeSent], active.Requests.Select(r => r.Status));
        Assert.Equal(sentAt, active.Requests[0].EndedAt);
        Assert.Equal([otherCode], active.CodesAt(sentAt));
        Assert.Same(active, active.Activate(letter, sentAt.AddDays(1)));
        Assert.Same(active, active.Activate(Guid.NewGuid(), sentAt));
    }

    [Fact]
    public void A_department_that_is_open_is_not_opened_again_whatever_a_row_says()
    {
        var odd = Sent() with { Departments = [new("01", Now)] };

        Assert.Same(odd, odd.Activate(letter, sentAt));
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
            EnrolmentRequestStatus.KnownMeanwhile => Sent().Know(["01"], sentAt),
            EnrolmentRequestStatus.Expired => Sent().ExpiredAt(expiry),
            EnrolmentRequestStatus.Locked => Tried(Sent(), 5)[^1].Enrolments,
            EnrolmentRequestStatus.Cancelled => Sent().End(letter, EnrolmentEnding.Cancelled, sentAt),
            _ => Sent().End(letter, EnrolmentEnding.Undeliverable, sentAt),
        };

        Assert.Equal(status, ended.Requests[0].Status);
        Assert.Null(ended.Requests[0].Code);
        Assert.Empty(ended.CodesAt(sentAt));
        Assert.Empty(ended.CodesForSignInAt(sentAt));
        Assert.Null(ended.NextExpiry);
        Assert.Same(ended, ended.Activate(letter, sentAt));
        Assert.DoesNotContain(ended.Departments, d => d.Origin == EnrolmentOrigin.Code);
    }

    [Fact]
    public void An_end_is_an_end()
    {
        var cancelled = Sent().End(letter, EnrolmentEnding.Cancelled, sentAt);

        Assert.Same(cancelled, cancelled.End(letter, EnrolmentEnding.Undeliverable, sentAt.AddDays(1)));
        Assert.Same(cancelled, cancelled.ExpiredAt(expiry));
        Assert.Equal(EnrolmentRequestStatus.Cancelled, cancelled.Know(["01"], expiry).Requests[0].Status);
    }

    [Fact]
    public void A_code_serves_once_as_a_password_and_goes_on_serving_on_its_own_page()
    {
        var signedIn = Both().Issue(letter, secondCode, expiry).SignedIn(letter, sentAt);

        Assert.Equal([code, secondCode, otherCode], signedIn.CodesAt(sentAt));
        Assert.Equal([otherCode], signedIn.CodesForSignInAt(sentAt));
        Assert.Equal(sentAt, signedIn.Requests[0].SignedInAt);
    }

    [Fact]
    public void All_codes_that_wait_share_one_salt()
    {
        var third = Guid.NewGuid();
        var salted = Asked().Request("2A", otherLetter, dueAt, Now).Item1.Issue(otherLetter, otherCode with { Salt = "one" }, expiry);

        Assert.Null(new Enrolments().CodeSalt);
        Assert.Null(Asked().CodeSalt);
        Assert.Equal("one", salted.CodeSalt);
        var inherited = salted.Issue(letter, code with { Salt = "one" }, expiry).End(otherLetter, EnrolmentEnding.Cancelled, Now);
        Assert.Equal("one", inherited.Request("33", third, dueAt, Now).Item1.CodeSalt);
        Assert.Null(salted.End(otherLetter, EnrolmentEnding.Cancelled, Now).CodeSalt);
        Assert.Null(salted.ExpiredAt(expiry).CodeSalt);
    }

    [Fact]
    public void A_sixth_request_within_a_day_is_refused_although_the_others_were_taken_back_and_free_to_the_tick()
    {
        var enrolments = new Enrolments();
        for (var i = 0; i < Enrolments.MostADay; i++)
        {
            var id = Guid.NewGuid();
            (enrolments, var outcome) = enrolments.Request("2A", id, dueAt, Now.AddHours(i));
            Assert.Equal(EnrolmentOutcome.Requested, outcome);
            enrolments = enrolments.End(id, EnrolmentEnding.Cancelled, Now.AddHours(i));
        }

        var (same, refused) = enrolments.Request("01", letter, dueAt, Now.AddDays(1).AddTicks(-1));
        Assert.Equal(EnrolmentOutcome.TooMany, refused);
        Assert.Same(enrolments, same);
        Assert.Equal(EnrolmentOutcome.Requested, enrolments.Request("01", letter, dueAt, Now.AddDays(1)).Item2);
        Assert.Equal(EnrolmentOutcome.UnknownDepartment, enrolments.Request("971", letter, dueAt, Now.AddHours(5)).Item2);
        Assert.Equal(EnrolmentOutcome.Requested, enrolments.Request("01", letter, dueAt, Now.AddDays(-1)).Item2); // a clock that was moved back
    }

    [Fact]
    public void Fifty_ended_requests_are_remembered_and_every_pending_one()
    {
        var enrolments = Asked();
        for (var i = 0; i < 60; i++)
        {
            var id = Guid.NewGuid();
            enrolments = enrolments.Request("2A", id, dueAt, Now.AddHours(5 * i)).Item1.End(id, EnrolmentEnding.Cancelled, Now.AddHours(5 * i));
        }
        enrolments = enrolments.Request("2A", otherLetter, dueAt, Now.AddDays(13)).Item1;

        Assert.Equal(52, enrolments.Requests.Count);
        Assert.Equal([letter, otherLetter], enrolments.Pending.Select(r => r.Letter));
        Assert.Equal((letter, otherLetter), (enrolments.Requests[0].Letter, enrolments.Requests[^1].Letter));
        Assert.Equal(Enumerable.Range(10, 50).Select(i => Now.AddHours(5 * i)), enrolments.Requests.Skip(1).Take(50).Select(r => r.RequestedAt));
    }

    [Fact]
    public void He_is_shown_departments_in_order_and_requests_latest_first()
    {
        var overview = Both().Know(["67", "2B", "04"], Now).Activate(otherLetter, sentAt).OverviewWith(new());

        Assert.Equal(
            [
                new ActiveDepartment("04", Now, EnrolmentOrigin.Automatic), new("2A", sentAt, EnrolmentOrigin.Code),
                new("2B", Now, EnrolmentOrigin.Automatic), new("67", Now, EnrolmentOrigin.Automatic),
            ],
            overview.Active);
        Assert.Equal(
            [
                new EnrolmentRequestSummary("2A", EnrolmentRequestStatus.Activated, Now, dueAt, sentAt, CodeExpiresAt: null, EndedAt: sentAt),
                new("01", EnrolmentRequestStatus.CodeSent, Now, dueAt, sentAt, expiry, EndedAt: null),
            ],
            overview.Requests);
        Assert.Equal([false, true], overview.Requests.Select(r => r.IsPending));
    }

    [Fact]
    public void Every_status_is_pending_until_it_is_an_end() => Assert.Equal(
        [EnrolmentRequestStatus.Requested, EnrolmentRequestStatus.CodeSent],
        Enum.GetValues<EnrolmentRequestStatus>().Where(status => new EnrolmentRequestSummary("01", status, Now, dueAt, null, null, null).IsPending));

    [Property(MaxTest = 500)]
    public void Whatever_happens_one_request_at_most_waits_for_a_department_that_is_not_open_and_what_has_ended_keeps_no_code(byte[] events)
    {
        string[] departments = ["01", "2A", "67"];
        var (enrolments, now, letters) = (new Enrolments(), Now, new List<Guid> { letter });
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

    private static Enrolments Asked() => new Enrolments().Request("01", letter, dueAt, Now).Item1;

    private static Enrolments Issued() => Asked().Issue(letter, code, expiry);

    private static Enrolments Sent() => Issued().Sent(letter, sentAt);

    /// <summary>He waits for two departments, and both codes have left.</summary>
    private static Enrolments Both() => Sent().Request("2A", otherLetter, dueAt, Now).Item1.Issue(otherLetter, otherCode, expiry).Sent(otherLetter, sentAt);

    /// <summary>What came of each of so many wrong codes for the first department.</summary>
    private static List<(Enrolments Enrolments, CodeOutcome Outcome)> Tried(Enrolments enrolments, int times)
    {
        var tries = new List<(Enrolments Enrolments, CodeOutcome Outcome)>();
        while (tries.Count < times)
        {
            tries.Add(enrolments.TryCode("01", null, sentAt));
            enrolments = tries[^1].Enrolments;
        }
        return tries;
    }

    private static PasswordHash Hash(string text) => new("argon2id", 19456, 2, "c2FsdA==", text);
}
