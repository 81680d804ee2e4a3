using System.Collections.Concurrent;
using Hangfire;
using Hangfire.Common;
using Hangfire.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Silo.Jobs;
using MsaOrleans.Silo.Storage;
using MsaOrleans.Testing;

namespace MsaOrleans.Silo.Tests.Postgres;

/// <summary>Hangfire on PostgreSQL, with the options that the silos use. The jobs here are names that the workers of these tests know.</summary>
public sealed class PostgresJobsTests : IAsyncLifetime
{
    private PostgresInstallation installation = null!;

    public async ValueTask InitializeAsync() => installation = await PostgresInstallation.Create();

    public ValueTask DisposeAsync() => installation.DisposeAsync();

    [Fact]
    public async Task A_job_queued_by_one_machine_runs_on_another_and_a_scheduled_one_when_it_is_due()
    {
        await using var worker = await Machine.Start(installation.ConnectionString, workers: true);
        await using var other = await Machine.Start(installation.ConnectionString, workers: false);
        var (now, later) = (Guid.NewGuid(), Guid.NewGuid());
        other.Jobs.Enqueue<Notes>(notes => notes.Take(now));
        other.Jobs.Schedule<Notes>(notes => notes.Take(later), TimeSpan.FromSeconds(2));

        await Waiting.Until(() => worker.Taken.Count == 2, () => $"two jobs, of which there are {worker.Taken.Count}");

        Assert.Equal([now, later], worker.Taken);
        var monitoring = other.Storage.GetMonitoringApi();
        await Waiting.Until(() => monitoring.SucceededListCount() == 2, () => "both to have succeeded");
        Assert.InRange(installation.Scalar<DateTime>("SELECT max(expireat) FROM hangfire.job WHERE statename = 'Succeeded'"), DateTime.UtcNow.AddMinutes(5), DateTime.UtcNow.AddMinutes(11));
    }

    [Fact]
    public async Task A_job_that_died_with_its_worker_is_taken_up_by_another()
    {
        var job = Guid.NewGuid();
        await using (var queue = await Machine.Start(installation.ConnectionString, workers: false))
            queue.Jobs.Enqueue<Notes>(notes => notes.Take(job));
        // As a worker leaves it that was killed some time ago.
        installation.Execute("UPDATE hangfire.jobqueue SET fetchedat = now() - interval '61 seconds'");
        await using var worker = await Machine.Start(installation.ConnectionString, workers: true);
        await Waiting.Until(() => !worker.Taken.IsEmpty, () => "the job");
        Assert.Equal([job], worker.Taken);
    }

    [Fact]
    public async Task A_lock_of_a_dead_machine_holds_nobody_up_for_long()
    {
        await using var machine = await Machine.Start(installation.ConnectionString, workers: false);
        using var connection = machine.Storage.GetConnection();
        using var dead = machine.Storage.GetConnection();
        using var held = dead.AcquireDistributedLock("sweep", TimeSpan.Zero);
        Assert.ThrowsAny<DistributedLockTimeoutException>(() => connection.AcquireDistributedLock("sweep", TimeSpan.Zero));
        installation.Execute("UPDATE hangfire.lock SET acquired = acquired - interval '61 seconds'");
        connection.AcquireDistributedLock("sweep", TimeSpan.Zero).Dispose();
    }

    [Fact]
    public async Task A_job_is_its_workers_and_locks_no_row()
    {
        await using var machine = await Machine.Start(installation.ConnectionString, workers: true);
        installation.Execute("CREATE TABLE locked (resource text)");
        installation.Execute("CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO public.locked VALUES (NEW.resource); RETURN NEW; END $$");
        installation.Execute("CREATE TRIGGER note BEFORE INSERT ON hangfire.lock FOR EACH ROW EXECUTE FUNCTION note()");
        machine.Jobs.Enqueue<Notes>(notes => notes.Take(Guid.NewGuid()));
        var monitoring = machine.Storage.GetMonitoringApi();
        await Waiting.Until(() => monitoring.SucceededListCount() == 1, () => "the job to have succeeded");

        Assert.Equal(0L, installation.Scalar<long>("SELECT count(*) FROM locked WHERE resource LIKE '%job:%'"));
    }

