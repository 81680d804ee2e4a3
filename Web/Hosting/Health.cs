using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Registration;

namespace MsaOrleans.Web.Hosting;

/// <summary><c>/sante/vivant</c>: the process answers. <c>/sante/pret</c>: it can serve, cluster and storage included.</summary>
public static class Health
{
    public static void MapHealth(this WebApplication site)
    {
        site.MapGet("/sante/vivant", () => Results.Text("vivant")).ShortCircuit();
        site.MapGet("/sante/pret", async (IGrainFactory grains, ILoggerFactory logs) =>
        {
            try
            {
                // Somebody who does not exist, never the same: his grain must be placed, and the storage asked for his row.
                await grains.GetGrain<IAdherentRegistration>(Guid.NewGuid()).Progress(SignUpTicket.New());
                return Results.Text("pret");
            }
            catch (Exception e)
            {
                logs.CreateLogger(typeof(Health)).LogWarning(e, "Not ready: cluster or storage does not answer.");
                return Results.Text("pas pret", statusCode: StatusCodes.Status503ServiceUnavailable);
            }
        }).ShortCircuit();
    }
}
