using System.Runtime.CompilerServices;
using Hangfire;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using MsaOrleans.Silo.Hosting;
using MsaOrleans.Silo.Jobs;
using MsaOrleans.Silo.Storage;
using Orleans.Dashboard;
using HangfireOptions = Hangfire.DashboardOptions;

namespace MsaOrleans.Web.Hosting;

/// <summary>Orleans' dashboard and Hangfire's, where they are asked for. For supervisors; for everybody else there is nothing at these addresses.</summary>
internal static class Dashboards
{
    private const string OrleansPath = "/assistance/orleans";
    private const string HangfirePath = "/assistance/hangfire";

    public static void AddDashboards(this WebApplicationBuilder builder)
    {
        builder.AddMsaDashboards();
        if (MsaDashboards.AreAskedFor(builder.Configuration) && PostgresDatabase.ConfiguredIn(builder.Configuration) is not null)
            builder.Services.AddMsaJobQueue(); // embedded, it is here already
        builder.Services.AddAuthorizationBuilder().AddPolicy(Supervisors.Policy, Supervisors.Require);
        builder.Services.AddSingleton<IAuthorizationMiddlewareResultHandler, Door>();
    }

    public static bool Exist(IConfiguration configuration) => MsaDashboards.AreAskedFor(configuration);

    public static void MapDashboards(this WebApplication site)
    {
        if (MsaDashboards.AreAskedFor(site.Configuration))
            Map(site);
    }

    // A method of its own, never inlined: where they are not asked for they are not loaded.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Map(WebApplication site)
    {
        var orleans = site.MapOrleansDashboard(OrleansPath);
        // It would call methods of any grain by its key, and show what they return: whoever looks at an adherent does it in the hotline's pages, which take note.
        orleans.AddEndpointFilter((call, next) =>
            call.HttpContext.Request.Path.StartsWithSegments(OrleansPath + "/GrainState") ? ValueTask.FromResult<object?>(Results.NotFound()) : next(call));
        orleans.Map("/{**rest}", () => Results.NotFound()); // or other methods would be told which ones are allowed
        Lock(orleans);

        Lock(site.MapHangfireDashboardWithNoAuthorizationFilters(HangfirePath, new HangfireOptions { DashboardTitle = "MSA Orleans", DisplayStorageConnectionString = false }));
    }

    private static void Lock(IEndpointConventionBuilder dashboard) => dashboard.RequireAuthorization(Supervisors.Policy).WithMetadata(new Mark());

    private sealed class Mark;

    /// <summary>Lets supervisors in, with the styles that these pages write into their elements; tells everybody else that there is no such page.</summary>
    private sealed class Door : IAuthorizationMiddlewareResultHandler
    {
        private const string ContentSecurityPolicy =
            "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
            + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

        private readonly AuthorizationMiddlewareResultHandler usual = new();

        public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult result)
        {
            if (context.GetEndpoint()?.Metadata.GetMetadata<Mark>() is null)
                return usual.HandleAsync(next, context, policy, result);
            if (result.Succeeded)
            {
                context.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
                return next(context);
            }
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }
    }
}
