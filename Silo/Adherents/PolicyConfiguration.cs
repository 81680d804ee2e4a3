using System.Globalization;
using Microsoft.Extensions.Configuration;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Domain.Arrivals;
using MsaOrleans.Silo.Credentials;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.Adherents;

/// <summary>Reads the limits in force from the configuration; what is not set keeps its default.</summary>
public static class PolicyConfiguration
{
    // More would let a handful of sign-ins take the machine.
    private const int MostMemoryKib = 1024 * 1024;
    private const int MostPasses = 100;
    private const int MostPresent = 1_000_000;

    private static readonly char[] separators = [';', ','];

    // No limit here makes sense beyond it, and dates have an end.
    private static readonly TimeSpan longest = TimeSpan.FromDays(36_500);

    /// <exception cref="SetupException">A value cannot be read, or makes hashes cheaper than they may be.</exception>
    public static Argon2Settings ReadHashing(IConfiguration configuration)
    {
        return new(
            Number(configuration, "Credentials:Argon2:MemoryKib", Argon2Settings.LeastMemoryKib, Argon2Settings.LeastMemoryKib, MostMemoryKib),
            Number(configuration, "Credentials:Argon2:Passes", Argon2Settings.LeastPasses, Argon2Settings.LeastPasses, MostPasses));
    }

    /// <exception cref="SetupException">A value cannot be read.</exception>
    public static WaitingLinePolicy ReadWaitingLine(IConfiguration configuration) =>
        new(Number(configuration, "WaitingRoom:FirstLimit", new WaitingLinePolicy().FirstLimit, 1, MostPresent))
        {
            LetterGoal = Span(configuration, "WaitingRoom:LetterGoal", new WaitingLinePolicy().LetterGoal),
        };

    private static int Number(IConfiguration configuration, string key, int otherwise, int least, int most) => configuration[key] is not { Length: > 0 } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw new SetupException(string.Create(CultureInfo.InvariantCulture, $"{key} must be a whole number from {least} to {most}."));

    private static TimeSpan Span(IConfiguration configuration, string key, TimeSpan otherwise) =>
        configuration[key] is { Length: > 0 } text ? Parse(key, text) : otherwise;

    /// <exception cref="SetupException">A value cannot be read.</exception>
    public static AdherentPolicy Read(IConfiguration configuration)
    {
        var standard = new AdherentPolicy();
        return standard with
        {
            CardSerialPrefix = configuration["Verification:CardSerialPrefix"] ?? standard.CardSerialPrefix,
            Verification = standard.Verification with
            {
                Attempts = Count("Verification:Attempts", standard.Verification.Attempts),
                Locks = Spans("Verification:Locks", standard.Verification.Locks),
            },
            SignIn = LockoutPolicy.Doubling(
                Count("SignIn:Attempts", standard.SignIn.Attempts), Span("SignIn:FirstLock", standard.SignIn.Locks[0]), standard.SignIn.Locks[^1]),
            Session = new(Span("Session:Idle", standard.Session.Idle), Span("Session:Absolute", standard.Session.Absolute)),
            AbandonedAfter = Span("Registration:AbandonedAfter", standard.AbandonedAfter),
            ProvisionalLifetime = Span("Credentials:ProvisionalLifetime", standard.ProvisionalLifetime),
            CodeDelay = Span("Departments:CodeDelay", standard.CodeDelay),
            CodeLifetime = Span("Departments:CodeLifetime", standard.CodeLifetime),
            MailRetryDelays = Spans("Mail:RetryDelays", standard.MailRetryDelays),
        };

        int Count(string key, int otherwise) => configuration[key] is not { Length: > 0 } text ? otherwise
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 ? count
            : throw new SetupException($"{key} must be a whole number above zero.");

        TimeSpan Span(string key, TimeSpan otherwise) => PolicyConfiguration.Span(configuration, key, otherwise);

        // Either one value with separators, or a list as configuration files have it (Verification:Locks:0, ...).
        IReadOnlyList<TimeSpan> Spans(string key, IReadOnlyList<TimeSpan> otherwise)
        {
            var section = configuration.GetSection(key);
            IEnumerable<string?> texts = section.Value is { Length: > 0 } joined
                ? joined.Split(separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                : section.GetChildren().Select(child => child.Value);
            TimeSpan[] spans = [.. texts.Select(text => Parse(key, text))];
            return spans.Length == 0 ? otherwise : spans;
        }
    }

    internal static TimeSpan Parse(string key, string? text) =>
        TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && span > TimeSpan.Zero && span <= longest
            ? span
            : throw new SetupException($"{key}: \"{text}\" is not a time span such as 00:15:00 or 1.00:00:00.");
}
