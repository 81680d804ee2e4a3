using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Enrolments;
using MsaOrleans.Grains.Ports;
using static MsaOrleans.Grains.Tests.Samples;

namespace MsaOrleans.Grains.Tests.Domain;

/// <summary>Department 01 asked for, its letter sent with a code three days later, good for thirty; and 2A beside it.</summary>
internal static class EnrolmentSamples
{
    public static readonly Guid Letter = Guid.NewGuid();
    public static readonly Guid OtherLetter = Guid.NewGuid();
    public static readonly DateTimeOffset DueAt = Now.AddDays(3);
    public static readonly DateTimeOffset SentAt = DueAt.AddSeconds(2);
    public static readonly DateTimeOffset Expiry = Now.AddDays(33);
    public static readonly DateTimeOffset LastMoment = Expiry.AddTicks(-1);
    public static readonly PasswordHash Code = Hash("code");
    public static readonly PasswordHash SecondCode = Hash("second");
    public static readonly PasswordHash OtherCode = Hash("other");

    public static Enrolments Asked() => new Enrolments().Request("01", Letter, DueAt, Now).Item1;

    public static Enrolments Issued() => Asked().Issue(Letter, Code, Expiry);

    public static Enrolments Sent() => Issued().Sent(Letter, SentAt);

    /// <summary>He waits for two departments, and both codes have left.</summary>
    public static Enrolments Both() => Sent().Request("2A", OtherLetter, DueAt, Now).Item1.Issue(OtherLetter, OtherCode, Expiry).Sent(OtherLetter, SentAt);

    /// <summary>What came of each of so many wrong codes for the first department.</summary>
    public static List<(Enrolments Enrolments, CodeOutcome Outcome)> Tried(Enrolments enrolments, int times)
    {
        var tries = new List<(Enrolments Enrolments, CodeOutcome Outcome)>();
        while (tries.Count < times)
        {
            tries.Add(enrolments.TryCode("01", null, SentAt));
            enrolments = tries[^1].Enrolments;
        }
        return tries;
    }

    public static PasswordHash Hash(string text) => new("argon2id", 19456, 2, "c2FsdA==", text);
}