    [Fact]
    public async Task Queued_letters_are_two_pseudonyms_and_their_names_are_kept()
    {
        await using var machine = await Machine.Start(installation.ConnectionString, workers: false);
        var (adherent, letter) = (Guid.NewGuid(), Guid.NewGuid());
        await machine.Letters.Enqueue(adherent, letter);
        Assert.Equal(
            $$"""{"Type": "MsaOrleans.Silo.Jobs.SendDispatchJob, Silo", "Method": "Run", "Arguments": "[\"\\\"{{adherent}}\\\"\",\"\\\"{{letter}}\\\"\",null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.Guid, mscorlib\",\"System.Threading.CancellationToken, mscorlib\"]"}""",
            installation.Scalar<string>("SELECT invocationdata::text FROM hangfire.job"));
    }

    [Fact]
    public async Task Letters_that_wait_are_counted_and_the_first_of_them_tells_since_when()
    {
        await using var machine = await Machine.Start(installation.ConnectionString, workers: false);
        for (var i = 0; i < 3; i++)
            await machine.Letters.Enqueue(Guid.NewGuid(), Guid.NewGuid());
        await machine.Letters.Enqueue(Guid.NewGuid(), Guid.NewGuid(), DateTimeOffset.UtcNow.AddDays(3));
        Since("min", TimeSpan.FromMinutes(2));
        Since("max", TimeSpan.FromMinutes(9)); // in the queue by its place, not by its moment

        var backlog = await machine.Letters.Backlog();
        Assert.Equal(3, backlog.Waiting);
        Assert.InRange(backlog.Oldest, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(3));

        void Since(string which, TimeSpan ago) => installation.Execute(
            $"UPDATE hangfire.state SET data = jsonb_set(data, '{{EnqueuedAt}}', '\"{JobHelper.SerializeDateTime(DateTime.UtcNow - ago)}\"') WHERE jobid = (SELECT {which}(jobid) FROM hangfire.jobqueue)");
    }

    [Fact]
    public async Task A_server_that_starts_makes_no_schema()
    {
        installation.Execute("DROP SCHEMA hangfire CASCADE");
        var refusal = await Assert.ThrowsAsync<SetupException>(() => Machine.Start(installation.ConnectionString, workers: true));
        Assert.Contains("Silo -- migrate", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0L, installation.Scalar<long>("SELECT count(*) FROM information_schema.schemata WHERE schema_name = 'hangfire'"));
    }

    /// <summary>What the jobs of these tests do.</summary>
    public sealed class Notes(ConcurrentQueue<Guid> taken)
    {
        public void Take(Guid id) => taken.Enqueue(id);
    }

    /// <summary>A process of the site, as far as jobs go.</summary>
    private sealed class Machine : IAsyncDisposable
    {
        private readonly IHost host;

        private Machine(IHost host) => this.host = host;

        public IBackgroundJobClient Jobs => host.Services.GetRequiredService<IBackgroundJobClient>();

        public JobStorage Storage => host.Services.GetRequiredService<JobStorage>();

        public IDispatchQueue Letters => host.Services.GetRequiredService<IDispatchQueue>();

        public ConcurrentQueue<Guid> Taken => host.Services.GetRequiredService<ConcurrentQueue<Guid>>();

        public static async Task<Machine> Start(string connectionString, bool workers)
        {
            var builder = Host.CreateEmptyApplicationBuilder(null);
            builder.Configuration.AddConfiguration(PostgresInstallation.Configuration(connectionString));
            // What workers must be told, though these deliver nothing.
            builder.Configuration.AddInMemoryCollection([new("Mail:PickupDirectory", "mails"), new("Site:PublicUrl", "http://127.0.0.1")]);
            builder.Services.AddMsaStorage(builder.Configuration);
            builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
            builder.Services.AddSingleton(new ConcurrentQueue<Guid>()).AddScoped<Notes>();
            if (workers)
                builder.Services.AddMsaJobs();
            else
                builder.Services.AddMsaJobQueue();
            var machine = new Machine(builder.Build());
            try
            {
                await machine.host.StartAsync(TestContext.Current.CancellationToken);
                return machine;
            }
            catch
            {
                machine.host.Dispose();
                throw;
            }
        }

        public async ValueTask DisposeAsync()
        {
            await host.StopAsync();
            if (host is IAsyncDisposable disposable)
                await disposable.DisposeAsync();
        }
    }
}
