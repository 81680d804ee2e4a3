using Microsoft.Data.Sqlite;
using MsaOrleans.Grains;
using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Silo.Hosting;
using MsaOrleans.Silo.Storage;
using MsaOrleans.Testing;

namespace MsaOrleans.Silo.Tests.CommandLine;

/// <summary>The command <c>redispatch</c> as a process of its own, on a data directory in which adherents are owed letters and no queue is left.</summary>
public sealed class RedispatchTests : IDisposable
{
    private static readonly DateTimeOffset now = DateTimeOffset.UtcNow;
    private static readonly DateTimeOffset inThreeDays = now.AddDays(3);

    private readonly TempFolder files = new();
    private readonly DataDirectory data;

    public RedispatchTests() => data = DataDirectory.Open(files["data"]);

    private MailFolder Mails => new(data.Mails);

    public void Dispose() => files.Dispose();

    [Fact]
    public async Task What_is_due_is_delivered_once_and_what_is_due_in_days_is_kept_for_its_day()
    {
        var (due, later) = (OwedAPassword("maintenant@exemple.fr"), OwedACode("plus.tard@exemple.fr"));
        await Store(due, later, OwedNothing());

        AssertDone(await Redispatch(), woken: 2, queued: 2, waiting: 1);
        var mail = Assert.Single(Mails.All);
        Assert.Equal(("maintenant@exemple.fr", "Votre mot de passe provisoire"), (mail.To, mail.Subject));

        AssertDone(await Redispatch(), woken: 1, queued: 1, waiting: 1);
        Assert.Single(Mails.All);

        await using var silo = await EmbeddedSilo.Start(data.Path);
        var sent = Assert.Single((await silo.Read(due.Owner!.Value)).Dispatches.All);
        Assert.NotNull(sent.SentAt);
        Assert.Equal(1, sent.Tries);
        Assert.Equal(later.Dispatches.All, (await silo.Read(later.Owner!.Value)).Dispatches.All);
    }

    [Fact]
    public async Task A_letter_that_the_relay_does_not_take_is_still_owed()
    {
        await Store(OwedAPassword("maintenant@exemple.fr"));
        AssertDone(await Redispatch(("Mail:Smtp:Host", "127.0.0.1"), ("Mail:Smtp:Port", $"{FreePort.Next()}")), woken: 1, queued: 1, waiting: 1);
        Assert.Empty(Mails.All);
    }

    [Fact]
    public async Task Where_nothing_is_owed_nobody_is_woken()
    {
        await Store(OwedNothing());
        AssertDone(await Redispatch(), woken: 0, queued: 0, waiting: 0);
        Assert.Empty(Mails.All);
    }

    [Fact]
    public async Task One_who_cannot_be_woken_keeps_no_letter_from_the_others_and_is_counted()
    {
        var (broken, due) = (OwedAPassword("casse@exemple.fr"), OwedAPassword("maintenant@exemple.fr"));
        await Store(broken, due);
        Change(broken, payload => [.. payload[..^1], (byte)(payload[^1] ^ 1)]);

        var run = await Redispatch();

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("Adherents woken: 1. Letters queued: 1. Adherents out of reach: 1.\n", run.Output, StringComparison.Ordinal);
        Assert.Contains($"{broken.Owner} could not be swept", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("1630967482229", run.Output + run.Errors, StringComparison.Ordinal);
        Assert.Equal("maintenant@exemple.fr", Assert.Single(Mails.All).To);
    }

    [Fact]
    public async Task A_letter_owed_since_the_version_before_is_delivered()
    {
        var due = OwedAPassword("maintenant@exemple.fr");
        await Store(due);
        Change(due, payload => [1, .. payload[1..9], .. payload[10..]]);
        Execute("DROP INDEX IX_OrleansStorage_Owed; DELETE FROM SchemaVersions WHERE ScriptName = '0003_owed_letters.sql'");

        AssertDone(await Redispatch(), woken: 1, queued: 1, waiting: 0);
        Assert.Single(Mails.All);
    }

    [Fact]
    public async Task Beside_a_running_site_it_does_nothing_and_says_why_in_one_sentence()
    {
        await using var site = await SiteProcess.Start(data.Path, ("environment", "Production"));
        var refused = await Redispatch();
        Assert.Equal((2, ""), (refused.ExitCode, refused.Output));
        Assert.StartsWith($"Another process, the site no doubt, is running on {data.Path}, ", Assert.Single(refused.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);

        await site.Kill();
        AssertDone(await Redispatch(), woken: 0, queued: 0, waiting: 0);
    }

    [Fact]
    public async Task Refused_it_leaves_the_directory_as_it_was()
    {
        using (data.Occupy())
            Assert.Equal(2, (await Redispatch()).ExitCode);
        Assert.Equal(["silo.lock"], Directory.EnumerateFiles(data.Path, "*", SearchOption.AllDirectories).Select(Path.GetFileName));
    }

    private static AdherentState OwedNothing() => new()
    {
        Owner = Guid.NewGuid(),
        Registration = new Registration().Begin("ticket", now, TimeSpan.FromDays(7)),
    };

    private static AdherentState OwedAPassword(string email) => SignedUp(email) with
    {
        Dispatches = new Dispatches().Request(Guid.NewGuid(), LetterKind.ProvisionalPassword, EmailAddress.Parse(email), now),
    };

    private static AdherentState OwedACode(string email)
    {
        var letter = Guid.NewGuid();
        return SignedUp(email) with
        {
            Enrolments = new Enrolments().Request("01", letter, inThreeDays, now).Item1,
            Dispatches = new Dispatches().Request(letter, LetterKind.DepartmentCode, EmailAddress.Parse(email), now, inThreeDays),
        };
    }

    private static AdherentState SignedUp(string email) => new()
    {
        Owner = Guid.NewGuid(),
        Nir = Nir.Parse("1630967482229"),
        Identity = new("LAMY", null, "FRITZ", new(1963, 9, 12)),
        Registration = new() { Completed = new(now, "ticket", "2026-01") },
        Contact = new() { Email = EmailAddress.Parse(email) },
    };

    private static void AssertDone(SiloCommand run, int woken, int queued, int waiting)
    {
        Assert.Equal(
            $"""
             Adherents woken: {woken}. Letters queued: {queued}. Adherents out of reach: 0.
             What was due has been tried. Adherents who still wait for a letter, for its day or for another try: {waiting}.

             """,
            run.Output);
        Assert.Equal(0, run.ExitCode);
    }

    private async Task Store(params AdherentState[] adherents)
    {
        await using var silo = await EmbeddedSilo.Start(data.Path);
        foreach (var adherent in adherents)
            await silo.Write(adherent);
    }

    private Task<SiloCommand> Redispatch(params (string Key, string Value)[] settings) => SiloCommand.Run(data.Path, settings, "redispatch");

    /// <summary>Changes what is stored of an adherent, behind his back.</summary>
    private void Change(AdherentState adherent, Func<byte[], byte[]> change)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.Add("N0", BitConverter.ToInt64(adherent.Owner!.Value.ToByteArray(), 0));
        command.CommandText = "SELECT PayloadBinary FROM OrleansStorage WHERE GrainIdN0 = @N0";
        command.Add("Changed", change((byte[])command.ExecuteScalar()!));
        command.CommandText = "UPDATE OrleansStorage SET PayloadBinary = @Changed WHERE GrainIdN0 = @N0";
        Assert.Equal(1, command.ExecuteNonQuery());
    }

    private void Execute(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = data.Database, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
