using System.Globalization;
using Microsoft.AspNetCore.RateLimiting;
using MsaOrleans.Silo.Storage;
using MsaOrleans.Web.Limits;

namespace MsaOrleans.Web.Hosting;

/// <summary>How many requests one client may make (<c>RateLimiting</c>), in the shape that users of AspNetCoreRateLimit know.</summary>
internal static class RequestLimits
{
    private const string Section = "RateLimiting";

    // What is not among them was meant to do something: it is refused, not ignored. The last two may only say what is so anyway.
    private static readonly string[] keys = ["Enabled", "GeneralRules", "IpWhitelist", "EndpointWhitelist", "EnableEndpointRateLimiting", "HttpStatusCode"];

    /// <exception cref="SetupException">A setting cannot be used.</exception>
    public static void AddRequestLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(Read(builder.Configuration));
        builder.Services.AddSingleton(services => new RequestCounters(services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<RequestLimiter>();
        builder.Services.AddSingleton<Refusal>();
        builder.Services.AddRateLimiter(_ => { });
        builder.Services.AddOptions<RateLimiterOptions>().Configure<RequestLimiter, Refusal>((framework, limiter, refusal) =>
        {
            framework.GlobalLimiter = limiter;
            framework.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            framework.OnRejected = refusal.Answer;
        });
    }

    /// <summary>After routing, which serves static files and health itself: they are not counted. Before anybody is asked who this is.</summary>
    public static void UseRequestLimits(this WebApplication site)
    {
        if (site.Services.GetRequiredService<LimitSettings>().Rules.Count > 0)
            site.UseRateLimiter();
    }

    private static LimitSettings Read(ConfigurationManager configuration)
    {
        var section = configuration.GetSection(Section);
        if (section.GetChildren().FirstOrDefault(child => !keys.Contains(child.Key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
            throw new SetupException($"{unknown.Path} is no setting of this site: {Section} knows {string.Join(", ", keys)}.");
        if (!Switch("EnableEndpointRateLimiting"))
            throw new SetupException($"{Section}:EnableEndpointRateLimiting can only be true: rules are always about endpoints.");
        if (section["HttpStatusCode"] is { Length: > 0 } and not "429")
            throw new SetupException($"{Section}:HttpStatusCode can only be 429.");
        var rules = section.GetSection("GeneralRules").GetChildren().Select(RuleOf).ToList();
        if (section["GeneralRules"] is { Length: > 0 })
            throw new SetupException($"{Section}:GeneralRules is a list: {Section}:GeneralRules:0:Endpoint, and so on.");
        if (rules.Count == 0)
            rules.AddRange(LimitSettings.Standard.Select(rule => new LimitRule(Pattern(Section, rule.Endpoint), LimitRule.ReadPeriod(rule.Period)!.Value, rule.Limit)));
        return new(
            Switch("Enabled") ? rules : [],
            Networks.Read(configuration, $"{Section}:IpWhitelist"),
            [.. Lists.Read(configuration, $"{Section}:EndpointWhitelist").Select(text => Pattern($"{Section}:EndpointWhitelist", text))]);

        bool Switch(string key) => section[key] is not { Length: > 0 } text || (bool.TryParse(text, out var on) ? on : throw new SetupException($"{Section}:{key} must be true or false."));
    }

    private static LimitRule RuleOf(IConfigurationSection rule) => new(
        Pattern($"{rule.Path}:Endpoint", rule["Endpoint"]),
        LimitRule.ReadPeriod(rule["Period"]) ?? throw new SetupException($"{rule.Path}:Period must be a number and s, m, h or d, as 15m, and 31 days at most."),
        int.TryParse(rule["Limit"], NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 0 ? limit : throw new SetupException($"{rule.Path}:Limit must be a whole number above zero."));

    private static EndpointPattern Pattern(string key, string? text) => EndpointPattern.TryParse(text, out var pattern)
        ? pattern
        : throw new SetupException($"{key}: \"{text}\" is not an endpoint such as post:/connexion, get:/aide/* or *.");
}
