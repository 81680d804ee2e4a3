using System.Diagnostics;
using System.Globalization;

namespace MsaOrleans.Testing;

/// <summary>A disk of some megabytes that a test fills, frees and makes read-only: a file system in memory, which only root can mount.</summary>
public sealed class SmallDisk : IDisposable
{
    /// <summary>Why a test is skipped that has none.</summary>
    public const string NotAllowed = "A small disk cannot be mounted here: that takes root, in a container that allows it (CAP_SYS_ADMIN).";

    private const int Page = 4096;

    private readonly TempFolder folder = new();

    private SmallDisk()
    {
    }

    /// <summary>Where it is mounted. Everybody may write there.</summary>
    public string Path => folder.Path;

    private string Filling => folder["filling"];

    /// <returns>An empty one; nothing where this machine does not let us.</returns>
    public static SmallDisk? TryMount(int megabytes)
    {
        var disk = new SmallDisk();
        if (Ran("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m,mode=1777"), "msa-orleans-test", disk.Path))
            return disk;
        disk.folder.Dispose();
        return null;
    }

    /// <summary>Takes all that is free.</summary>
    public void Fill()
    {
        using var file = new FileStream(Filling, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        var page = new byte[Page];
        try
        {
            while (true)
                file.Write(page);
        }
        catch (IOException) // it is full
        {
        }
    }

    /// <summary>Gives it back.</summary>
    public void Free() => File.Delete(Filling);

    /// <summary>Lets nobody write, or everybody again. Nobody may have a file open for writing.</summary>
    public void Remount(bool readOnly)
    {
        if (!Ran("mount", "-o", readOnly ? "remount,ro" : "remount,rw", Path))
            throw new InvalidOperationException("The small disk could not be mounted anew: somebody has a file open.");
    }

    public void Dispose()
    {
        Ran("umount", "--lazy", Path);
        folder.Dispose();
    }

    private static bool Ran(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
