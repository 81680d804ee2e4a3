using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.FileProviders;

namespace MsaOrleans.Web.Demo.StandIn;

/// <summary>
/// A small site beside the site of a demonstration, for those who have no FranceConnect to try it with: the stand-in, and a third site that lets people in by it.
/// It is reached from this machine alone. The pages are its own: the site itself has none of them.
/// </summary>
internal static class StandInSite
{
    private const string Pages = "/Demo/StandIn/Pages";

    /// <param name="settings">What it knows.</param>
    /// <param name="listener">Where it listens.</param>
    /// <param name="files">Style sheets.</param>
    public static WebApplication Build(StandInSettings settings, Socket listener, IFileProvider files)
    {
        var builder = WebApplication.CreateEmptyBuilder(new() { ApplicationName = typeof(StandInSite).Assembly.GetName().Name, EnvironmentName = Environments.Production });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen((IPEndPoint)listener.LocalEndPoint!);
        });
        builder.WebHost.UseSockets(sockets => sockets.CreateBoundListenSocket = _ => listener);
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole();
        builder.Services.AddSingleton(settings);
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddAntiforgery(antiforgery => antiforgery.Cookie.Name = "demo-antiforgery");
        builder.Services.AddRazorPages(razor => razor.RootDirectory = Pages);
        builder.Services.AddStandInServer(settings);
        builder.Services.AddStandInSessions(settings);

        var site = builder.Build();
        var french = CultureInfo.GetCultureInfo("fr-FR");
        site.UseRequestLocalization(new RequestLocalizationOptions { DefaultRequestCulture = new(french), SupportedCultures = [french], SupportedUICultures = [french], RequestCultureProviders = [] });
        site.UseExceptionHandler("/panne");
        site.UseStaticFiles(new StaticFileOptions { FileProvider = files });
        site.Use((context, next) =>
        {
            (context.Response.Headers.CacheControl, context.Response.Headers.ContentSecurityPolicy) =
                ("no-store", "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'");
            return next(context);
        });
        site.UseRouting();
        site.UseAuthentication();
        site.UseAuthorization();
        site.MapStandInServer();
        site.MapGet(StandInPaths.Msa, (string suite) => IsRequest(suite)
            ? Results.Challenge(new() { RedirectUri = StandInServer.GoOn(suite) }, [StandInSession.Msa])
            : Results.NotFound());
        site.MapGet(StandInPaths.PublicServiceSignIn, () => Results.Challenge(new() { RedirectUri = StandInPaths.PublicService }, [StandInSession.PublicServiceSignIn]));
        site.MapRazorPages();
        return site;
    }

    /// <summary>Whether an address is that of a request to the stand-in: nobody is sent elsewhere.</summary>
    public static bool IsRequest(string? address) => address?.StartsWith(StandInPaths.Authorize + "?", StringComparison.Ordinal) is true;
}
