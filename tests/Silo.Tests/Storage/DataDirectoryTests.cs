using Microsoft.Extensions.Configuration;
using MsaOrleans.Silo.Hosting;
using MsaOrleans.Silo.Storage;
using MsaOrleans.Testing;

namespace MsaOrleans.Silo.Tests.Storage;

public sealed class DataDirectoryTests : IDisposable
{
    private readonly TempFolder files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void The_directory_chosen_is_made_with_its_keys_and_mails()
    {
        var chosen = files["somewhere/else"];
        var data = DataDirectory.Open(new ConfigurationBuilder().AddInMemoryCollection([new(DataDirectory.Setting, chosen)]).Build());
        Assert.Equal([chosen, Path.Combine(chosen, "msa.db"), Path.Combine(chosen, "keys"), Path.Combine(chosen, "mails")], [data.Path, data.Database, data.Keys, data.Mails]);
        Assert.True(Directory.Exists(data.Keys) && Directory.Exists(data.Mails));
    }

    [Fact]
    public void One_may_live_in_the_directory_at_a_time_and_a_second_is_told_so_in_a_sentence()
    {
        using (DataDirectory.Open(files["data"]).Occupy())
        {
            AssertRefused(files["data"]);
            using var elsewhere = DataDirectory.Open(files["elsewhere"]).Occupy();
        }
        using var next = DataDirectory.Open(files["data"]).Occupy();
    }

    [Fact]
    public async Task Who_comes_while_the_one_before_is_leaving_waits_for_that()
    {
        var data = DataDirectory.Open(files["data"]);
        var leaving = data.Occupy();
        var coming = Task.Run(data.Occupy, TestContext.Current.CancellationToken);
        leaving.Dispose();
        using var come = await coming;
    }

    [Fact]
    public async Task The_directory_is_free_again_as_soon_as_the_process_that_had_it_was_killed()
    {
        await using var site = await SiteProcess.Start(DataDirectory.Open(files["data"]).Path, ("environment", "Production"));
        AssertRefused(files["data"]);
        await site.Kill();
        using var free = DataDirectory.Open(files["data"]).Occupy();
    }

    private static void AssertRefused(string path)
    {
        var refusal = Assert.Throws<SetupException>(() => DataDirectory.Open(path).Occupy());
        Assert.StartsWith($"Another process, the site no doubt, is running on {path}, ", refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }
}
