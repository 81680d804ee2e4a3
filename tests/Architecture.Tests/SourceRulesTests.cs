namespace MsaOrleans.Architecture.Tests;

public sealed class SourceRulesTests
{
    [Fact]
    public void Only_the_hosting_folder_of_the_web_names_the_silo_or_the_grains() =>
        Assert.Empty(SourceRule.TheWebKnowsInterfacesOnly.OffencesIn(Sources.Under("Web")));

    [Fact]
    public void Rules_have_no_clock_of_their_own_and_reach_nothing_outside() =>
        Assert.Empty(SourceRule.RulesAreToldTheTime.OffencesIn(Sources.Under("Grains")));

    [Fact]
    public void Tests_do_not_sleep() => Assert.Empty(SourceRule.TestsDoNotSleep.OffencesIn(Sources.Under("tests")));

    [Fact]
    public void The_stand_in_of_FranceConnect_stays_with_the_demonstration() =>
        Assert.Empty(SourceRule.TheStandInStaysWithTheDemonstration.OffencesIn(Sources.Under("Web")));

    [Fact]
    public void Answers_stay_on_this_site() => Assert.Empty(SourceRule.AnswersStayOnThisSite.OffencesIn(Sources.Under("Web")));

    [Fact]
    public void There_are_sources_to_look_at()
    {
        Assert.Contains(Sources.Under("Web"), source => SourceRule.TheWebKnowsInterfacesOnly.Applies(source.Path));
        Assert.Contains(Sources.Under("Grains"), source => SourceRule.RulesAreToldTheTime.Applies(source.Path));
        Assert.Contains(Sources.Under("tests"), source => SourceRule.TestsDoNotSleep.Applies(source.Path));
        Assert.Contains(Sources.Under("Web"), source => SourceRule.AnswersStayOnThisSite.Applies(source.Path) && source.Text.Contains("LocalRedirect(", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Web/Program.cs", "using MsaOrleans.Silo;", 1)]
    [InlineData("Web/Program.cs", "using MsaOrleans.Silo.Hosting;", 1)]
    [InlineData("Web/Pages/SignIn.cshtml.cs", "using MsaOrleans.Grains.Dispatching;", 1)]
    [InlineData("Web/Pages/SignIn.cshtml", "@using MsaOrleans.Grains.Domain", 1)]
    [InlineData("Web/Pages/SignIn.cshtml.cs", "var x = new MsaOrleans.Grains.Ports.PasswordHash();", 1)]
    [InlineData("Web/Pages/SignIn.cshtml.cs", "using global::MsaOrleans.Grains;", 1)]
    [InlineData("Web/Pages/SignIn.cshtml.cs", "using MsaOrleans.Grains.InterfacesOfAnotherKind;", 1)]
    [InlineData("Web/Pages/SignIn.cshtml.cs", "using MsaOrleans.Grains.Interfaces.Credentials;", 0)]
    [InlineData("Web/Pages/SignIn.cshtml.cs", "using MsaOrleans.Grains.Interfaces;", 0)]
    [InlineData("Web/Pages/SignIn.cshtml.cs", "// see MsaOrleans.Silo", 0)]
    [InlineData("Web/Hosting/EmbeddedSilo.cs", "using MsaOrleans.Silo;", 0)]
    public void The_web_is_watched(string path, string text, int offences) =>
        Assert.Equal(offences, SourceRule.TheWebKnowsInterfacesOnly.OffencesIn([(path, text)]).Count());

    [Theory]
    [InlineData("Web/Hosting/EmbeddedSilo.cs", "var site = StandInSite.Build(settings);", 1)]
    [InlineData("Web/Pages/SignIn/SignIn.cshtml.cs", "using MsaOrleans.Web.Demo.StandIn;", 1)]
    [InlineData("Web/Hosting/DemoFranceConnect.cs", "var site = StandInSite.Build(settings);", 0)]
    [InlineData("Web/Demo/StandIn/StandInSite.cs", "class StandInSite;", 0)]
    [InlineData("Web/FranceConnect/Provider/ProviderServer.cs", "private static ValueTask StandAlone();", 0)]
    public void The_stand_in_is_watched(string path, string text, int offences) =>
        Assert.Equal(offences, SourceRule.TheStandInStaysWithTheDemonstration.OffencesIn([(path, text)]).Count());

    [Theory]
    [InlineData("Grains/Domain/Lockout.cs", "var now = DateTimeOffset.UtcNow;", 1)]
    [InlineData("Grains/Domain/Lockout.cs", "var now = DateTime.Now;", 1)]
    [InlineData("Grains/Domain/Lockout.cs", "var day = DateTime.Today;", 1)]
    [InlineData("Grains/Domain/Lockout.cs", "class Lockout(TimeProvider clock);", 1)]
    [InlineData("Grains/Domain/Lockout.cs", "var text = File.ReadAllText(path);", 1)]
    [InlineData("Grains/Domain/Lockout.cs", "using var client = new HttpClient();", 1)]
    [InlineData("Grains/Domain/Lockout.cs", "var a = \"//\"; var now = DateTimeOffset.UtcNow;", 1)]
    [InlineData("Grains/Domain/Lockout.cs", "// never DateTimeOffset.UtcNow", 0)]
    [InlineData("Grains/Domain/Lockout.cs", "var text = \"DateTime.Now\"; var max = DateTimeOffset.MaxValue;", 0)]
    [InlineData("Grains/AdherentGrain.cs", "private DateTimeOffset Now => TimeProvider.System.GetUtcNow();", 0)]
    public void The_rules_are_watched(string path, string text, int offences) =>
        Assert.Equal(offences, SourceRule.RulesAreToldTheTime.OffencesIn([(path, text)]).Count());

    [Theory]
    [InlineData("tests/Grains.Tests/X.cs", "await Task.Delay(100);", 1)]
    [InlineData("tests/Grains.Tests/X.cs", "Thread.Sleep(1);", 1)]
    [InlineData("tests/Load.Tests/X.cs", "await Task.Delay(100);", 1)]
    [InlineData("tests/Load/X.cs", "await Task.Delay(100);", 0)]
    [InlineData("tests/Grains.Tests/X.cs", "/* Thread.Sleep(1) */ clock.Advance(delay);", 0)]
    [InlineData("Silo/Mail/Smtp.cs", "await Task.Delay(100);", 0)]
    public void The_tests_are_watched(string path, string text, int offences) =>
        Assert.Equal(offences, SourceRule.TestsDoNotSleep.OffencesIn([(path, text)]).Count());

    [Theory]
    [InlineData("Web/Pages/SignIn/SignIn.cshtml.cs", "return Redirect(where);", 1)]
    [InlineData("Web/Pages/SignIn/SignIn.cshtml.cs", "return RedirectPermanent(where);", 1)]
    [InlineData("Web/Pages/SignIn/SignIn.cshtml.cs", "return new RedirectResult(where);", 1)]
    [InlineData("Web/Limits/Refusal.cs", "context.Response.Redirect(where);", 1)]
    [InlineData("Web/Limits/Refusal.cs", "context.Response.Headers.Location = where;", 1)]
    [InlineData("Web/Pages/SignIn/SignIn.cshtml.cs", "return LocalRedirect(where);", 0)]
    [InlineData("Web/Pages/SignIn/SignIn.cshtml.cs", "return RedirectToPage(\"/SignIn/SignIn\");", 0)]
    [InlineData("Web/Sessions/SessionPageFilter.cs", "context.Result = new RedirectToPageResult(\"/SignIn/SignIn\");", 0)]
    [InlineData("Web/FranceConnect/SignIn/FranceConnectEvents.cs", "context.Response.Redirect(where);", 0)]
    public void Redirects_are_watched(string path, string text, int offences) =>
        Assert.Equal(offences, SourceRule.AnswersStayOnThisSite.OffencesIn([(path, text)]).Count());
}
