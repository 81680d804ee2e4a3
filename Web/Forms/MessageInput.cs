using Microsoft.AspNetCore.Mvc.ModelBinding;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Messages;

namespace MsaOrleans.Web.Forms;

/// <summary>Reads a message, measured as it will be kept: forms send two characters for the end of a line.</summary>
public static class MessageInput
{
    public static void Check(ModelStateDictionary faults, string field, string? typed, string missing)
    {
        var text = Typed.Text(typed ?? "");
        if (text.Length == 0)
            faults.AddModelError(field, missing);
        else if (text.Length > MessageLimits.MaxLength)
            faults.AddModelError(field, $"Ce texte compte {text.Length:N0} caractères. Il en faut {MessageLimits.MaxLength:N0} au plus : raccourcissez-le, ou écrivez-le en deux fois.");
    }
}
