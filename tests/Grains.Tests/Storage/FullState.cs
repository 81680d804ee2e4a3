using System.Collections.Immutable;
using System.Globalization;
using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Documents;
using MsaOrleans.Grains.Interfaces.Enrolments;
using MsaOrleans.Grains.Interfaces.Messages;
using MsaOrleans.Grains.Interfaces.Postal;
using MsaOrleans.Grains.Interfaces.Sessions;

namespace MsaOrleans.Grains.Tests.Storage;

/// <summary>
/// The adherent of the golden files, as each form of the row has her. Nothing of her is left at its default in the latest, though no real adherent has
/// all of it at once.
/// </summary>
internal static class FullState
{
    private static readonly EmailAddress email = EmailAddress.Parse("marie-eve@example.fr");
    private static readonly EmailAddress newEmail = EmailAddress.Parse("anne@éleveurs.example");
    private static readonly PhoneNumber mobile = PhoneNumber.Parse("+33612345678");
    private static readonly SignInOrigin home = new("Ordinateur, Firefox", "203.0.113.x");
    private static readonly SignInOrigin phone = new("Téléphone, Safari", "2001:db8:12::x");
    private static readonly DateTimeOffset asked = At("2026-02-20T10:00:00");

    /// <summary>What <c>adherent-v1.json</c> means: the sign-up and the first connection.</summary>
    public static readonly AdherentState V1 = new()
    {
        Owner = Guid.Parse("0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"),
        Nir = Nir.Parse("2 85 07 2A 068 022"),
        Identity = new("MULLER", "D'HERBÈS-LÉGER", "MARIE-ÈVE ANNE", new(1985, 7, 30)),
        Registration = new()
        {
            Drafts =
            [
                new()
                {
                    TicketHash = "dGlja2V0LW9uZQ==",
                    StartedAt = At("2026-03-01T08:00:00"),
                    EraseAt = At("2026-03-08T08:30:00"),
                    Details = new("d\u2019Herbès-Léger", "Marie-Ève", new(1985, 7, 30), email, mobile),
                    HealthInsured = false,
                    ProvedAt = At("2026-03-01T08:30:00"),
                },
            ],
            Completed = new(At("2026-02-01T09:00:00"), "dGlja2V0LXR3bw==", "2026-01"),
        },
        Verification = new()
        {
            Lockout = new() { Failures = 2, Locks = 3, Until = DateTimeOffset.MaxValue, LastFailureAt = At("2026-01-31T10:11:12.1234567") },
            Attempts =
            [
                new(At("2026-01-31T10:11:12.1234567"), ProofKind.VitaleCard, false),
                new(At("2026-02-01T08:59:00"), ProofKind.ReceivedPayment, true),
            ],
        },
        Credentials = new()
        {
            Personal = new("argon2id", 19456, 2, "AAECAwQFBgcICQoLDA0ODw==", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="),
            PersonalSince = At("2026-02-02T10:00:00"),
            Provisional = new(
                Letter(1), email,
                [new("argon2id", 19456, 3, "EBESExQVFhcYGRobHB0eHw==", "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=")],
                At("2026-03-04T08:31:00")),
            Lockout = new() { Failures = 1, Locks = 1, Until = At("2026-02-20T10:15:00"), LastFailureAt = asked },
            LastSignInAt = At("2026-02-19T07:00:00"),
            PreviousSignInAt = At("2026-02-18T07:00:00"),
        },
        Sessions = new() { Open = [new("c2Vzc2lvbg==", At("2026-02-19T07:00:00"), At("2026-02-19T07:10:00"), MustChangePassword: true)] },
        Contact = new()
        {
            Email = email,
            EmailVerifiedAt = At("2026-02-02T09:59:00"),
            MobilePhone = mobile,
            LandlinePhone = PhoneNumber.Parse("+33389123456"),
            Fax = PhoneNumber.Parse("+33389123457"),
            ConfirmedAt = At("2026-02-02T10:05:00"),
            PendingEmail = new(newEmail, Letter(2), ["bGluay1vbmU=", "bGluay10d28="], At("2026-02-21T10:00:00")),
        },
        Enrolments = new()
        {
            ServiceBundle = "particulier",
            Departments = [new("2A", At("2026-02-02T10:05:00")), new("68", At("2026-02-02T10:05:00"))],
        },
        Dispatches = new()
        {
            All =
            [
                Owed(1, LetterKind.ProvisionalPassword, email),
                Owed(2, LetterKind.EmailChangeLink, newEmail),
                Owed(3, LetterKind.EmailChangeRequested, email),
                new()
                {
                    Id = Letter(4),
                    Kind = LetterKind.EmailChanged,
                    To = email,
                    RequestedAt = At("2026-03-01T08:31:00"),
                    NotBefore = At("2026-03-01T08:31:10"),
                    OverdueAt = At("2026-03-01T08:36:10"),
                    Tries = 1,
                    LeasedUntil = At("2026-03-01T08:32:00"),
                    LastFailure = "Timed out.",
                    SentAt = At("2026-03-01T08:31:12"),
                    GivenUpAt = At("2026-03-01T08:31:13"),
                },
            ],
        },
    };

    /// <summary>What <c>adherent-v2.json</c> means: with departments that were asked for.</summary>
    public static readonly AdherentState V2 = V1 with
    {
        Sessions = new() { Open = V1.Sessions.Open.Add(new("Y29kZQ==", At("2026-03-09T10:00:00"), At("2026-03-09T10:01:00"), MustChangePassword: true, Letter(6))) },
        Enrolments = V1.Enrolments with
        {
            Departments = V1.Enrolments.Departments.Add(new("33", At("2026-03-09T10:02:00"), EnrolmentOrigin.Code)),
            Requests =
            [
                Ended("33", EnrolmentEnding.Activated, 1),
                Ended("68", EnrolmentEnding.KnownMeanwhile, 2),
                Ended("40", EnrolmentEnding.Expired, 3),
                Ended("64", EnrolmentEnding.Locked, 4),
                Ended("47", EnrolmentEnding.Cancelled, 5),
                new()
                {
                    Letter = Letter(6),
                    Department = "2B",
                    RequestedAt = At("2026-03-05T10:00:00"),
                    CodeDueAt = At("2026-03-08T10:00:00"),
                    Code = new(
                        [
                            new("argon2id", 19456, 2, "QEFCQ0RFRkdISUpLTE1OTw==", "UFFSU1RVVldYWVpbXF1eX2BhYmNkZWZnaGlqa2xtbm8="),
                            new("argon2id", 19456, 2, "QEFCQ0RFRkdISUpLTE1OTw==", "cHFyc3R1dnd4eXp7fH1+f4CBgoOEhYaHiImKi4yNjo8="),
                        ],
                        At("2026-04-07T10:00:05")),
                    CodeSentAt = At("2026-03-08T10:00:07"),
                    WrongTries = 4,
                    SignedInAt = At("2026-03-09T10:00:00"),
                    Ending = EnrolmentEnding.Undeliverable,
                    EndedAt = At("2026-03-09T10:00:01"),
                },
            ],
        },
        Dispatches = new()
        {
            All =
            [
                .. V1.Dispatches.All.RemoveAt(3),
                Owed(6, LetterKind.DepartmentCode, email) with { NotBefore = At("2026-03-08T10:00:00"), OverdueAt = At("2026-03-08T10:05:00") },
                V1.Dispatches.All[3],
            ],
        },
    };

    /// <summary>What <c>adherent-v3.json</c> means: with the life of her credentials and of her account.</summary>
    public static readonly AdherentState V3 = V2 with
    {
        Registration = V2.Registration with { Completed = V2.Registration.Completed! with { EraseUnopenedAt = At("2026-02-11T09:00:00") } },
        Credentials = V2.Credentials with
        {
            SignIns =
            [
                new(At("2026-02-02T09:59:00"), SignInMeans.ProvisionalPassword, home),
                new(At("2026-02-19T07:00:00"), SignInMeans.Password, home),
                new(At("2026-03-09T10:00:00"), SignInMeans.DepartmentCode, phone),
            ],
        },
        Sessions = new()
        {
            Open = V2.Sessions.Open.Add(new("Y29kZTI=", At("2026-03-09T11:00:00"), At("2026-03-09T11:01:00"), MustChangePassword: true, Letter(6), phone)),
        },
        Contact = V2.Contact with
        {
            Reception = new(ReceptionMode.Paper, ReceptionMode.Paper),
            AddressChanges = new()
            {
                All =
                [
                    new(new("3 place de l'Église", "67000", "Strasbourg"), At("2026-02-25T08:00:00"), ReplacedAt: At("2026-02-26T08:00:00")),
                    new(new("8 rue Haute", "68000", "Colmar"), At("2026-02-26T08:00:00"), At("2026-03-02T08:00:00"), At("2026-03-03T08:00:00")),
                ],
            },
        },
        Dispatches = new()
        {
            All =
            [
                .. V2.Dispatches.All.RemoveAt(4),
                Owed(5, LetterKind.NewProvisionalPassword, email),
                Owed(7, LetterKind.SignInLocked, email),
                Owed(8, LetterKind.PasswordChanged, email),
                Owed(9, LetterKind.AccountClosed, email),
                V2.Dispatches.All[4],
            ],
        },
        Recovery = new() { Granted = [At("2026-03-09T09:00:00"), At("2026-03-09T09:10:00")], LastIgnoredAt = At("2026-03-09T09:20:00") },
        Closures = [new(At("2024-01-01T09:00:00"), "2023-10", At("2025-06-01T18:00:00"))],
    };

    /// <summary>What <c>adherent-v4.json</c> means: with what the hotline did for her.</summary>
    public static readonly AdherentState V4 = V3 with
    {
        Verification = V3.Verification with
        {
            Attempts = V3.Verification.Attempts.Add(new(At("2026-02-01T10:00:00"), ProofKind.ReceivedPayment, true, At("2026-02-01T11:00:00"))),
        },
        Dispatches = new()
        {
            All =
            [
                .. V3.Dispatches.All.RemoveAt(8),
                Owed(0xa, LetterKind.EmailCorrectionRequested, email),
                Owed(0xb, LetterKind.EmailCorrected, email),
                V3.Dispatches.All[8],
            ],
        },
        Assistance = new()
        {
            Notes = [new(At("2026-03-09T14:00:00"), "c.roth", "Rappeler jeudi : <b>l'adresse</b> n'est plus la bonne.\nElle a l'ancienne carte.")],
            PasswordsSent = [At("2026-03-09T14:05:00")],
        },
    };

    /// <summary>What <c>adherent-v5.json</c> means: with what she wrote to the MSA, and was answered.</summary>
    public static readonly AdherentState V5 = V4 with
    {
        Dispatches = new()
        {
            All =
            [
                .. V4.Dispatches.All.RemoveAt(10),
                Owed(0xc, LetterKind.MessageAnswered, email),
                V4.Dispatches.All[10],
            ],
        },
        Conversations = new()
        {
            All =
            [
                new()
                {
                    Id = Guid.Parse("01951f0b-0000-7000-8000-000000000001"),
                    Topic = MessageTopic.Payments,
                    Messages = [new(At("2026-03-08T12:00:00"), Agent: null, "Mon paiement de février n'est pas arrivé.")],
                },
                new()
                {
                    Id = Guid.Parse("01951f0b-0000-7000-8000-000000000002"),
                    Topic = MessageTopic.ContactDetails,
                    Messages =
                    [
                        new(At("2026-03-09T12:00:00"), Agent: null, "Je déménage : <b>8 rue Haute</b>.\nMerci."),
                        new(At("2026-03-09T15:00:00"), "c.roth", "C'est noté & transmis."),
                    ],
                    Shown = 2,
                    Hold = new("c.roth", At("2026-03-09T14:50:00")),
                    ClosedAt = At("2026-03-09T15:00:00"),
                },
            ],
        },
    };

    /// <summary>What <c>adherent-v6.json</c> means: with FranceConnect, both ways.</summary>
    public static readonly AdherentState V6 = V5 with
    {
        Registration = V5.Registration with
        {
            Drafts = [V5.Registration.Drafts[0] with { FranceConnect = new("a1b2c3v1", V5.Identity!, newEmail) }],
        },
        Verification = V5.Verification with { Attempts = V5.Verification.Attempts.Insert(0, new(At("2026-01-31T09:00:00"), ProofKind.FranceConnect, true)) },
        Credentials = V5.Credentials with
        {
            SignIns =
            [
                .. V5.Credentials.SignIns,
                new(At("2026-03-09T16:00:00"), SignInMeans.FranceConnect, home),
                new(At("2026-03-09T17:00:00"), SignInMeans.ForFranceConnect, phone),
            ],
        },
        FranceConnect = new()
        {
            Subject = "b2c3d4v1",
            LinkedAt = At("2026-03-09T16:00:00"),
            VouchedAs = Guid.Parse("5d0c7a3e-2b1f-4c6d-9e8f-0a1b2c3d4e5f"),
        },
        Dispatches = new()
        {
            All =
            [
                .. V5.Dispatches.All.RemoveAt(11),
                Owed(0xd, LetterKind.FranceConnectLinked, email),
                V5.Dispatches.All[11],
            ],
        },
    };

    /// <summary>What <c>adherent-v7.json</c> means: with certificates.</summary>
    public static readonly AdherentState V7 = V6 with
    {
        Documents = new()
        {
            Certificates =
            [
                new(Guid.Parse("01951f0c-0000-7000-8000-000000000001"), VerificationCode.Parse("7K3M-9QRT-0B2W-XY4Z"), "D'HERBÈS-LÉGER MARIE-ÈVE", At("2026-03-09T18:00:00"), 35570),
                new(
                    Guid.Parse("01951f0c-0000-7000-8000-000000000002"), VerificationCode.Parse("0123-4567-89AB-CDEF"), "D'HERBÈS-LÉGER MARIE-ÈVE", At("2026-03-09T18:05:00"), 37187,
                    new(new(2026, 1, 1), new(2026, 3, 9))),
            ],
            PruneAt = At("2026-03-09T18:05:00"),
        },
    };

    /// <summary>What <c>adherent-v8.json</c> means: with files that went with messages.</summary>
    public static readonly AdherentState V8 = V7 with
    {
        Conversations = new()
        {
            All =
            [
                WithFiles(
                    V7.Conversations.All[0],
                    new(Guid.Parse("01951f0d-0000-7000-8000-000000000001"), "Relevé de février.pdf", AttachmentType.Pdf, 48213),
                    new(Guid.Parse("01951f0d-0000-7000-8000-000000000002"), "IMG_20260308.jpg", AttachmentType.Jpeg, 2_718_281)),
                WithFiles(V7.Conversations.All[1], new Attachment(Guid.Parse("01951f0d-0000-7000-8000-000000000003"), "image.png", AttachmentType.Png, 1)),
            ],
        },
    };

    /// <summary>What <c>adherent-v9.json</c> means: with copies on paper, and the letters that say what is not on paper.</summary>
    public static readonly AdherentState Value = V8 with
    {
        PostalCopies = new()
        {
            Caisse = "alsace",
            All =
            [
                new(Guid.Parse("01951f0c-0000-7000-8000-000000000001"), PostalCopyKind.Certificate, At("2026-03-09T18:00:00")) { Preparation = new("7K3M9QRT", "marie.durand", At("2026-03-10T08:00:00")) },
                new(Guid.Parse("01951f0a-0000-7000-8000-0000000000a0"), PostalCopyKind.Acknowledgement, asked)
                {
                    Preparation = new("0B2WXY4Z", "marc", At("2026-02-21T08:00:00")),
                    PrintedAt = At("2026-02-21T08:05:00"),
                    PostedAt = At("2026-02-21T15:00:00"),
                },
            ],
        },
        Dispatches = new()
        {
            All =
            [
                .. V8.Dispatches.All.RemoveAt(V8.Dispatches.All.Count - 1),
                Owed(0xe, LetterKind.CertificateMade, email),
                Owed(0xf, LetterKind.DepartmentRequested, email),
                V8.Dispatches.All[^1],
            ],
        },
    };

    private static Conversation WithFiles(Conversation conversation, params ImmutableList<Attachment> files) =>
        conversation with { Messages = conversation.Messages.SetItem(conversation.Messages.Count - 1, conversation.Messages[^1] with { Attachments = files }) };

    private static EnrolmentRequest Ended(string department, EnrolmentEnding ending, int days) => new()
    {
        Letter = Guid.Parse($"01951f0a-0000-7000-8000-0000000000{days}0"),
        Department = department,
        RequestedAt = asked,
        CodeDueAt = asked.AddDays(3),
        Ending = ending,
        EndedAt = asked.AddDays(days),
    };

    private static Dispatch Owed(int number, LetterKind kind, EmailAddress to) =>
        new() { Id = Letter(number), Kind = kind, To = to, RequestedAt = asked, NotBefore = asked, OverdueAt = asked.AddMinutes(5) };

    private static Guid Letter(int number) => Guid.Parse($"01951f0a-0000-7000-8000-00000000000{number:x}");

    private static DateTimeOffset At(string utc) => DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
