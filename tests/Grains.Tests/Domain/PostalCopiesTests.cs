using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Postal;

namespace MsaOrleans.Grains.Tests.Domain;

public sealed class PostalCopiesTests
{
    private static readonly DateTimeOffset now = Samples.Now;
    private static readonly PostalBatch first = PostalBatch.Parse("7K3M-9QRT");
    private static readonly PostalBatch second = PostalBatch.Parse("0B2W-XY4Z");

    [Fact]
    public void The_longest_waiting_come_first_into_a_batch_and_none_into_two()
    {
        var copies = Waiting(3);
        var (one, letters) = copies.Prepare(first, "marie", 2, now);
        Assert.Equal(2, letters);
        Assert.Equal([copies.All[0].Id, copies.All[1].Id], one.In(first).Select(c => c.Id));
        var (both, rest) = one.Prepare(second, "marc", 50, now);
        Assert.Equal(1, rest);
        Assert.Equal([copies.All[2].Id], both.In(second).Select(c => c.Id));
        Assert.Equal(0, both.Prepare(PostalBatch.New(), "marc", 50, now).Letters);
        Assert.Equal(new Preparation("7K3M9QRT", "marie", now), both.All[0].Preparation);
    }

    [Fact]
    public void What_was_never_printed_is_not_posted_and_what_was_is_once()
    {
        var (prepared, _) = Waiting(2).Prepare(first, "marie", 1, now);
        Assert.Equal((prepared, 0), prepared.Post(first, now));
        var printed = prepared.Printed(first, now.AddMinutes(1)).Printed(first, now.AddMinutes(2)); // the paper was crumpled
        Assert.Equal([now.AddMinutes(2), null], printed.All.Select(c => c.PrintedAt));
        Assert.Equal((printed, 0), printed.Post(second, now));
        var (posted, letters) = printed.Post(first, now.AddHours(1));
        Assert.Equal(1, letters);
        Assert.Equal([now.AddHours(1), null], posted.All.Select(c => c.PostedAt));
        Assert.Equal((posted, 0), posted.Post(first, now.AddHours(2)));
        Assert.Empty(posted.In(first));
    }

    [Fact]
    public void Twenty_may_wait_and_those_posted_are_remembered_for_a_year()
    {
        Assert.True(Waiting(PostalCopies.MaxWaiting - 1).HasRoom);
        var full = Waiting(PostalCopies.MaxWaiting);
        Assert.False(full.HasRoom);
        Assert.Null(full.ForgetAt); // what waits is kept
        var (posted, _) = full.Prepare(first, "marie", 50, now).Item1.Printed(first, now).Post(first, now);
        Assert.Equal((true, now.AddYears(1)), (posted.HasRoom, posted.ForgetAt));
        Assert.Same(posted, posted.WithoutOld(now.AddYears(1).AddTicks(-1)));
        Assert.Empty(posted.WithoutOld(now.AddYears(1)).All);

        for (var i = 0; i < 3; i++)
        {
            var batch = PostalBatch.New();
            posted = Enumerable.Range(0, PostalCopies.MaxWaiting).Aggregate(posted, (all, _) => all.Add(Guid.NewGuid(), PostalCopyKind.Certificate, "alsace", now)).Prepare(batch, "marie", 50, now).Item1.Printed(batch, now).Post(batch, now).Item1;
        }
        Assert.Equal(PostalCopies.MaxPosted, posted.All.Count);
    }

    [Fact]
    public void What_is_taken_back_is_not_printed_unless_it_is_in_a_batch()
    {
        var copies = Waiting(2);
        Assert.Equal([copies.All[1]], copies.TakenBack(copies.All[0].Id).All);
        Assert.Same(copies, copies.TakenBack(Guid.NewGuid()));
        var prepared = copies.Prepare(first, "marie", 1, now).Item1;
        Assert.Same(prepared, prepared.TakenBack(copies.All[0].Id));
    }

    [Fact]
    public void All_of_them_go_to_the_caisse_that_he_lives_in_today() =>
        Assert.Equal("ain-rhone", Waiting(1).Add(Guid.NewGuid(), PostalCopyKind.Certificate, "ain-rhone", now).Caisse);

    [Theory]
    [InlineData("7K3M-9QRT", "7K3M9QRT")]
    [InlineData(" 7k3m 9qrt ", "7K3M9QRT")]
    [InlineData("OIL2-0000", "01120000")]
    [InlineData("7K3M-9QR", null)]
    [InlineData("7K3M-9QRTT", null)]
    [InlineData("7K3M-9QRU", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_batch_is_read_as_people_copy_it(string? typed, string? value)
    {
        Assert.Equal(value is not null, PostalBatch.TryParse(typed, out var batch));
        Assert.Equal(value, batch?.Value);
    }

    [Fact]
    public void With_the_account_what_waits_goes_and_its_files_too()
    {
        var state = new AdherentState
        {
            Identity = new("LAMY", null, "FRITZ", new(1963, 9, 12)),
            Registration = new() { Completed = new(now, "ticket", "2026-01") },
            Contact = new() { Email = Samples.Email },
            PostalCopies = Waiting(1),
        };
        Assert.Equal(state.PostalCopies.All[0].Id, Assert.Single(state.Files));
        var closed = state.Closed(Guid.NewGuid(), now);
        Assert.Empty(closed.PostalCopies.All);
        Assert.Equal(now, closed.Documents.PruneAt);
    }

    [Fact]
    public void The_first_that_was_posted_is_the_first_to_be_forgotten_and_the_latest_is_shown_first()
    {
        var copies = Waiting(2).Prepare(first, "marie", 1, now).Item1.Printed(first, now).Post(first, now).Item1;
        copies = copies.Prepare(second, "marie", 1, now).Item1.Printed(second, now).Post(second, now.AddDays(9)).Item1;
        var (older, newer) = (copies.All[0], copies.All[1]);

        Assert.Equal([newer.Summary, older.Summary], copies.Summaries);
        Assert.Equal(newer.Summary, copies.SummaryOf(newer.Id));
        Assert.Null(copies.SummaryOf(Guid.NewGuid()));
        Assert.Equal(now.AddYears(1), copies.ForgetAt);
        Assert.Equal([newer], copies.WithoutOld(now.AddYears(1)).All);
    }

    private static PostalCopies Waiting(int letters) => Enumerable.Range(0, letters).Aggregate(new PostalCopies(), (all, i) => all.Add(Guid.NewGuid(), PostalCopyKind.Acknowledgement, "alsace", now.AddMinutes(i)));
}
