using Microsoft.Extensions.DependencyInjection;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Identity;
using MsaOrleans.Grains.Interfaces.Registration;
using MsaOrleans.Grains.Interfaces.Sessions;
using MsaOrleans.Testing;
using MsaOrleans.Web.Hosting;

namespace MsaOrleans.Web.Tests.Resilience;

/// <summary>What a visitor sees of silos that die: a few seconds where asking again is harmless, and the page that says "later" where it is not.</summary>
public sealed class UnavailabilityTests
{
    /// <summary>What a question gets that met a dying silo, in the words of Orleans.</summary>
    public static TheoryData<string, Exception> Deaths => new()
    {
        { "no answer", new TimeoutException("Response did not arrive on time.") },
        { "no silo", new SiloUnavailableException("The target silo became unavailable.") },
        { "no place found in time", new OperationCanceledException("Message expired before placement could complete.") },
    };

    [Theory]
    [MemberData(nameof(Deaths))]
    public async Task A_question_that_may_not_be_asked_twice_gets_the_page_that_says_later(string what, Exception death)
    {
        await using var site = await BreakableSite.Start();
        using var browser = new Browser(site.Address);
        site.Breaks(nameof(IAdherentCredentials.SignIn), death, times: 1);

        await browser.SignIn(Person.LamyFritz.Nir, "whatever");

        Assert.True(browser.Status == 503, $"{what}: {browser.Status}");
        Assert.True(browser.Response.Headers.RetryAfter is not null);
    }

    [Theory]
    [MemberData(nameof(Deaths))]
    public async Task A_question_that_may_be_asked_twice_is_and_the_visitor_sees_nothing_of_it(string what, Exception death)
    {
        await using var site = await BreakableSite.Start();
        using var browser = new Browser(site.Address);
        site.Breaks(nameof(IAdherentRegistration.Begin), death, times: 1);

        await browser.BeginSignUp(Person.LamyFritz.Nir);

        Assert.True(browser is { Status: 200, Path: "/inscription/a-preparer" }, $"{what}: {browser.Status} at {browser.Path}");
        Assert.Equal(0, site.TimesLeft);
    }

