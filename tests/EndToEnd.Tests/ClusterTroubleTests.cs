using Microsoft.Playwright;
using MsaOrleans.Testing;
using Npgsql;

namespace MsaOrleans.EndToEnd.Tests;

/// <summary>A silo and a web server, whose database takes no changes or has no room, and who are told to stop while they are at it.</summary>
public sealed class ClusterTroubleTests(ClusterTroubleTests.Machines machines, Chromium chromium) : IClassFixture<ClusterTroubleTests.Machines>
{
    private readonly SmallCluster cluster = machines.Cluster;
    private readonly SiloProcess silo = machines.Silo;
    private readonly WebProcess web = machines.Web;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_database_that_takes_no_changes_is_told_what_was_typed_is_kept_and_one_press_sends_it_when_it_does()
    {
        var (pages, seen) = (new List<IPage>(), new List<Look>());
        foreach (var (width, colours) in new[] { (360, ColorScheme.Light), (1280, ColorScheme.Dark) })
        {
            pages.Add(await chromium.NewVisitor(web.Address, width: width, colours: colours));
            seen.Add(new Look($"later-{width}"));
            await FillDetails(pages[^1], machines.NextPerson());
        }
        var person = machines.NextPerson();
        using var browser = new Browser(web.Address);
        await browser.BeginSignUp(person.Nir);
        await browser.Send();

        await cluster.Database.SetReadOnly(true);
        await browser.Send(Journeys.DetailsOf(person));
        browser.IsToldLaterWith(person);
        await browser.Open("/inscription/coordonnees");
        Assert.Equal((200, ""), (browser.Status, browser.ValueOf("FamilyName"))); // what can be read is, and nothing was kept
        await browser.Send(Journeys.DetailsOf(person));
        browser.IsToldLaterWith(person);
        foreach (var (page, look) in pages.Zip(seen))
        {
            await Press(page, "Suivant");
            await look.At(page, "form-kept");
        }
        using (var other = new Browser(web.Address))
        {
            await other.SignIn(machines.NextPerson().Nir, "Ardoise-7-Tilleul");
            other.IsToldLater();
        }
        await cluster.Database.SetReadOnly(false);

        await browser.Send();
        Assert.Equal("/inscription/verification", browser.Path);
        foreach (var page in pages)
        {
            await Press(page, "Réessayer");
            Assert.EndsWith("/inscription/verification", page.Url, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_database_whose_disk_is_full_goes_away_and_all_goes_on_once_it_has_room_and_is_started()
    {
        Assert.SkipWhen(machines.Disk is null, SmallDisk.NotAllowed);
        var person = machines.NextPerson();
        using var browser = new Browser(web.Address);
        await browser.SignUpToPassword(person);
        await browser.Send();

        machines.Disk.Fill();
        await Waiting.For(NoRoomForTheLog, () => "a database that has no room left");
        await browser.Send(("AcceptTerms", "true"));
        browser.IsToldLater();
        Assert.Equal("true", browser.ValueOf("AcceptTerms"));
        machines.Disk.Free();
        await cluster.Database.Stop(crash: true);
        await cluster.Database.StartAgain();

        await Waiting.For(SentAgain, () => "the site to go on");
        Assert.Equal("/inscription/terminee", browser.Path);
        await browser.FirstConnection(person, (await cluster.Relay.Mails.To(person.Email)).ProvisionalPassword);
        Assert.Equal("/espace-prive", browser.Path);
        Assert.Single(MailsTo(person));

        // What is there of the log has room for what the tests write: a new part of it is asked for, until there is none.
        async Task<string?> NoRoomForTheLog()
        {
            try
            {
                await cluster.Number("SELECT txid_current() FROM pg_switch_wal()");
                return null;
            }
            catch (NpgsqlException)
            {
                return "full";
            }
        }

        async Task<string?> SentAgain()
        {
            await browser.Send();
            return browser.Status == 503 ? null : "sent";
        }
    }

    [Fact]
    public async Task A_web_server_that_is_told_to_stop_answers_first_whoever_has_asked()
    {
        var person = machines.NextPerson();
        using var browser = new Browser(web.Address);
        await browser.SignUpToVerification(person);
        await browser.Send(("HealthInsured", "yes"));

        Task asked;
        Task<int> stopped;
        await using (await cluster.HoldWrites())
        {
            asked = browser.Send(("CardKind", "with-photo"), ("CardSerial", "0000000000")); // a try, which is counted once
            await cluster.Until("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'", 1);
            stopped = await ToldToStop(web);
        }
        await asked;
        Assert.Equal(0, await stopped);
        Assert.Contains("Il vous reste 2 essais", browser.ErrorOn("CardSerial"), StringComparison.Ordinal);

        await web.Restart(Stop);
        await browser.Send(("CardKind", "with-photo"), ("CardSerial", "0000000000"));
        Assert.Contains("Il vous reste un essai", browser.ErrorOn("CardSerial"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DATA")]
    [InlineData("ANSWER")]
    public async Task A_silo_that_is_told_to_stop_sees_a_letter_off_first(string moment)
    {
        var person = machines.NextPerson();
        using var browser = new Browser(web.Address);
        cluster.Relay.Hold(moment);
        await browser.SignUp(person);
        Assert.Equal("/inscription/terminee", browser.Path);
        await cluster.Until("SELECT count(*) FROM hangfire.job WHERE statename = 'Processing' AND invocationdata::text LIKE '%SendDispatchJob%'", 1);

        var stopped = await ToldToStop(silo);
        cluster.Relay.Accept();
        Assert.Equal(0, await stopped);
        Assert.Equal(0, await cluster.Number("SELECT count(*) FROM OrleansStorage WHERE substring(PayloadBinary from 10 for 1) <> '\\x00'")); // noted: nobody is owed a letter
        var mail = Assert.Single(MailsTo(person));

        await silo.Restart(Stop);
        await Waiting.For(Connected, () => "the first connection");
        Assert.Equal("/espace-prive", browser.Path);
        Assert.Single(MailsTo(person));

        // The web server has yet to hear of the silo that came back.
        async Task<string?> Connected()
        {
            await browser.SignIn(person.Nir, mail.ProvisionalPassword);
            if (browser.Status == 503)
                return null;
            await browser.FirstConnection(person, mail.ProvisionalPassword);
            return "connected";
        }
    }

    private IEnumerable<ReceivedMail> MailsTo(Person person) => cluster.Relay.Mails.All.Where(mail => mail.To == person.Email);

    /// <summary>Tells a server to stop.</summary>
    /// <returns>Its exit code, once it has heard, and before it has ended.</returns>
    private static async Task<Task<int>> ToldToStop(ServerProcess server)
    {
        var before = server.Output.Count;
        var ended = server.Stop(Stop);
        await Waiting.Until(() => server.Output.Skip(before).Any(line => line.Contains("Application is shutting down", StringComparison.Ordinal)), () => "a server that is stopping");
        return ended;
    }

    private static Task Press(IPage page, string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    private static async Task FillDetails(IPage page, Person person)
    {
        await page.GotoAsync("/inscription/profil");
        await page.GetByText("Particulier", new() { Exact = true }).ClickAsync();
        await Press(page, "Suivant");
        await page.GetByLabel("Numéro de Sécurité Sociale").FillAsync(person.Nir);
        await Press(page, "Suivant");
        await Press(page, "Suivant");
        await page.GetByLabel("Nom", new() { Exact = true }).FillAsync(person.FamilyName);
        await page.GetByLabel("Prénom").FillAsync(person.GivenName);
        await page.GetByLabel("Jour").FillAsync(person.BirthDay);
        await page.GetByLabel("Mois").FillAsync(person.BirthMonth);
        await page.GetByLabel("Année").FillAsync(person.BirthYear);
        await page.GetByLabel("Adresse email").FillAsync(person.Email);
    }

    /// <summary>The machines of all these tests, which follow one another.</summary>
    public sealed class Machines : IAsyncLifetime
    {
        private int taken;

        /// <summary>That of the database; nothing where none can be mounted.</summary>
        internal SmallDisk? Disk { get; } = SmallDisk.TryMount(megabytes: 256);

        internal SmallCluster Cluster { get; private set; } = null!;

        internal SiloProcess Silo { get; private set; } = null!;

        internal WebProcess Web { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Cluster = await SmallCluster.Start(people: 40, on: Disk);
            Silo = await SiloProcess.Start(Cluster.Settings);
            Web = await WebProcess.Start(Cluster.Settings);
        }

        /// <summary>Somebody with a carte Vitale, whom no other test knows.</summary>
        internal Person NextPerson() => Cluster.People.Where(person => person.CardSerial is not null).ElementAt(taken++);

        public async ValueTask DisposeAsync()
        {
            await Web.DisposeAsync();
            await Silo.DisposeAsync();
            await Cluster.DisposeAsync();
            Disk?.Dispose();
        }
    }
}
