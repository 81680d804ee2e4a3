using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Grains.Interfaces.Enrolments;
using MsaOrleans.Grains.Interfaces.Sessions;
using static MsaOrleans.Grains.Tests.Storage.GoldenParts;

namespace MsaOrleans.Grains.Tests.Storage;

/// <summary>
/// The adherent of the golden files, as the first three forms of the row have her: how she signed up, and the life of her account by herself. <see cref="FullState"/> goes on.
/// </summary>
internal static class FirstForms
{
    private static readonly PhoneNumber mobile = PhoneNumber.Parse("+33612345678");

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
                    Details = new("d\u2019Herbès-Léger", "Marie-Ève", new(1985, 7, 30), Email, mobile),
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
                LetterId(1), Email,
                [new("argon2id", 19456, 3, "EBESExQVFhcYGRobHB0eHw==", "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=")],
                At("2026-03-04T08:31:00")),
            Lockout = new() { Failures = 1, Locks = 1, Until = At("2026-02-20T10:15:00"), LastFailureAt = Asked },
            LastSignInAt = At("2026-02-19T07:00:00"),
            PreviousSignInAt = At("2026-02-18T07:00:00"),
        },
        Sessions = new() { Open = [new("c2Vzc2lvbg==", At("2026-02-19T07:00:00"), At("2026-02-19T07:10:00"), MustChangePassword: true)] },
        Contact = new()
        {
            Email = Email,
            EmailVerifiedAt = At("2026-02-02T09:59:00"),
            MobilePhone = mobile,
            LandlinePhone = PhoneNumber.Parse("+33389123456"),
            Fax = PhoneNumber.Parse("+33389123457"),
            ConfirmedAt = At("2026-02-02T10:05:00"),
            PendingEmail = new(NewEmail, LetterId(2), ["bGluay1vbmU=", "bGluay10d28="], At("2026-02-21T10:00:00")),
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
                Owed(1, LetterKind.ProvisionalPassword, Email),
                Owed(2, LetterKind.EmailChangeLink, NewEmail),
                Owed(3, LetterKind.EmailChangeRequested, Email),
                new()
                {
                    Id = LetterId(4),
                    Kind = LetterKind.EmailChanged,
                    To = Email,
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
        Sessions = new() { Open = V1.Sessions.Open.Add(new("Y29kZQ==", At("2026-03-09T10:00:00"), At("2026-03-09T10:01:00"), MustChangePassword: true, LetterId(6))) },
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
                    Letter = LetterId(6),
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
                Owed(6, LetterKind.DepartmentCode, Email) with { NotBefore = At("2026-03-08T10:00:00"), OverdueAt = At("2026-03-08T10:05:00") },
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
                new(At("2026-02-02T09:59:00"), SignInMeans.ProvisionalPassword, Home),
                new(At("2026-02-19T07:00:00"), SignInMeans.Password, Home),
                new(At("2026-03-09T10:00:00"), SignInMeans.DepartmentCode, Phone),
            ],
        },
        Sessions = new()
        {
            Open = V2.Sessions.Open.Add(new("Y29kZTI=", At("2026-03-09T11:00:00"), At("2026-03-09T11:01:00"), MustChangePassword: true, LetterId(6), Phone)),
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
                Owed(5, LetterKind.NewProvisionalPassword, Email),
                Owed(7, LetterKind.SignInLocked, Email),
                Owed(8, LetterKind.PasswordChanged, Email),
                Owed(9, LetterKind.AccountClosed, Email),
                V2.Dispatches.All[4],
            ],
        },
        Recovery = new() { Granted = [At("2026-03-09T09:00:00"), At("2026-03-09T09:10:00")], LastIgnoredAt = At("2026-03-09T09:20:00") },
        Closures = [new(At("2024-01-01T09:00:00"), "2023-10", At("2025-06-01T18:00:00"))],
    };

    private static EnrolmentRequest Ended(string department, EnrolmentEnding ending, int days) => new()
    {
        Letter = Guid.Parse($"01951f0a-0000-7000-8000-0000000000{days}0"),
        Department = department,
        RequestedAt = Asked,
        CodeDueAt = Asked.AddDays(3),
        Ending = ending,
        EndedAt = Asked.AddDays(days),
    };
}
