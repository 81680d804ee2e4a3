using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MsaOrleans.Grains.Interfaces.Arrivals;
using MsaOrleans.Testing;
using MsaOrleans.Web.Arrivals;

namespace MsaOrleans.Web.Tests.Arrivals;

/// <summary>A web server's side of the waiting room, with a line that answers as it is told to.</summary>
public sealed class ArrivalsDeskTests : IAsyncLifetime
{
    private static readonly TimeSpan second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider clock = new();
    private readonly ToldLine line = new();
    private readonly ArrivalsDesk desk;

    public ArrivalsDeskTests() =>
        desk = new(FactoryOf.One(line), new ConfigurationBuilder().Build(), clock, NullLogger<ArrivalsDesk>.Instance);

    public async ValueTask InitializeAsync() => await desk.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await desk.StopAsync(TestContext.Current.CancellationToken);
        desk.Dispose();
    }

    [Fact]
    public async Task Newcomers_take_places_that_were_granted_and_the_line_is_asked_when_there_are_no_more()
    {
        await Report(new(new(Admitted: 12, Last: 12), FirstGranted: 11, Granted: 2, AdmissionsPerSecond: 0));
        Assert.Equal([new(11, In: true), new(12, In: true)], [await desk.Welcome(), await desk.Welcome()]);
        Assert.Empty(line.Joined);

        line.Join = _ => Task.FromResult(new GivenPlace(13, new(12, 13)));
        var place = await desk.Welcome();
        Assert.Equal((new Place(13, In: false), false), (place, desk.IsAdmitted(place)));
        Assert.Equal(new LineEnds(12, 12), Assert.Single(line.Joined));
    }

    [Fact]
    public async Task A_new_stock_takes_the_place_of_the_old_one_and_without_a_new_one_the_old_one_stays()
    {
        await Report(new(new(12, 12), FirstGranted: 11, Granted: 2, 0));
        Assert.Equal(11, (await desk.Welcome()).Number);
        await Report(new(new(14, 14), FirstGranted: 15, Granted: 0, 0)); // another server was given some
        Assert.Equal(12, (await desk.Welcome()).Number);
        await Report(new(new(17, 17), FirstGranted: 15, Granted: 3, 0));
        Assert.Equal(15, (await desk.Welcome()).Number);
        await Report(new(new(20, 20), FirstGranted: 18, Granted: 3, 0));
        for (var place = 18; place <= 20; place++)
            Assert.Equal(place, (await desk.Welcome()).Number);
        await Report(new(new(21, 21), FirstGranted: 22, Granted: 0, 0));
        Assert.Equal((0, 0), (line.Reports[^1].Stock, line.Joined.Count));
    }

    [Fact]
    public async Task While_somebody_waits_nobody_is_let_in_past_him()
    {
        await Report(new(new(12, 12), 11, 2, 0));
        await Report(new(new(12, 20), 21, 0, AdmissionsPerSecond: 2));
        line.Join = _ => Task.FromResult(new GivenPlace(21, new(12, 21)));
        var place = await desk.Welcome();
        Assert.Equal((21, false), (place.Number, desk.IsAdmitted(place)));
        Assert.Equal(TimeSpan.FromSeconds(4.5), desk.WaitFor(place));

        await Report(new(new(21, 21), 22, 0, 2));
        Assert.True(desk.IsAdmitted(place));
    }

    [Fact]
    public async Task A_line_that_cannot_be_asked_turns_nobody_away()
    {
        line.Join = _ => throw new SiloUnavailableException();
        var one = await desk.Welcome();
        Assert.True(one.In);

        line.Join = _ => new TaskCompletionSource<GivenPlace>().Task;
        var waiting = desk.Welcome();
        clock.Advance(3 * second);
        var next = await waiting;
        Assert.True(next.In);

        // Two visitors, neither of whom is anybody of the line.
        Assert.True(one.Number < 0 && next.Number < 0 && one.Number != next.Number);
    }

    [Fact]
    public async Task It_tells_who_is_in_and_how_many_pages_were_slow_and_forgets_whoever_has_left_or_is_silent()
    {
        desk.Seen(1);
        desk.Seen(2);
        desk.Seen(3);
        desk.Left(3);
        var since = clock.GetTimestamp();
        desk.Answered(since);
        clock.Advance(TimeSpan.FromMilliseconds(151));
        desk.Answered(since);
        desk.Claim();
        clock.Advance(second);
        await Reported(1);
        Assert.Equal((2, 2, 1, 1), Told(line.Reports[^1]));

        for (var i = 0; i < 31; i++)
        {
            desk.Seen(1);
            clock.Advance(second);
            await Reported(2 + i);
        }
        Assert.Equal((1, 0, 0, 0), Told(line.Reports[^1]));

        static (int, int, int, int) Told(ArrivalsReport report) => (report.Present, report.Answers, report.Slow, report.Claimed);
    }

    [Fact]
    public async Task A_line_that_is_silent_is_told_again_when_it_answers()
    {
        line.Answer = () => throw new OperationCanceledException(); // as a silo says of a question for which it found no place in time
        clock.Advance(second);
        await Reported(1);
        line.Answer = () => throw new SiloUnavailableException();
        clock.Advance(second);
        await Reported(2);
        await Report(new(new(5, 5), 5, 1, 0));
        Assert.Equal(new Place(5, In: true), await desk.Welcome());
    }

    private async Task Report(ArrivalsDirective directive)
    {
        line.Answer = () => Task.FromResult(directive);
        var before = line.Reports.Count;
        clock.Advance(second);
        await Reported(before + 1);
        await Waiting.Until(() => desk.Line == directive.Line, () => "the directive to be obeyed", stop: TestContext.Current.CancellationToken);
    }

    private Task Reported(int times) => Waiting.Until(() => line.Reports.Count >= times, () => "a report", stop: TestContext.Current.CancellationToken);

    private sealed class ToldLine : IWaitingRoom
    {
        public Func<Task<ArrivalsDirective>> Answer { get; set; } = () => Task.FromResult(new ArrivalsDirective(default, 1, 0, 0));

        public Func<LineEnds, Task<GivenPlace>> Join { get; set; } = _ => throw new InvalidOperationException("Nobody was to ask.");

        public List<ArrivalsReport> Reports { get; } = [];

        public List<LineEnds> Joined { get; } = [];

        Task<ArrivalsDirective> IWaitingRoom.Report(Guid server, ArrivalsReport report)
        {
            Reports.Add(report);
            return Answer();
        }

        Task<GivenPlace> IWaitingRoom.Join(LineEnds known)
        {
            Joined.Add(known);
            return Join(known);
        }

        Task<bool> IWaitingRoom.Use(long place) => Task.FromResult(true);
    }

    /// <summary>A factory of grains that knows one.</summary>
    public class FactoryOf : DispatchProxy
    {
        private object grain = null!;

        public static IGrainFactory One(object grain)
        {
            var factory = Create<IGrainFactory, FactoryOf>();
            ((FactoryOf)(object)factory).grain = grain;
            return factory;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => grain;
    }
}
