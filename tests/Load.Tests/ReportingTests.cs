namespace MsaOrleans.Load.Tests;

public sealed class ReportingTests
{
    private readonly LoadMeter meter = new();

    [Fact]
    public void Style_sheets_bots_and_answers_that_are_no_page_are_not_among_all_pages()
    {
        foreach (var page in new[] { "/connexion", "POST /connexion", LoadBrowser.AssetsPage, "bot: /connexion", "429", "503" })
            meter.NoteAnswer(page, meter.Now, meter.Now);
        meter.NoteAnswer(LoadBrowser.WaitingRoom, meter.Now - TimeSpan.FromSeconds(10), meter.Now);
        var report = Reporting.Of(meter, Options, seconds: 1);
        Assert.Equal(2, report.All.AsSent.Count);
        Assert.Equal(7, report.Pages.Count);
        Assert.Equal(7, report.Requests);
        Assert.True(meter.Tick().P99 < 1_000);
    }

    [Fact]
    public void In_the_closed_loop_a_stall_is_corrected_and_in_the_open_loop_it_need_not_be()
    {
        for (var i = 0; i < 99; i++)
            meter.NoteAnswer("/connexion", meter.Now - TimeSpan.FromMilliseconds(10), meter.Now - TimeSpan.FromMilliseconds(10));
        meter.NoteAnswer("/connexion", meter.Now - TimeSpan.FromSeconds(10), meter.Now - TimeSpan.FromSeconds(10));
        Assert.True(Reporting.Of(meter, Options, 1).All.Latency.P50 > 1_000);
        Assert.True(Reporting.Of(meter, Options with { Arrivals = Arrivals.Parse("1/s") }, 1).All.Latency.P50 < 1_000);
        Assert.True(Reporting.Of(meter, Options, 1).All.AsSent.P50 < 1_000);
    }

    [Fact]
    public void What_bots_do_is_no_journey()
    {
        foreach (var errand in new[] { Errand.SignUp, Errand.Bot })
        {
            meter.Enter(errand);
            meter.Leave(errand, TimeSpan.FromSeconds(1));
        }
        var report = Reporting.Of(meter, Options, seconds: 1);
        Assert.Equal(1, report.Journeys);
        Assert.Equal([("sign-up", 1L), ("bot", 1L)], report.Errands.Select(errand => (errand.Errand, errand.Busy.Count)));
    }

    private static LoadOptions Options => new() { Site = new("http://127.0.0.1:1"), Adherents = "", Payments = "", Smtp = new(System.Net.IPAddress.Loopback, 1) };
}
