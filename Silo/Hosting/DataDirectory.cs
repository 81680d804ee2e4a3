using Microsoft.Extensions.Configuration;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.Hosting;

/// <summary>The one directory in which an embedded installation keeps what must outlive the process: database, keys, mails.</summary>
public sealed class DataDirectory
{
    /// <summary>Configuration key of its path.</summary>
    public const string Setting = "Data:Directory";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // A site that is told to stop lets its letters leave first.
    private static readonly TimeSpan longestHandOver = TimeSpan.FromSeconds(3);

    private DataDirectory(string path) => Path = path;

    public string Path { get; }

    /// <summary>The SQLite database.</summary>
    public string Database => System.IO.Path.Combine(Path, "msa.db");

    /// <summary>Keys of ASP.NET Core Data Protection and of the pseudonyms. Whoever holds them and the database can read everything.</summary>
    public string Keys => System.IO.Path.Combine(Path, "keys");

    /// <summary>The mailbox that stands for a relay.</summary>
    public string Mails => System.IO.Path.Combine(Path, "mails");

    /// <summary>
    /// Takes the directory for the one silo that may live on it: a second one would have adherents of its own beside the first one's. Given back when
    /// disposed, or when the process ends, however it does.
    /// </summary>
    /// <exception cref="SetupException">Another process has it, or nobody may write there.</exception>
    public IDisposable Occupy() => Writing(Path, () =>
        FileLock.TryTake(System.IO.Path.Combine(Path, "silo.lock"), longestHandOver)
            ?? throw new SetupException(
                $"Another process, the site no doubt, is running on {Path}, and only one may: stop it first. A running site queues lost letters by itself, at its start and every minute."));

    /// <summary>Finds the directory, and makes it when it is not there yet, closed to other users.</summary>
    public static DataDirectory Open(IConfiguration configuration) =>
        Open(configuration[Setting] is { Length: > 0 } chosen ? chosen : DefaultPath());

    /// <exception cref="SetupException">It is not there and cannot be made.</exception>
    public static DataDirectory Open(string path) => Writing(path, () =>
    {
        var directory = new DataDirectory(System.IO.Path.GetFullPath(path));
        foreach (var each in (string[])[directory.Path, directory.Keys, directory.Mails])
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(each);
            else
                Directory.CreateDirectory(each, OwnerOnly);
        }
        return directory;
    });

    private static T Writing<T>(string path, Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new SetupException($"The data directory {path} cannot be written to: {refused.Message}");
        }
    }

    private static string DefaultPath() =>
        System.IO.Path.Combine(RepositoryAbove(Environment.CurrentDirectory) ?? RepositoryAbove(AppContext.BaseDirectory) ?? Environment.CurrentDirectory, "data");

    private static string? RepositoryAbove(string path)
    {
        for (var directory = new DirectoryInfo(path); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(directory.FullName, "MsaOrleans.sln")))
                return directory.FullName;
        }
        return null;
    }
}
