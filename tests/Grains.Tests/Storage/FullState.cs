using System.Collections.Immutable;
using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Documents;
using MsaOrleans.Grains.Interfaces.Messages;
using MsaOrleans.Grains.Interfaces.Postal;
using MsaOrleans.Grains.Interfaces.Sessions;
using static MsaOrleans.Grains.Tests.Storage.GoldenParts;

namespace MsaOrleans.Grains.Tests.Storage;

/// <summary>
/// The adherent of the golden files, as each form of the row has her after <see cref="FirstForms"/>. Nothing of her is left at its default in the latest,
/// though no real adherent has all of it at once.
/// </summary>
internal static class FullState
{
    /// <summary>What <c>adherent-v4.json</c> means: with what the hotline did for her.</summary>
    public static readonly AdherentState V4 = FirstForms.V3 with
    {
        Verification = FirstForms.V3.Verification with
        {
            Attempts = FirstForms.V3.Verification.Attempts.Add(new(At("2026-02-01T10:00:00"), ProofKind.ReceivedPayment, true, At("2026-02-01T11:00:00"))),
        },
        Dispatches = new()
        {
            All =
            [
                .. FirstForms.V3.Dispatches.All.RemoveAt(8),
                Owed(0xa, LetterKind.EmailCorrectionRequested, Email),
                Owed(0xb, LetterKind.EmailCorrected, Email),
                FirstForms.V3.Dispatches.All[8],
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
                Owed(0xc, LetterKind.MessageAnswered, Email),
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
            Drafts = [V5.Registration.Drafts[0] with { FranceConnect = new("a1b2c3v1", V5.Identity!, NewEmail) }],
        },
        Verification = V5.Verification with { Attempts = V5.Verification.Attempts.Insert(0, new(At("2026-01-31T09:00:00"), ProofKind.FranceConnect, true)) },
        Credentials = V5.Credentials with
        {
            SignIns =
            [
                .. V5.Credentials.SignIns,
                new(At("2026-03-09T16:00:00"), SignInMeans.FranceConnect, Home),
                new(At("2026-03-09T17:00:00"), SignInMeans.ForFranceConnect, Phone),
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
                Owed(0xd, LetterKind.FranceConnectLinked, Email),
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
                new(Guid.Parse("01951f0a-0000-7000-8000-0000000000a0"), PostalCopyKind.Acknowledgement, Asked)
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
                Owed(0xe, LetterKind.CertificateMade, Email),
                Owed(0xf, LetterKind.DepartmentRequested, Email),
                V8.Dispatches.All[^1],
            ],
        },
    };

    private static Conversation WithFiles(Conversation conversation, params ImmutableList<Attachment> files) =>
        conversation with { Messages = conversation.Messages.SetItem(conversation.Messages.Count - 1, conversation.Messages[^1] with { Attachments = files }) };
}
