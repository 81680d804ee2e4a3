using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Ports;
using static MsaOrleans.Grains.Tests.Samples;

namespace MsaOrleans.Grains.Tests.Domain;

/// <summary>Rows of one adherent, from a sign-up under way to accounts that were closed.</summary>
internal static class AdherentStateSamples
{
    public static readonly AdherentPolicy Policy = new();
    public static readonly Guid LetterId = Guid.NewGuid();
    public static readonly PasswordHash Hash = new("argon2id", 19456, 2, "c2FsdA==", "aGFzaA==");
    private static readonly Completion completion = new(Now, "ticket", "2026-01");

    public static AdherentState Drafted() => new() { Nir = FritzNir, Registration = new Registration().Begin("ticket", Now, Policy.AbandonedAfter) };

    /// <summary>He has asked for a department, and its letter is to leave in three days.</summary>
    public static AdherentState Waiting() => Completed() with
    {
        Enrolments = new Enrolments().Request("01", LetterId, Now.AddDays(3), Now).Item1,
        Dispatches = new Dispatches().Request(LetterId, LetterKind.DepartmentCode, Email, Now, Now.AddDays(3)),
    };

    /// <summary>He never came to open the account that he made.</summary>
    public static AdherentState Unopened() => new()
    {
        Nir = FritzNir,
        Identity = CivilIdentity.Of(Fritz),
        Registration = new() { Completed = completion with { EraseUnopenedAt = Now.AddDays(10) } },
        Credentials = new Credentials().Issue(LetterId, Email, Hash, Now.AddDays(3)),
        Contact = new() { Email = Email },
        Dispatches = new Dispatches().Request(LetterId, LetterKind.ProvisionalPassword, Email, Now).Confirm(LetterId, Now),
    };

    /// <summary>He had two accounts and closed them, the first a year ago.</summary>
    public static AdherentState Closures() => new()
    {
        Closures = [new(Now.AddYears(-2), "2024-01", Now.AddYears(-1)), new(Now.AddMonths(-6), "2025-01", Now)],
    };

    public static AdherentState Completed() => new() { Nir = FritzNir, Registration = new() { Completed = completion } };
}
