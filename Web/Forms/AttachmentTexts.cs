using MsaOrleans.Grains.Interfaces.Messages;

namespace MsaOrleans.Web.Forms;

/// <summary>Files that go with messages, in words.</summary>
public static class AttachmentTexts
{
    public static string Of(AttachmentType type) => type switch
    {
        AttachmentType.Pdf => "PDF",
        AttachmentType.Jpeg => "JPEG",
        AttachmentType.Png => "PNG",
    };

    /// <summary>Why a file is refused, and what to do.</summary>
    public static string SentenceOf(AttachmentFault fault, string name, long size) => fault switch
    {
        AttachmentFault.Empty => $"{name} est vide. Choisissez-le à nouveau, ou choisissez un autre fichier.",
        AttachmentFault.TooLarge => $"{name} pèse {FileSize.Of(size)}. Un fichier pèse {MaxSize} au plus : réduisez-le, ou prenez une photo moins détaillée.",
        AttachmentFault.UnknownType => $"{name} n'est ni un PDF, ni une image JPEG ou PNG. Enregistrez-le sous l'une de ces formes, ou prenez-le en photo.",
        AttachmentFault.Broken => $"{name} est incomplet ou abîmé. Vérifiez qu'il s'ouvre sur votre appareil, puis enregistrez-le à nouveau.",
        AttachmentFault.Active => $"{name} contient un programme, que nous n'acceptons pas. Imprimez-le en PDF, et joignez ce nouveau fichier.",
        AttachmentFault.TooManyPixels => $"{name} est une image trop grande. Réduisez-la, ou prenez une autre photo.",
        AttachmentFault.None => throw new ArgumentOutOfRangeException(nameof(fault)),
    };

    /// <summary><c>5 Mo</c>.</summary>
    internal static string MaxSize => $"{AttachmentLimits.MaxSize / (1024 * 1024)}\u00a0Mo";
}
