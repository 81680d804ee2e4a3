using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MsaOrleans.Web.Hosting;

namespace MsaOrleans.Web.Tests.Operations;

/// <summary>A site whose dashboards are asked for.</summary>
public sealed class SiteWithDashboards() : Site(["--Operations:Dashboards=true"], population: 10);

/// <summary>The same, where whoever comes is a supervisor, or is said to be one by some other scheme, or has another role.</summary>
public sealed class SiteOfSupervisors() : Site(["--Operations:Dashboards=true"], population: 1)
{
    protected override void Configure(IServiceCollection services) => BelieveEverybody(services);

    /// <summary>Takes whoever comes for who he says he is, in <c>X-Who: scheme,role</c>.</summary>
    internal static void BelieveEverybody(IServiceCollection services) => services
        .AddAuthentication(authentication => authentication.DefaultAuthenticateScheme = nameof(Anyone))
        .AddScheme<AuthenticationSchemeOptions, Anyone>(nameof(Anyone), null);

    private sealed class Anyone(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            var claimed = Request.Headers["X-Who"].ToString().Split(',');
            return Task.FromResult(claimed is not [var scheme, var role]
                ? AuthenticateResult.NoResult()
                : AuthenticateResult.Success(new(new(new ClaimsIdentity([new(ClaimTypes.Role, role)], scheme)), Scheme.Name)));
        }
    }
}

public sealed class DashboardTests(Site site, SiteWithDashboards asked, SiteOfSupervisors watched) : IClassFixture<SiteWithDashboards>, IClassFixture<SiteOfSupervisors>
{
    private const string Supervisor = $"{Supervisors.Scheme},{Supervisors.Role}";

    public static TheoryData<string> Addresses =>
    [
        "/assistance/orleans", "/assistance/orleans/", "/assistance/orleans/index.min.js", "/assistance/orleans/DashboardCounters", "/assistance/orleans/GrainState",
        "/assistance/orleans/Trace", "/ASSISTANCE/Orleans/", "/assistance/hangfire", "/assistance/hangfire/jobs/processing", "/assistance/hangfire/stats", "/assistance/hangfire/css-dark1825",
    ];

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task There_is_nothing_there_for_anybody_else(string address)
    {
        using var visitor = new Observer(asked);
        using var elsewhere = new Observer(site);

        foreach (var answer in new[] { await visitor.Open(address), await elsewhere.Open(address), await visitor.Send(address, ("a", "b")) })
        {
            Assert.Equal(404, answer.Status);
            Assert.Contains("Cette page n'existe pas", System.Net.WebUtility.HtmlDecode(answer.Body), StringComparison.Ordinal);
        }
        // Word for word what is said where there is really nothing.
        Assert.Equal((await visitor.Open("/assistance/rien")).Told("/assistance/rien", "%2Fassistance%2Frien"), (await visitor.Open(address)).Told(address, Uri.EscapeDataString(address)));
    }

    [Fact]
    public async Task No_session_of_an_adherent_opens_them()
    {
        using var browser = asked.NewBrowser();
        await browser.OpenSpace(asked);

        foreach (var address in Addresses)
        {
            await browser.Open(address);
            Assert.Equal((404, "Cette page n'existe pas"), (browser.Status, browser.Heading));
        }
    }

    [Theory]
    [InlineData("/assistance/orleans/", "Orleans Dashboard")]
    [InlineData("/assistance/orleans/index.min.js", "")]
    [InlineData("/assistance/orleans/DashboardCounters", "totalActivationCount")]
    [InlineData("/assistance/hangfire", "MSA Orleans")]
    [InlineData("/assistance/hangfire/jobs/enqueued", "default")]
    public async Task Supervisors_see_them(string address, string text)
    {
        using var response = await Ask(watched, address, Supervisor);

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Contains(text, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("style-src 'self' 'unsafe-inline'", Policy(response), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData($"{Supervisors.Scheme},agent")]
    [InlineData($"msa-session,{Supervisors.Role}")]
    public async Task It_takes_the_role_and_the_scheme(string who)
    {
        foreach (var address in Addresses)
        {
            using var response = await Ask(watched, address, who);
            Assert.Equal(404, (int)response.StatusCode);
        }
    }

    [Fact]
    public async Task The_relaxed_rules_for_styles_end_with_the_dashboards()
    {
        using var response = await Ask(watched, "/", Supervisor);

        Assert.DoesNotContain("unsafe", Policy(response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Not_even_supervisors_look_into_a_grain_past_the_pages_that_take_note()
    {
        using var response = await Ask(watched, $"/assistance/orleans/GrainState?grainId={Guid.NewGuid()}&grainType=MsaOrleans.Grains.AdherentGrain", Supervisor);

        Assert.Equal(404, (int)response.StatusCode);
    }

    private static async Task<HttpResponseMessage> Ask(Site site, string address, string who)
    {
        using var http = new HttpClient { BaseAddress = new Uri(site.Address) };
        http.DefaultRequestHeaders.Add("X-Who", who);
        return await http.GetAsync(address, TestContext.Current.CancellationToken);
    }

    private static string Policy(HttpResponseMessage response) => Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
}
