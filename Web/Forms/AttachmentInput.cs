using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Messages;

namespace MsaOrleans.Web.Forms;

/// <summary>Files that come with a message, and go out again.</summary>
public static class AttachmentInput
{
    /// <summary>What browsers offer to choose. iPhones make JPEG of their own kind of picture for it.</summary>
    public const string Accept = ".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png";

    /// <summary>Neither a browser nor a page can hold files for the next time.</summary>
    public const string ChooseAgain = "Les fichiers n'ont pas pu être gardés : choisissez-les à nouveau.";

    public const string NoRoom =
        "Vos messages en attente de réponse ont déjà beaucoup de pièces jointes. Attendez qu'un agent ait répondu, ou envoyez ce message sans fichier. Rien n'a été envoyé.";

    /// <summary>Reads the files of a form.</summary>
    /// <param name="faults">Gets a sentence for each file that is refused.</param>
    /// <param name="field">The name of the field.</param>
    /// <param name="sent">The files.</param>
    /// <param name="form">The form, which has the name alone of a file that was lost on its way (<see cref="Resilience.InterruptedRequest"/>).</param>
    public static IReadOnlyList<AttachedFile> Read(ModelStateDictionary faults, string field, IReadOnlyList<IFormFile> sent, IFormCollection form)
    {
        if (form[field].Any(name => name is { Length: > 0 }))
            faults.AddModelError(field, ChooseAgain);
        if (sent.Count > AttachmentLimits.MaxFiles)
        {
            faults.AddModelError(field, $"Vous avez choisi {sent.Count} fichiers. Joignez-en {AttachmentLimits.MaxFiles} au plus, et les autres à un deuxième message.");
            return [];
        }
        var read = new List<AttachedFile>();
        foreach (var file in sent)
        {
            var fault = file.Length > AttachmentLimits.MaxSize ? AttachmentFault.TooLarge : Read(file, read);
            if (fault is not AttachmentFault.None)
                faults.AddModelError(field, AttachmentTexts.SentenceOf(fault, AttachmentName.Shown(file.FileName) is { Length: > 0 } name ? $"«\u00a0{name}\u00a0»" : "Ce fichier", file.Length));
        }
        return read;
    }

    /// <summary>A file as a download that no browser takes for a page.</summary>
    public static IActionResult Download(this PageModel page, AttachmentContent? file)
    {
        if (file is null)
            return page.NotFound();
        page.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return page.File(file.Content, file.About.Type switch
        {
            AttachmentType.Pdf => "application/pdf",
            AttachmentType.Jpeg => "image/jpeg",
            AttachmentType.Png => "image/png",
        }, file.About.Name);
    }

    // It is in memory already: the form is not buffered anywhere else.
    private static AttachmentFault Read(IFormFile file, List<AttachedFile> read)
    {
        var content = new byte[file.Length];
        using var stream = file.OpenReadStream();
        stream.ReadExactly(content);
        var fault = AttachedFile.Read(file.FileName, content, out var attached);
        if (attached is not null)
            read.Add(attached);
        return fault;
    }
}
