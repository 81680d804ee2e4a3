using System.Collections.Concurrent;
using System.Text;
using Microsoft.Data.Sqlite;
using MsaOrleans.Testing;

namespace MsaOrleans.EndToEnd.Tests;

/// <summary>What was acknowledged is kept: through SIGKILL, through a mail server that refuses, and out of sight of whoever steals the disk.</summary>
public sealed class NothingIsLostTests
{
    private const string Code = "Votre code confidentiel pour un autre département";

    [Fact]
    public async Task A_server_killed_right_after_the_end_of_a_sign_up_sends_the_mail_when_it_is_back()
    {
        using var data = new TempFolder();
        var person = Person.LamyFritz;

        // The relay does not answer, so that the mail cannot have left before the kill.
        var deaf = FreePort.Next();
        using var browser = await SignUpAndKill(data, person, ("Mail:Smtp:Host", "127.0.0.1"), ("Mail:Smtp:Port", $"{deaf}"));

        await using var back = await SiteProcess.Start(data.Path);
        var mail = await new MailFolder(data["mails"]).To(person.Email);
        using var visitor = new Browser(back.Address);
        await visitor.FirstConnection(person, mail.ProvisionalPassword);
        Assert.Equal("/espace-prive", visitor.Path);
        Assert.Single(new MailFolder(data["mails"]).All);
    }

    [Fact]
    public async Task A_server_killed_at_any_moment_after_the_end_of_a_sign_up_leaves_a_mail_that_works()
    {
        using var data = new TempFolder();
        var person = Person.LamyFritz;
        using var browser = await SignUpAndKill(data, person);

        await using var back = await SiteProcess.Start(data.Path);
        await new MailFolder(data["mails"]).To(person.Email);
        // Killed between sending and noting it, the mail leaves twice; the password of the last one works whichever it is.
        using var visitor = new Browser(back.Address);
        await visitor.FirstConnection(person, new MailFolder(data["mails"]).All[^1].ProvisionalPassword);
        Assert.Equal("/espace-prive", visitor.Path);
    }

    [Fact]
    public async Task A_server_killed_under_a_burst_of_sign_ups_keeps_every_one_that_it_acknowledged()
    {
        const int Burst = 60, KilledAfter = 20;
        using var data = new TempFolder();
        var people = await People.Populate(data.Path, Burst);
        var acknowledged = new ConcurrentBag<Person>();
        await using (var site = await SiteProcess.Start(data.Path))
        {
            var enough = new TaskCompletionSource();
            var burst = Parallel.ForEachAsync(people, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (person, _) =>
            {
                using var browser = new Browser(site.Address);
                try
                {
                    await browser.SignUp(person);
                }
                catch (Exception e) when (e is HttpRequestException or IOException or InvalidOperationException)
                {
                    return; // the server has died under his hands: nothing was promised
                }
                if (browser.Path != "/inscription/terminee")
                    return;
                acknowledged.Add(person);
                if (acknowledged.Count >= KilledAfter)
                    enough.TrySetResult();
            });
            await enough.Task.WaitAsync(TimeSpan.FromMinutes(1));
            await site.Kill();
            await burst;
        }
        Assert.InRange(acknowledged.Count, KilledAfter, Burst - 1);

        await using var back = await SiteProcess.Start(data.Path);
        var mails = new MailFolder(data["mails"]);
        foreach (var person in acknowledged)
        {
            await mails.To(person.Email);
            using var visitor = new Browser(back.Address);
            await visitor.FirstConnection(person, mails.All.Last(m => m.To == person.Email).ProvisionalPassword);
            Assert.Equal("/espace-prive", visitor.Path);
        }
    }

