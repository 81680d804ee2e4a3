using MsaOrleans.Testing;

namespace MsaOrleans.EndToEnd.Tests;

/// <summary>The embedded site on a disk that is full, or that nobody may write to: "later", what was typed kept, nothing half done.</summary>
public sealed class DiskTroubleTests
{
    [Fact]
    public async Task A_full_disk_is_told_what_was_typed_is_kept_and_it_all_goes_on_when_there_is_room_again()
    {
        using var disk = SmallDisk.TryMount(megabytes: 24);
        Assert.SkipWhen(disk is null, SmallDisk.NotAllowed);
        var person = Person.LamyFritz;
        var mails = new MailFolder(Path.Combine(disk.Path, "mails"));
        await using var site = await SiteProcess.Start(disk.Path);
        using var browser = new Browser(site.Address);
        await browser.BeginSignUp(person.Nir);
        await browser.Send();

        disk.Fill();
        await browser.Send(Journeys.DetailsOf(person));
        browser.IsToldLaterWith(person);
        await browser.Open("/inscription/coordonnees");
        Assert.Equal((200, ""), (browser.Status, browser.ValueOf("FamilyName"))); // what can be read is, and nothing was kept
        await browser.Send(Journeys.DetailsOf(person));
        browser.IsToldLaterWith(person);
        disk.Free();
        await browser.Send();
        Assert.Equal("/inscription/verification", browser.Path);

        await browser.Send(("HealthInsured", "yes"));
        await browser.Send(("CardKind", "with-photo"), ("CardSerial", person.CardSerial!));
        await browser.Send();
        disk.Fill();
        await browser.Send(("AcceptTerms", "true"));
        Assert.Equal((503, "true"), (browser.Status, browser.ValueOf("AcceptTerms")));
        Assert.Empty(mails.All);
        disk.Free();
        await browser.Send();
        Assert.Equal("/inscription/terminee", browser.Path);
        await browser.FirstConnection(person, (await mails.To(person.Email)).ProvisionalPassword);
        Assert.Equal("/espace-prive", browser.Path);
        Assert.Single(mails.All);
    }

    [Fact]
    public async Task A_letter_that_found_no_room_leaves_once_there_is_some()
    {
        using var data = new TempFolder();
        using var disk = SmallDisk.TryMount(megabytes: 1);
        Assert.SkipWhen(disk is null, SmallDisk.NotAllowed);
        var person = Person.LamyFritz;
        await using var site = await SiteProcess.Start(data.Path, ("Mail:PickupDirectory", disk.Path), ("Mail:RetryDelays", "00:00:01;00:00:01;00:10:00"));
        using var browser = new Browser(site.Address);

        disk.Fill();
        await browser.SignUp(person);
        Assert.Equal("/inscription/terminee", browser.Path);
        await Waiting.Until(() => site.Output.Any(line => line.Contains("could not leave", StringComparison.Ordinal)), () => "a try that failed");
        disk.Free();

        var mail = await new MailFolder(disk.Path).To(person.Email);
        await browser.FirstConnection(person, mail.ProvisionalPassword);
        Assert.Equal("/espace-prive", browser.Path);
        Assert.Single(Directory.EnumerateFiles(disk.Path)); // nor half a letter
    }

    [Fact]
    public async Task A_site_on_a_folder_that_nobody_may_write_to_says_so_and_starts_once_it_may()
    {
        using var disk = SmallDisk.TryMount(megabytes: 24);
        Assert.SkipWhen(disk is null, SmallDisk.NotAllowed);
        await using var site = await SiteProcess.Start(disk.Path);
        Assert.Equal(0, await site.Stop(TestContext.Current.CancellationToken));

        disk.Remount(readOnly: true);
        var before = site.Output.Count;
        await Assert.ThrowsAsync<InvalidOperationException>(() => site.Restart());
        Assert.Equal(2, await site.Ended());
        Assert.Contains(site.Output.Skip(before), line => line.Contains(disk.Path, StringComparison.Ordinal));
        Assert.DoesNotContain(site.Output.Skip(before), line => line.Contains("   at ", StringComparison.Ordinal));

        disk.Remount(readOnly: false);
        await site.Restart();
    }
}
