using MsaOrleans.Testing.Remains;

namespace MsaOrleans.Testing;

/// <summary>A folder of one test, gone with it.</summary>
public sealed class TempFolder : IDisposable
{
    private const int Tries = 10;

    public string Path { get; } = Directory.CreateTempSubdirectory("msa-orleans-").FullName;

    /// <summary>The path of something in it.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Puts a file into it.</summary>
    /// <returns>Its path.</returns>
    public string Holding(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    public void Dispose()
    {
        if (!Directory.Exists(Path))
            return;
        TestRemains.LookThrough(Path);
        for (var tries = 1; Directory.Exists(Path); tries++)
        {
            try
            {
                Directory.Delete(Path, recursive: true);
            }
            catch (IOException) when (tries < Tries)
            {
                // Data Protection renews its keys behind everybody's back, and one more may have come while the others went.
            }
        }
    }
}
