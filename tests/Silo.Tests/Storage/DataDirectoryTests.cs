using Microsoft.Extensions.Configuration;
using MsaOrleans.Silo.Hosting;
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
}
