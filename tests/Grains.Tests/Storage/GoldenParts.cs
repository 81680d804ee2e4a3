using System.Globalization;
using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Credentials;

namespace MsaOrleans.Grains.Tests.Storage;

/// <summary>What every form of the golden adherent is made of: her addresses, her devices, her letters, the day on which she asked.</summary>
internal static class GoldenParts
{
    public static readonly EmailAddress Email = EmailAddress.Parse("marie-eve@example.fr");
    public static readonly EmailAddress NewEmail = EmailAddress.Parse("anne@éleveurs.example");
    public static readonly SignInOrigin Home = new("Ordinateur, Firefox", "203.0.113.x");
    public static readonly SignInOrigin Phone = new("Téléphone, Safari", "2001:db8:12::x");
    public static readonly DateTimeOffset Asked = At("2026-02-20T10:00:00");

    public static Dispatch Owed(int number, LetterKind kind, EmailAddress to) =>
        new() { Id = LetterId(number), Kind = kind, To = to, RequestedAt = Asked, NotBefore = Asked, OverdueAt = Asked.AddMinutes(5) };

    public static Guid LetterId(int number) => Guid.Parse($"01951f0a-0000-7000-8000-00000000000{number:x}");

    public static DateTimeOffset At(string utc) => DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
