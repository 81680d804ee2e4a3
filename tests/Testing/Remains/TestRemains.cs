using System.Diagnostics;
using System.Globalization;
using System.IO.Enumeration;
using System.Text;
using System.Text.RegularExpressions;

namespace MsaOrleans.Testing.Remains;

/// <summary>
/// What servers under test leave, looked through before it is deleted: data folders, databases with their logs, consoles, temporary files. Nothing in it may say in clear whom the caisses
/// know, what visitors typed, or what was mailed to them. <c>tests/run</c> asks for it, with a folder in <c>MSA_TEST_REMAINS</c>, and fails when something was found: one line in
/// <c>found</c> says where and what kind of thing, never the thing itself; <c>looked-through</c> counts files and bytes. Without that variable nothing is done.
/// </summary>
public static partial class TestRemains
{
    private const string Setting = "MSA_TEST_REMAINS";

    // Whom the files of the caisses name is looked for; of files of a hundred thousand people, some of them.
    private const int MostPeopleOfAFile = 1000;

    /// <summary>What is meant to be in clear, and why.</summary>
    private static readonly (string Name, string Why)[] inClear =
    [
        ("*.eml", "a mail, with whom it is for: the mailbox stands for his, or for a relay's"),
        (".*.tmp", "a mail that is being written, which becomes the one above"),
        ("*adherents*.csv", "from the caisses, or refused and on the way back to them: whoever imports it is told to delete it"),
        ("*payments*.csv", "the same"),
        ("refusal*", "what the tests tell their relay to answer: relays quote whom a letter is for"),
        ("nir", "whom audit export is asked about: a file of whoever asks, and no argument"),
    ];

    private static readonly string? folder = Environment.GetEnvironmentVariable(Setting);
    private static readonly SecretSearch search = new();
    private static readonly Lock turn = new();

    static TestRemains()
    {
        if (!AreLookedThrough)
            return;
        search.AddPerson(Person.LamyFritz);
        search.AddPerson(Person.Perrin);
        search.Add("password", Journeys.GoodPassword);
        // Whatever the servers of this process, or of one that was killed, have not taken away.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => LookThrough(Path.GetTempPath());
    }

    /// <summary>Somebody wants to know what is found.</summary>
    public static bool AreLookedThrough => folder is not null;

    /// <summary>Looks for a text from now on.</summary>
    /// <returns>The text.</returns>
    public static string Know(string kind, string text)
    {
        if (AreLookedThrough)
            search.Add(kind, text);
        return text;
    }

    /// <summary>Looks for what somebody typed into a form.</summary>
    public static void Know(IEnumerable<(string Field, string Value)> typed)
    {
        if (!AreLookedThrough)
            return;
        foreach (var (field, value) in typed)
            search.AddTyped(field, value);
    }

    /// <summary>Looks through a folder and all that is in it.</summary>
    public static void LookThrough(string path)
    {
        if (!AreLookedThrough || !Directory.Exists(path))
            return;
        var began = Stopwatch.GetTimestamp();
        // Pipes and sockets have no length, and whoever opened one would wait for ever.
        var files = new DirectoryInfo(path).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
            .Where(file => file.Length > 0).ToList();
        foreach (var file in files.Where(file => FileSystemName.MatchesSimpleExpression("*adherents*.csv", file.Name)))
            LearnFrom(file);
        var (count, bytes) = (0, 0L);
        foreach (var file in files.Where(file => !inClear.Any(clear => FileSystemName.MatchesSimpleExpression(clear.Name, file.Name))))
        {
            try
            {
                using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
                bytes += LookAt(Path.GetRelativePath(path, file.FullName), stream);
                count++;
            }
            catch (IOException)
            {
                // Its server is still at work, and has taken it away.
            }
        }
        Count(count, bytes, began);
    }

    /// <summary>Looks through what a process has said.</summary>
    /// <param name="what">How the report names it.</param>
    /// <param name="lines">Its console.</param>
    public static void LookThrough(string what, IEnumerable<string> lines)
    {
        if (!AreLookedThrough)
            return;
        var began = Stopwatch.GetTimestamp();
        Count(1, LookAt(what, new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines.Where(line => !Guide().IsMatch(line)))))), began);
    }

    // A site of the demonstration tells whoever starts it whom to be.
    [GeneratedRegex("^    \\S.*, born [0-9-]{10}$|^      NIR [0-9AB ]+, carte Vitale [0-9a-z]+, payments ")]
    private static partial Regex Guide();

    private static long LookAt(string what, Stream stream)
    {
        var kinds = new SortedSet<string>(StringComparer.Ordinal);
        var bytes = search.Read(stream, kinds);
        if (kinds.Count > 0)
            Write("found", $"{what}: {string.Join(", ", kinds)} ({Culprit()})");
        return bytes;
    }

    private static void LearnFrom(FileInfo file)
    {
        foreach (var cells in File.ReadLines(file.FullName).Take(MostPeopleOfAFile).Select(line => line.Split(';')).Where(cells => cells.Length > 12))
        {
            search.AddNir(cells[0]);
            search.Add("card serial", cells[10]);
            search.Add("address", cells[12]);
        }
    }

    /// <summary>The test whose remains they are, as near as can be told.</summary>
    private static string Culprit() =>
        new StackTrace().GetFrames().Select(frame => frame.GetMethod()?.DeclaringType?.FullName).FirstOrDefault(type => type?.Contains("Tests", StringComparison.Ordinal) == true)
            ?? AppDomain.CurrentDomain.FriendlyName;

    private static void Count(int files, long bytes, long began) =>
        Write("looked-through", string.Create(CultureInfo.InvariantCulture, $"{files} {bytes} {Stopwatch.GetElapsedTime(began).TotalMilliseconds:0}"));

    private static void Write(string report, string line)
    {
        lock (turn)
            File.AppendAllText(Path.Combine(folder!, report), line + "\n");
    }
}
