using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Interfaces.Registration;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Grains.Telemetry;
using MsaOrleans.Silo.Audit;
using MsaOrleans.Silo.Mail;
using MsaOrleans.Silo.Storage;
using MsaOrleans.Silo.Telemetry;
using MsaOrleans.Silo.Tests.Postgres;
using MsaOrleans.Silo.Tests.Storage;
using MsaOrleans.Testing;

namespace MsaOrleans.Silo.Tests.Telemetry;

public sealed class EmbeddedActivityTests : ActivityContract
{
    protected override ValueTask<StorageUnderTest> NewInstallation() => new(new Installation());

    protected override void MakeReadOnly(bool readOnly) => Installation.Execute(readOnly
        ? "CREATE TRIGGER Full BEFORE INSERT ON ActivityCounts BEGIN SELECT RAISE(ABORT, 'full'); END"
        : "DROP TRIGGER Full");

    protected override string SignOf(string table, string index) => $"{table} USING INDEX {index}";

    protected override string SignOfKey(string table) => $"SEARCH {table} USING PRIMARY KEY";
}

public sealed class PostgresActivityTests : ActivityContract
{
    protected override async ValueTask<StorageUnderTest> NewInstallation() => await PostgresInstallation.Create();

    protected override void MakeReadOnly(bool readOnly) => Installation.Execute(readOnly
        ? """
          CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'full'; END $$;
          CREATE TRIGGER full_disk BEFORE INSERT ON ActivityCounts FOR EACH ROW EXECUTE FUNCTION full_disk();
          """
        : "DROP TRIGGER full_disk ON ActivityCounts; DROP FUNCTION full_disk()");

    protected override string SignOf(string table, string index) => $" {index} ";

    protected override string SignOfKey(string table) => $" {table}_pkey ";
}

/// <summary>What is counted is kept, whatever the database.</summary>
public abstract class ActivityContract : IAsyncLifetime
{
    private const string Refused = "msa.registrations.refused";

    private readonly List<IDisposable> silos = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected StorageUnderTest Installation { get; private set; } = null!;

    private FakeTimeProvider Clock => Installation.Clock;

    private DateTimeOffset Now => Clock.GetUtcNow();

    private IActivityCounts Counts => Installation.Get<IActivityCounts>();

    protected abstract ValueTask<StorageUnderTest> NewInstallation();

    /// <summary>Lets every write of counts fail, or no more.</summary>
    protected abstract void MakeReadOnly(bool readOnly);

    /// <summary>What a plan says that reads a table by this index.</summary>
    protected abstract string SignOf(string table, string index);

    /// <summary>What a plan says that searches a table by its key.</summary>
    protected abstract string SignOfKey(string table);

    public async ValueTask InitializeAsync() => Installation = await NewInstallation();