    [Fact]
    public async Task A_sign_up_goes_on_after_a_restart_in_the_middle_in_the_same_browser_only()
    {
        using var data = new TempFolder();
        var person = Person.LamyFritz;
        var port = FreePort.Next();
        await using var site = await SiteProcess.Start(data.Path, port);
        using var browser = new Browser(site.Address);
        await browser.SignUpToVerification(person);
        await browser.Send(("HealthInsured", "yes"));
        await browser.Send(("CardKind", "with-photo"), ("CardSerial", "0000000000"));
        await site.Kill();

        await using var back = await SiteProcess.Start(data.Path, port);
        await browser.Open("/inscription");
        Assert.Equal("/inscription/verification/carte-vitale", browser.Path);
        await browser.Send(("CardKind", "with-photo"), ("CardSerial", "0000000000"));
        Assert.Contains("Il vous reste un essai", browser.ErrorOn("CardSerial"), StringComparison.Ordinal);
        await browser.Send(("CardKind", "with-photo"), ("CardSerial", person.CardSerial!));
        Assert.Equal("/inscription/mot-de-passe", browser.Path);

        using var other = new Browser(back.Address);
        await other.Open("/inscription/mot-de-passe");
        Assert.Equal("/inscription/profil", other.Path);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_mail_server_that_refuses_for_a_while_or_is_dead_gets_the_mail_once_it_accepts(bool dead)
    {
        using var data = new TempFolder();
        var person = Person.LamyFritz;
        using var relay = await SmtpServer.Start();
        if (dead)
            await relay.Kill();
        else
            relay.Refuse("RCPT", "451 4.3.0 Please try again later");
        await using var site = await SiteProcess.Start(
            data.Path, ("Mail:Smtp:Host", relay.Host), ("Mail:Smtp:Port", $"{relay.Port}"), ("Mail:RetryDelays", "00:00:01;00:00:01;00:00:01;00:10:00"));
        using var browser = new Browser(site.Address);
        await browser.SignUp(person);
        Assert.Equal("/inscription/terminee", browser.Path);
        await Waiting.Until(() => site.Output.Count(line => line.Contains("could not leave", StringComparison.Ordinal)) >= 2, () => "two tries that failed");
        if (dead)
            await relay.Restart();
        else
            relay.Accept();
        var mail = await relay.Mails.To(person.Email);
        await browser.FirstConnection(person, mail.ProvisionalPassword);
        Assert.Equal("/espace-prive", browser.Path);
        Assert.Single(relay.Mails.All);
    }

    [Fact]
    public async Task A_stolen_disk_and_the_logs_tell_nothing_about_anybody()
    {
        using var data = new TempFolder();
        var person = Person.LamyFritz with { Email = "lamy.fritz@gmail.fr" };
        string provisional;
        List<string> log;
        await using (var site = await SiteProcess.Start(data.Path))
        {
            using var browser = new Browser(site.Address);
            await browser.SignUp(person);
            provisional = (await new MailFolder(data["mails"]).To(person.Email)).ProvisionalPassword;
            await browser.FirstConnection(person, provisional);
            Assert.Equal("/espace-prive", browser.Path);
            log = [.. site.Output.SkipWhile(line => !line.Contains("Application started", StringComparison.Ordinal))];
        }
        Assert.NotEmpty(log);
        await using (var database = new SqliteConnection($"Data Source={data["msa.db"]};Pooling=False"))
        {
            await database.OpenAsync();
            await using var count = database.CreateCommand();
            count.CommandText = "SELECT count(*) FROM OrleansStorage WHERE GrainTypeString = 'adherent'";
            Assert.Equal(1L, await count.ExecuteScalarAsync()); // the journey did leave its row, beside those of the demonstration's agents
        }

        string[] secrets =
        [
            person.Nir, "1 63 09 67 482 229", "LAMY", "FRITZ", "Lamy", person.Email, "lamy.fritz", "1234567890", "0612345678", "612345678", "MARLENHEIM",
            "1963-09-12", provisional, Journeys.GoodPassword,
        ];
        var files = Directory.EnumerateFiles(data.Path, "*", SearchOption.AllDirectories)
            .Where(file => !file.StartsWith(data["mails"], StringComparison.Ordinal) && !file.StartsWith(data["keys"], StringComparison.Ordinal))
            .ToList();
        Assert.Contains(data["msa.db"], files);
        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(log, line => line.Contains(secret, StringComparison.OrdinalIgnoreCase));
            foreach (var file in files)
            {
                var bytes = await File.ReadAllBytesAsync(file);
                Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) < 0, $"{Path.GetFileName(file)} holds {secret}.");
                Assert.True(bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(secret)) < 0, $"{Path.GetFileName(file)} holds {secret}.");
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_code_due_while_the_server_was_dead_or_after_it_came_back_arrives_once_and_works(bool backBeforeItIsDue)
    {
        var delay = TimeSpan.FromSeconds(backBeforeItIsDue ? 30 : 3);
        (string, string)[] settings = [("Departments:CodeDelay", delay.ToString())];
        using var data = new TempFolder();
        var person = Person.LamyFritz;
        var mails = new MailFolder(data["mails"]);
        DateTimeOffset due;
        await using (var site = await SiteProcess.Start(data.Path, settings))
        {
            using var browser = new Browser(site.Address);
            await browser.SignUp(person);
            await browser.FirstConnection(person, (await mails.To(person.Email)).ProvisionalPassword);
            await browser.Open("/complement-inscription/departement");
            await browser.Send(("Department", "01"));
            Assert.Equal("/complement-inscription/accuse", browser.Path);
            due = DateTimeOffset.UtcNow + delay;
            await site.Kill();
        }
        Assert.DoesNotContain(mails.All, mail => mail.Subject == Code);
        if (!backBeforeItIsDue)
            await Waiting.Until(() => DateTimeOffset.UtcNow > due, () => "the code to be due");

        await using var back = await SiteProcess.Start(data.Path, settings);
        Assert.Equal(backBeforeItIsDue, DateTimeOffset.UtcNow < due);
        await Waiting.Until(() => DateTimeOffset.UtcNow > due, () => "the code to be due");
        var code = (await mails.To(person.Email, Code)).ProvisionalPassword;
        using var visitor = new Browser(back.Address);
        await visitor.SignIn(person.Nir, code);
        Assert.Equal("/premiere-connexion/mot-de-passe", visitor.Path);
        await visitor.Send(("NewPassword", "Bruyere-Comptoir-9"), ("ConfirmPassword", "Bruyere-Comptoir-9"));
        await visitor.Open("/mon-compte");
        Assert.Contains("01-Ain", visitor.Words, StringComparison.Ordinal);
        Assert.Contains("activé avec votre code", visitor.Words, StringComparison.Ordinal);
        Assert.Single(mails.All, mail => mail.Subject == Code);
    }

    private static async Task<Browser> SignUpAndKill(TempFolder data, Person person, params (string, string)[] settings)
    {
        await using var site = await SiteProcess.Start(data.Path, settings);
        var browser = new Browser(site.Address);
        await browser.SignUp(person);
        Assert.Equal("/inscription/terminee", browser.Path);
        await site.Kill();
        return browser;
    }
}
