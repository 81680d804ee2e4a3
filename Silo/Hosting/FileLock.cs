using System.Diagnostics;

namespace MsaOrleans.Silo.Hosting;

/// <summary>A lock between processes of one machine: a file opened for oneself alone, which the system gives back whatever happens to us.</summary>
internal static class FileLock
{
    // What the system answers when somebody else has the file: EWOULDBLOCK on Linux and on macOS, ERROR_SHARING_VIOLATION on Windows.
    private static readonly int[] heldByAnother = [11, 35, unchecked((int)0x80070020)];

    private static readonly TimeSpan pause = TimeSpan.FromMilliseconds(20);

    /// <returns>The lock; nothing when somebody else held it all that time.</returns>
    /// <exception cref="IOException">The file cannot be made: the disk is full, say.</exception>
    public static FileStream? TryTake(string path, TimeSpan patience)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException held) when (heldByAnother.Contains(held.HResult))
            {
                if (Stopwatch.GetElapsedTime(started) >= patience)
                    return null;
                Thread.Sleep(pause);
            }
        }
    }
}
