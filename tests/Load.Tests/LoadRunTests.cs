using System.Globalization;
using MsaOrleans.Testing;

namespace MsaOrleans.Load.Tests;

/// <summary>The tool against the site itself, on the embedded default.</summary>
public sealed class LoadRunTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_short_run_measures_whole_journeys_checks_what_was_promised_and_judges()
    {
        using var data = new TempFolder();
        await using var site = await Populated.Start(data, 200, ("Departments:CodeDelay", "00:00:01"));

        var (exit, output) = await site.Load(
            "--visitors", "4", "--journeys", "12", "--duration", "60s", "--prepare", "2", "--codes", "--mix", "sign-up=2,sign-in=2,enrolment=1,gives-up=1,clumsy=1", "--pid", site.Process.ToString(CultureInfo.InvariantCulture),
            "--require", "errors=0", "--require", "journeys=12", "--require", "/inscription/profil:p50<30s", "--json", data["load.json"], "--html", data["load.html"]);

        Assert.True(exit == LoadCommandLine.Right, output);
        var report = LoadReport.FromJson(await File.ReadAllTextAsync(data["load.json"], Stop));
        Assert.Empty(report.Truth.Lost);
        Assert.True(report.Truth.Acknowledged >= 2);
        Assert.Equal(12, report.Errands.Sum(errand => errand.Begun));
        Assert.True(report.CpuPerJourney!.Single().Value > 0);
        Assert.True(report.Memory.Single().Value[^1] > 10);
        Assert.Contains(report.Pages, page => page.Page == "POST /connexion");
        Assert.Contains("<svg", await File.ReadAllTextAsync(data["load.html"], Stop), StringComparison.Ordinal);

        // The same people again: who has an account already is told apart; and what is required does not hold.
        (exit, output) = await site.Load(
            "--arrivals", "20/s", "--duration", "1s", "--journeys", "1", "--mix", "sign-up=1", "--require", "errors=0", "--compare", data["load.json"]);
        Assert.Equal(LoadCommandLine.Wrong, exit);
        Assert.Contains("has an account already: 1", output, StringComparison.Ordinal);
        Assert.Contains("FAILED errors=0", output, StringComparison.Ordinal);
        Assert.Contains("| journeys per second |", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_burst_newcomers_wait_in_line_and_nobody_is_turned_away_or_lost()
    {
        using var data = new TempFolder();
        await using var site = await Populated.Start(data, 60, ("WaitingRoom:Enabled", "true"), ("WaitingRoom:FirstLimit", "2"));

        var (exit, output) = await site.Load(
            "--arrivals", "1/s", "--burst", "10/s@1s+2s", "--duration", "4s", "--mix", "sign-up=1", "--no-assets", "--require", "errors=0", "--json", data["burst.json"]);

        Assert.True(exit == LoadCommandLine.Right, output);
        var report = LoadReport.FromJson(await File.ReadAllTextAsync(data["burst.json"], Stop));
        Assert.Contains("waiting room", report.Waits.Keys);
        Assert.True(report.Truth.Acknowledged > 0);
        Assert.Empty(report.Truth.Lost);
    }

    [Fact]
    public async Task A_registration_whose_letter_never_comes_is_listed_as_lost_and_fails_the_run()
    {
        using var data = new TempFolder();
        await using var site = await Populated.Start(data, 5, ("Mail:PickupDirectory", data["elsewhere"]), ("Mail:Smtp:Host", ""));

        var (exit, output) = await site.Load("--journeys", "1", "--visitors", "1", "--mix", "sign-up=1", "--letters-within", "500ms");

        Assert.Equal(LoadCommandLine.Wrong, exit);
        Assert.Contains("no letter: 1", output, StringComparison.Ordinal);
        Assert.Contains("Registrations acknowledged: 1; lost: 1.", output, StringComparison.Ordinal);
        Assert.Contains("was registered and got no letter", output, StringComparison.Ordinal);
    }

    /// <summary>The site, whose registry knows some people, and whose letters come to the tool.</summary>
    private sealed class Populated(SiteProcess site, string data, int smtp) : IAsyncDisposable
    {
        public int Process => site.Id;

        public static async Task<Populated> Start(TempFolder data, int people, params (string Key, string Value)[] settings)
        {
            var smtp = FreePort.Next();
            await People.Populate(data.Path, people, Stop);
            (string, string)[] letters = [("Mail:Smtp:Host", "127.0.0.1"), ("Mail:Smtp:Port", smtp.ToString(CultureInfo.InvariantCulture)), ("Mail:Smtp:Security", "none")];
            return new(await SiteProcess.Start(data.Path, [.. letters, .. settings]), data.Path, smtp);
        }

        public async Task<(int Exit, string Output)> Load(params string[] arguments)
        {
            using var output = new StringWriter();
            var (adherents, payments) = (Path.Combine(data, "people", "adherents.csv"), Path.Combine(data, "people", "payments.csv"));
            var exit = await LoadCommandLine.Run(
                ["site", "--base", site.Address, "--adherents", adherents, "--payments", payments, "--smtp", $"127.0.0.1:{smtp}", .. arguments], output, output, Stop);
            return (exit, output.ToString());
        }

        public ValueTask DisposeAsync() => site.DisposeAsync();
    }
}
