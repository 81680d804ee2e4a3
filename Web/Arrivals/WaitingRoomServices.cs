using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using MsaOrleans.Web.Journey;

namespace MsaOrleans.Web.Arrivals;

/// <summary>The waiting room, where it is on (<c>WaitingRoom:Enabled</c>).</summary>
internal static class WaitingRoomServices
{
    public static void AddWaitingRoom(this WebApplicationBuilder builder)
    {
        if (!IsOn(builder.Configuration))
            return;
        builder.Services.AddSingleton(services => new ProtectedCookie<Place>(
            "msa-attente", Place.Lifetime, outlivesBrowser: true, services.GetRequiredService<IDataProtectionProvider>(), services.GetRequiredService<ICookieManager>()));
        builder.Services.AddSingleton<ArrivalsDesk>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ArrivalsDesk>());
    }

    /// <summary>After the routes are known, so that files are served to everybody, and before anything that costs more than they do.</summary>
    public static void UseWaitingRoom(this WebApplication site)
    {
        if (IsOn(site.Configuration))
            site.UseMiddleware<WaitingRoomMiddleware>();
    }

    private static bool IsOn(IConfiguration configuration) => configuration.GetValue("WaitingRoom:Enabled", true);
}
