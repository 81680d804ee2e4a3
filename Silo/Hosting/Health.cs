using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Registration;

namespace MsaOrleans.Silo.Hosting;

/// <summary><c>/sante/vivant</c>: the process answers. <c>/sante/pret</c>: it can serve, cluster and storage included.</summary>
public static class Health
{
    // Whoever asks every few seconds wants a no rather than a late yes.
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(3);

    public static void MapHealth(this IEndpointRouteBuilder site)
    {
        site.MapGet("/sante/vivant", () => Results.Text("vivant")).ShortCircuit();
        site.MapGet("/sante/pret", async (IGrainFactory grains, ILoggerFactory logs) =>
        {
            try
            {
                // Somebody who does not exist, never the same: his grain must be placed, and the storage asked for his row.
                await grains.GetGrain<IAdherentRegistration>(Guid.NewGuid()).Progress(SignUpTicket.New()).WaitAsync(patience);
                return Results.Text("pret");
            }
            catch (Exception e)
            {
                logs.CreateLogger(typeof(Health)).LogWarning("Not ready: cluster or storage does not answer ({Reason}: {Message})", e.GetType().Name, e.Message);
                return Results.Text("pas pret", statusCode: StatusCodes.Status503ServiceUnavailable);
            }
        }).ShortCircuit();
    }
}