    [Fact]
    public async Task What_was_typed_is_kept_and_one_press_sends_it_again()
    {
        await using var site = await BreakableSite.Start();
        using var browser = new Browser(site.Address);
        await browser.SignUpToVerification(Person.LamyFritz);
        await browser.Send(("HealthInsured", "no"));
        site.Breaks(nameof(IAdherentIdentity.Prove), new TimeoutException(), times: 1);

        await browser.Send(("PaymentAmount", "22,50"));
        Assert.Equal(503, browser.Status);
        Assert.Equal("22,50", browser.ValueOf("PaymentAmount"));
        Assert.Contains("appuyez sur Réessayer", browser.Words, StringComparison.Ordinal);

        await browser.Send();
        Assert.Contains("Il vous reste 2 essais", browser.ErrorOn("PaymentAmount"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_is_written_into_no_page_and_there_is_a_way_back_to_type_it_again()
    {
        await using var site = await BreakableSite.Start();
        using var browser = new Browser(site.Address);
        site.Breaks(nameof(IAdherentCredentials.SignIn), new TimeoutException(), times: 1);

        await browser.SignIn(Person.LamyFritz.Nir, "Ardoise-7-Tilleul");
        Assert.Equal(503, browser.Status);
        Assert.DoesNotContain("Ardoise-7-Tilleul", browser.Page.Source.Text, StringComparison.Ordinal);

        await browser.Follow("Revenir à la page");
        Assert.Equal(("/connexion", 200), (browser.Path, browser.Status));
    }

    [Fact]
    public async Task A_storage_that_is_away_is_told_at_once_and_a_fault_of_ours_is_not_taken_for_it()
    {
        await using var site = await BreakableSite.Start();
        using var browser = new Browser(site.Address);

        site.Breaks(nameof(IAdherentRegistration.Begin), new BackendUnavailableException(), times: 1);
        await browser.BeginSignUp(Person.LamyFritz.Nir);
        Assert.Equal((503, 0), (browser.Status, site.TimesLeft));
        await browser.Send();
        Assert.Equal("/inscription/a-preparer", browser.Path);

        site.Breaks(nameof(IAdherentRegistration.Declare), new InvalidOperationException(), times: 1);
        await browser.Send();
        await browser.Send(Journeys.DetailsOf(Person.LamyFritz));
        Assert.Equal(500, browser.Status);
    }

    [Fact]
    public async Task A_session_that_cannot_be_looked_up_gets_the_page_that_says_later_and_lives_on()
    {
        await using var site = await BreakableSite.Start(withPeople: true);
        using var browser = new Browser(site.Address);
        await browser.SignUp(Person.LamyFritz);
        await browser.FirstConnection(Person.LamyFritz, (await site.Mails.To(Person.LamyFritz.Email)).ProvisionalPassword);
        site.Breaks(nameof(IAdherentSessions.Check), new BackendUnavailableException(), times: 1);

        await browser.Open("/espace-prive");
        Assert.Equal(503, browser.Status);
        Assert.Contains("momentanément indisponible", browser.Heading, StringComparison.Ordinal);

        await browser.Follow("Réessayer");
        Assert.Equal(("/espace-prive", 200), (browser.Path, browser.Status));
    }

    [Fact]
    public async Task A_server_that_has_not_found_the_cluster_yet_says_later_too()
    {
        var database = await (await PostgresServer.Shared()).NewDatabase();
        var key = Convert.ToBase64String(new byte[32]);
        await SiloProgram.Run(new Dictionary<string, string> { ["ConnectionStrings:Msa"] = database, ["Adherents:PseudonymKey"] = key }, ["migrate"], TestContext.Current.CancellationToken);
        var address = $"http://127.0.0.1:{FreePort.Next()}";
        await using var site = MsaSite.Build(["--urls", address, "--environment", "Production", "--ConnectionStrings:Msa", database, "--Adherents:PseudonymKey", key, "--Logging:LogLevel:Default=None"]);
        using var enough = new CancellationTokenSource();
        var start = site.StartAsync(enough.Token); // waits for a silo, and none comes
        using var browser = new Browser(address);
        await Waiting.For(() => Opens(browser, "/connexion"), () => "the first page");

        await browser.Send(("Identifier", Person.LamyFritz.Nir), ("Password", "whatever"));

        Assert.Equal(503, browser.Status);
        Assert.Contains("momentanément indisponible", browser.Heading, StringComparison.Ordinal);
        Assert.False(start.IsCompleted);
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => start); // cancelled, or in vain: whichever was first
    }

    private static async Task<string?> Opens(Browser browser, string path)
    {
        try
        {
            await browser.Open(path);
            return browser.Status == 200 ? "open" : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>The site, whose questions to adherents meet a dying silo when it is told so.</summary>
    private sealed class BreakableSite : IAsyncDisposable
    {
        private readonly TempFolder data = new();
        private Microsoft.AspNetCore.Builder.WebApplication? site;

        public string Address { get; } = $"http://127.0.0.1:{FreePort.Next()}";

        public int TimesLeft => Calls.TimesLeft;

        private BreakableCalls Calls { get; } = new();

        public MailFolder Mails => new(data["mails"]);

        /// <param name="withPeople">The caisses know the people of the demonstration.</param>
        public static async Task<BreakableSite> Start(bool withPeople = false)
        {
            var breakable = new BreakableSite();
            breakable.site = MsaSite.Build(
                ["--urls", breakable.Address, "--environment", "Production", "--Data:Directory", breakable.data.Path, "--Logging:LogLevel:Default=None", $"--Demo:Enabled={withPeople}", "--Demo:FranceConnect=false"],
                builder => builder.Services.AddSingleton<IOutgoingGrainCallFilter>(breakable.Calls)); // the last: it stands nearest to the silo
            await breakable.site.StartAsync(TestContext.Current.CancellationToken);
            return breakable;
        }

        public void Breaks(string method, Exception death, int times) => Calls.Break(method, death, times);

        public async ValueTask DisposeAsync()
        {
            if (site is not null)
                await site.DisposeAsync();
            data.Dispose();
        }
    }
}