    public async ValueTask DisposeAsync()
    {
        silos.ForEach(silo => silo.Dispose());
        await Installation.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_is_counted_adds_up_by_instrument_and_tags_and_survives_a_restart()
    {
        var silo = NewSilo();
        silo.Count(3);
        silo.Mail.Tried(LetterKind.ProvisionalPassword, failure: null);
        silo.Mail.Tried(LetterKind.ProvisionalPassword, new(Permanent: true, "No such mailbox."));
        await silo.Recorder.Flush(Stop);
        await silo.Recorder.Flush(Stop);
        silo.Count(2);
        await silo.Recorder.Flush(Stop);
        Assert.Equal([("msa.dispatches kind=ProvisionalPassword outcome=refused", 1), ("msa.dispatches kind=ProvisionalPassword outcome=sent", 1), (Refused, 5)], await Counted());

        silo = NewSilo();
        silo.Count(1);
        await silo.Recorder.Flush(Stop);
        Assert.Equal((Refused, 6), (await Counted())[^1]);
    }

    [Fact]
    public async Task It_is_written_every_ten_seconds_and_when_the_silo_stops()
    {
        var silo = NewSilo();
        await silo.Recorder.StartAsync(Stop);
        silo.Count(1);
        await Waiting.For(
            async () =>
            {
                Clock.Advance(ActivityRecorder.Interval); // whenever the timer is there to hear it
                return await Counted() is [(Refused, 1)] ? "written" : null;
            },
            () => "the count to be written", stop: Stop);
        silo.Count(1);
        await silo.Recorder.StopAsync(Stop);
        Assert.Equal(2, (await Counted()).Sum(count => count.Count));
    }

    [Fact]
    public async Task What_cannot_be_written_is_kept_for_its_own_hour()
    {
        var silo = NewSilo();
        MakeReadOnly(true);
        silo.Count(2);
        await silo.Recorder.Flush(Stop);
        Clock.Advance(TimeSpan.FromHours(1));
        await silo.Recorder.Flush(Stop);
        Assert.Empty(await Counted());
        MakeReadOnly(false);
        silo.Count(3);
        await silo.Recorder.Flush(Stop);
        Assert.Equal([(0, 2L), (1, 3L)], (await Counts.Since(Now.AddDays(-1))).OrderBy(count => count.Hour).Select(count => ((count.Hour - Now).Hours + 1, count.Count)));
    }

    [Fact]
    public async Task Silos_that_write_at_once_add_to_the_same_hour()
    {
        var all = Enumerable.Range(0, 4).Select(_ => NewSilo()).ToList();
        await Parallel.ForEachAsync(all, Stop, async (silo, stop) =>
        {
            for (var i = 0; i < 25; i++)
            {
                silo.Count(1);
                silo.Mail.Tried((LetterKind)(i % 3), failure: null);
                await silo.Recorder.Flush(stop);
            }
        });
        var counted = await Counted();
        Assert.Equal(100, counted.Single(count => count.Counter == Refused).Count);
        Assert.Equal(100, counted.Where(count => count.Counter != Refused).Sum(count => count.Count));
    }

    [Fact]
    public async Task Only_this_host_s_counters_of_adherents_and_letters_are_kept()
    {
        var (silo, other) = (NewSilo(), NewSilo());
        silo.Count(1);
        silo.Meters.Create("Another").CreateCounter<long>("another").Add(1);
        await other.Recorder.Flush(Stop);
        Assert.Empty(await Counted());
        await silo.Recorder.Flush(Stop);
        Assert.Equal([(Refused, 1)], await Counted());
    }

    [Fact]
    public async Task Hours_are_erased_after_90_days()
    {
        var silo = NewSilo();
        silo.Count(1);
        await silo.Recorder.Flush(Stop);
        Clock.Advance(ActivityRecorder.Kept);
        await silo.Recorder.Flush(Stop);
        Assert.Single(await Counts.Since(DateTimeOffset.UnixEpoch));
        Clock.Advance(TimeSpan.FromHours(1));
        await silo.Recorder.Flush(Stop);
        Assert.Empty(await Counts.Since(DateTimeOffset.UnixEpoch));
    }

    [Fact]
    public async Task Letters_owed_are_counted_those_that_wait_and_those_overdue_apart()
    {
        Assert.Equal(new LettersOwed(0, 0, 0, null), await Counts.LettersOwed(Now));
        Installation.Store(
            new(Guid.NewGuid(), Now.AddMinutes(5), Owes: true), // asked for now
            new(Guid.NewGuid(), Now.AddMinutes(6), Owes: true), new(Guid.NewGuid(), Now.AddDays(3), Owes: true),
            new(Guid.NewGuid(), Now, Owes: true), new(Guid.NewGuid(), Now.AddHours(-2), Owes: true),
            new(Guid.NewGuid(), Now.AddDays(-1)), new(Guid.NewGuid(), Now.AddDays(1)), new(Guid.NewGuid(), null));
        Installation.StoreOf("somebody-else", new HeaderRow(Guid.NewGuid(), Now.AddDays(-3), Owes: true));

        Assert.Equal(new LettersOwed(5, 2, 2, Now.AddHours(-2)), await Counts.LettersOwed(Now));
    }

    [Fact]
    public async Task Letters_are_counted_up_to_ten_thousand()
    {
        Installation.Store([.. Enumerable.Range(0, LettersOwed.CountedUpTo + 5).Select(_ => new HeaderRow(Guid.NewGuid(), Now, Owes: true))]);
        var letters = await Counts.LettersOwed(Now);
        Assert.Equal((LettersOwed.CountedUpTo + 1, LettersOwed.CountedUpTo + 1), (letters.Owed, letters.Overdue));
    }

    [Fact]
    public async Task The_latest_searches_are_read_from_the_record_and_nothing_older()
    {
        var trail = Installation.Get<IAuditTrail>();
        foreach (var (minutes, act, agent) in ((int, AuditedAct, string)[])[(-61, AuditedAct.Searched, "old"), (-59, AuditedAct.Searched, "first"), (-5, AuditedAct.Looked, "other"), (0, AuditedAct.Searched, "last")])
            await trail.Append(new(Now.AddMinutes(minutes), act, new(agent, "Test"), Detail: "nir f00d: 0 found"));

        var found = await Installation.Get<IAuditSearch>().Latest(AuditedAct.Searched, Now.AddHours(-1), 10);
        Assert.Equal([("last", "nir f00d: 0 found"), ("first", "nir f00d: 0 found")], found.Select(line => (line.By.Agent, line.Detail)));
        Assert.Empty(await Installation.Get<IAuditSearch>().Latest(AuditedAct.Searched, Now.AddHours(1), 10));
    }

    [Fact]
    public void Each_question_uses_its_index()
    {
        Installation.Store([.. Enumerable.Range(0, 5_000).Select(i => new HeaderRow(Guid.NewGuid(), i % 100 == 0 ? Now : null, Owes: i % 100 == 0))]);
        Installation.Execute(
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
            INSERT INTO ActivityCounts (Hour, Counter, Count) SELECT i, 'a', 1 FROM n
            """);
        Installation.Execute(
            $"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
            INSERT INTO AuditTrail (Sequence, At, Agent, Act, Content, Hash) SELECT i, i, 'a', 'Searched', {Installation.Literal([0])}, {Installation.Literal(new byte[16])} FROM n
            """);
        Installation.Execute("ANALYZE");
        AssertSays(SignOf("OrleansStorage", "IX_OrleansStorage_Owed"), Installation.Database.OwedCountQuery, command => ActivityTable.AddParameters(command, Now));
        AssertSays(SignOf("OrleansStorage", "IX_OrleansStorage_Due"), Installation.Database.OverdueCountQuery, command => ActivityTable.AddParameters(command, Now));
        AssertSays(SignOfKey("ActivityCounts"), ActivityTable.HoursQuery, command => command.Add("From", 4_990));
        AssertSays("IX_AuditTrail_At", "SELECT * FROM AuditTrail " + SqlAuditSearch.LatestQuery, command =>
            command.Add("From", 4_990L).Add("Act", "Searched").Add("Most", 10));

        void AssertSays(string sign, string query, Action<System.Data.Common.DbCommand> addParameters) =>
            Assert.Contains(sign, Installation.PlanOf(query, addParameters), StringComparison.OrdinalIgnoreCase);
    }

    private async Task<List<(string Counter, long Count)>> Counted() =>
        [.. (await Counts.Since(Now.AddDays(-1))).Select(count => (count.Counter, count.Count)).OrderBy(count => count.Counter, StringComparer.Ordinal)];

    private SiloUnderTest NewSilo()
    {
        var silo = new SiloUnderTest(Installation);
        silos.Add(silo);
        return silo;
    }

    /// <summary>What one silo has that counts.</summary>
    private sealed class SiloUnderTest : IDisposable
    {
        private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();

        public SiloUnderTest(StorageUnderTest installation)
        {
            Recorder = new(Meters, installation.Get<ActivityTable>(), installation.Clock, NullLogger<ActivityRecorder>.Instance);
            (Adherents, Mail) = (new(Meters), new(Meters));
        }

        public IMeterFactory Meters => services.GetRequiredService<IMeterFactory>();

        public ActivityRecorder Recorder { get; }

        public MailMeter Mail { get; }

        private AdherentMeter Adherents { get; }

        public void Count(int times)
        {
            for (var i = 0; i < times; i++)
                Adherents.Counted(BeginOutcome.AccountExists);
        }

        public void Dispose()
        {
            Recorder.Dispose();
            services.Dispose();
        }
    }
}
