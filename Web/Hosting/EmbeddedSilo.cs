using MsaOrleans.Silo.Hosting;
using MsaOrleans.Silo.Jobs;
using MsaOrleans.Web.Demo;

namespace MsaOrleans.Web.Hosting;

/// <summary>Starts the silo inside the web process: the embedded default, and the only place where the web knows the silo's world.</summary>
internal static class EmbeddedSilo
{
    public static void AddEmbeddedSilo(this WebApplicationBuilder builder)
    {
        var directory = DataDirectory.Open(builder.Configuration);
        builder.AddEmbeddedMsaSilo(directory, PublicUrl(builder.Configuration));
        builder.Services.AddMsaSchedule(queueLost: true);
        if (builder.Configuration.GetValue("Demo:Enabled", builder.Environment.IsDevelopment()))
        {
            builder.Services.AddSingleton<IDemoMailbox>(new PickupMailbox(builder.Configuration["Mail:PickupDirectory"] ?? directory.Mails));
            builder.Services.AddSingleton<DemoAgents>();
            builder.Services.AddSingleton<IDemoAgents>(services => services.GetRequiredService<DemoAgents>());
            builder.Services.AddHostedService<DemoGuide>();
            DemoFranceConnect.AddTo(builder);
        }
    }

    // The first address the site listens on; "every address" is not one that a browser can open.
    private static string PublicUrl(ConfigurationManager configuration)
    {
        var first = (configuration["urls"] ?? "http://localhost:5000").Split(';')[0];
        return first.Replace("://*", "://localhost", StringComparison.Ordinal)
            .Replace("://+", "://localhost", StringComparison.Ordinal)
            .Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal)
            .Replace("://[::]", "://localhost", StringComparison.Ordinal);
    }
}
