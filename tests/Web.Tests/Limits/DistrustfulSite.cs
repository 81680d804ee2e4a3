namespace MsaOrleans.Web.Tests.Limits;

/// <summary>A site that has a limit, and declares no proxy.</summary>
public sealed class DistrustfulSite() : Site(["--RateLimiting:IpWhitelist=", .. LimitedSite.Rule(0, "get:/aide/*", "10m", LimitedSite.HelpPages)], population: 1);
