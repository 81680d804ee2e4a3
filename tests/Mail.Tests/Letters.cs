using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Silo.Mail;
using MsaOrleans.Testing;

namespace MsaOrleans.Mail.Tests;

/// <summary>Letters to send, and their writer, at a known moment.</summary>
internal static class Letters
{
    public const string Secret = "Kx7-mbPq&3<v";

    public static readonly DateTimeOffset Now = new(2026, 2, 26, 9, 30, 0, TimeSpan.Zero);

    public static readonly FakeTimeProvider Clock = new(Now);

    public static readonly SiteOptions Site = new() { PublicUrl = new Uri("https://espace-prive.msa.example/") };

    public static LetterWriter Writer { get; } = new(Options.Create(new MailOptions()), Options.Create(Site), Clock);

    public static Letter Of(LetterKind kind, string name = "LAMY Fritz", string to = "lamy.fritz@example.fr") =>
        new(kind, EmailAddress.Parse(to), name, HasSecret(kind) ? Secret : null, EndOf(kind), kind == LetterKind.DepartmentCode ? "67" : null);

    public static bool HasSecret(LetterKind kind) => kind switch
    {
        LetterKind.ProvisionalPassword or LetterKind.NewProvisionalPassword or LetterKind.EmailChangeLink or LetterKind.DepartmentCode => true,
        LetterKind.EmailChangeRequested or LetterKind.EmailChanged or LetterKind.SignInLocked or LetterKind.PasswordChanged or LetterKind.AccountClosed
            or LetterKind.EmailCorrectionRequested or LetterKind.EmailCorrected or LetterKind.MessageAnswered or LetterKind.FranceConnectLinked
            or LetterKind.CertificateMade or LetterKind.DepartmentRequested => false,
    };

    // A secret lasts three days; the first lock, a quarter of an hour.
    private static DateTimeOffset? EndOf(LetterKind kind) => HasSecret(kind) ? Now.AddDays(3) : kind == LetterKind.SignInLocked ? Now.AddMinutes(15) : null;

    /// <summary>A letter written, put into bytes and read again, as its reader gets it.</summary>
    public static ReceivedMail Read(Letter letter)
    {
        using var bytes = new MemoryStream();
        Writer.Write(letter).WriteTo(bytes);
        bytes.Position = 0;
        return new ReceivedMail(MimeKit.MimeMessage.Load(bytes));
    }
}
