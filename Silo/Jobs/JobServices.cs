using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.Common;
using Hangfire.InMemory;
using Hangfire.Logging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Silo.Audit;
using MsaOrleans.Silo.Mail;
using LogLevel = Hangfire.Logging.LogLevel;

namespace MsaOrleans.Silo.Jobs;

/// <summary>Jobs, as the host asks for them.</summary>
public static class JobServices
{
    // Finished jobs are of no use to anyone, and a burst of sign-ups makes many.
    internal static readonly TimeSpan KeepFinished = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Runs Hangfire with the workers and the way out for letters, its storage in memory unless another has been added. Call it after Orleans' own
    /// registration: workers then start after the silo, and stop before it.
    /// </summary>
    public static IServiceCollection AddMsaJobs(this IServiceCollection services)
    {
        services.AddMsaMail();
        services.AddOptions<JobOptions>().BindConfiguration(JobOptions.Section)
            .Validate(jobs => jobs.Workers > 0, $"{JobOptions.Section}:{nameof(JobOptions.Workers)} must be at least 1.")
            .ValidateOnStart();
        services.AddMsaJobQueue();
        services.AddHangfireServer((provider, server) =>
        {
            server.WorkerCount = provider.GetRequiredService<IOptions<JobOptions>>().Value.Workers;
            server.SchedulePollingInterval = TimeSpan.FromSeconds(1);
            // A letter under way when the host stops has this long to leave before its job is told to stop.
            server.StopTimeout = TimeSpan.FromSeconds(10);
        });
        services.AddSingleton<Sweep>();
        services.AddScoped<SendDispatchJob>();
        services.AddScoped<SweepJob>();
        services.AddScoped<FranceConnectPruneJob>();
        services.AddSingleton<AuditErasure>();
        services.AddScoped<AuditErasureJob>();
        return services;
    }

    /// <summary>Lets jobs be queued here, whoever works on them.</summary>
    public static IServiceCollection AddMsaJobQueue(this IServiceCollection services)
    {
        services.AddLogging(logging => logging.AddFilter("Hangfire", Microsoft.Extensions.Logging.LogLevel.Warning));

        // Ours, so that Hangfire takes none from its process-wide defaults: two hosts in one process, as under test, must not share a queue.
        services.TryAddSingleton<JobStorage>(_ => new InMemoryStorage(new InMemoryStorageOptions { MaxExpirationTime = KeepFinished }));
        services.AddSingleton<JobActivator>(provider => new AspNetCoreJobActivator(provider.GetRequiredService<IServiceScopeFactory>()));
        // Nor its filters: each job declares its own retries, and none needs the culture of whoever queued it.
        services.AddSingleton<IJobFilterProvider>(_ => new JobFilterAttributeFilterProvider());
        services.AddHangfire((provider, hangfire) => hangfire
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings()
            .UseLogProvider(new JobLogs(provider.GetRequiredService<ILoggerFactory>())));
        services.TryAddSingleton<IDispatchQueue, HangfireDispatchQueue>();
        return services;
    }

    /// <summary>Adds what recurs, and the sweep at the start. Call it after <see cref="AddMsaJobs"/>.</summary>
    /// <param name="services">The host's.</param>
    /// <param name="queueLost">The queue starts from nothing with this process, its only worker; not so where others work on it.</param>
    public static IServiceCollection AddMsaSchedule(this IServiceCollection services, bool queueLost) =>
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<JobStarter>(provider, queueLost));

    /// <summary>Hangfire keeps one log provider for the whole process, which may outlive the host it came from.</summary>
    private sealed class JobLogs(ILoggerFactory factory) : ILogProvider
    {
        private readonly AspNetCoreLogProvider logs = new(factory);

        public ILog GetLogger(string name)
        {
            try
            {
                return logs.GetLogger(name);
            }
            catch (ObjectDisposedException)
            {
                return new NoLog();
            }
        }
    }

    private sealed class NoLog : ILog
    {
        public bool Log(LogLevel logLevel, Func<string>? messageFunc, Exception? exception = null) => false;
    }
}
