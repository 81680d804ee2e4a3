using System.Collections.Concurrent;

namespace MsaOrleans.Web.Tests.Security;

/// <summary>Answers to one question, about somebody known and somebody unknown: words and time must be alike (ASVS 6.3.8).</summary>
internal sealed class Answers
{
    private readonly ConcurrentBag<(bool IsKnown, double Milliseconds, string Told)> all = [];

    /// <summary>Notes an answer.</summary>
    /// <param name="isKnown">What it was about.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="typed">What was typed and may come back in it.</param>
    public void Note(bool isKnown, Answer answer, params string[] typed) => all.Add((isKnown, answer.Time.TotalMilliseconds, answer.Told(typed)));

    public void AssertAlike(string what, int status)
    {
        Assert.StartsWith($"{status}\n", Assert.Single(all.Select(answer => answer.Told).Distinct()), StringComparison.Ordinal);
        Durations.AssertAlike(what, Of(isKnown: true), Of(isKnown: false));
    }

    /// <summary>Asks about pairs of both kinds, in each pair in random order.</summary>
    public static async Task InRandomOrder<T>(Random random, IEnumerable<T> known, IEnumerable<T> unknown, Func<T, bool, Task> ask)
    {
        foreach (var (one, other) in known.Zip(unknown))
        {
            foreach (var isKnown in random.Next(2) == 0 ? (bool[])[true, false] : [false, true])
                await ask(isKnown ? one : other, isKnown);
        }
    }

    private List<double> Of(bool isKnown) => [.. all.Where(answer => answer.IsKnown == isKnown).Select(answer => answer.Milliseconds)];
}
