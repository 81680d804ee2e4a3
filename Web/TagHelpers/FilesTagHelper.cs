using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using MsaOrleans.Grains.Interfaces.Messages;
using MsaOrleans.Web.Forms;

namespace MsaOrleans.Web.TagHelpers;

/// <summary>Files to send with a message: one box a file, since few know how to choose several at once; each takes several from whoever does.</summary>
[HtmlTargetElement("msa-files", TagStructure = TagStructure.WithoutEndTag)]
public sealed class FilesTagHelper : TagHelper
{
    public required ModelExpression For { get; set; }

    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var (state, request) = (ViewContext.ViewData.ModelState, ViewContext.HttpContext.Request);
        if (!state.IsValid && request.HasFormContentType && request.Form.Files.GetFiles(For.Name).Any(file => file.Length > 0))
            state.AddModelError(For.Name, AttachmentInput.ChooseAgain);
        var field = Field.Of(For, ViewContext);
        var hint = $"Vous pouvez joindre {AttachmentLimits.MaxFiles} fichiers au plus, de {AttachmentTexts.MaxSize} chacun au plus : PDF, ou photos JPEG ou PNG.";

        Fieldset.Open(output, field.BlockClass, field.DescribedBy(hint));
        output.Content
            .AppendHtml(Html.Element("legend", "legend", null, Html.Text("Pièces jointes"), Html.Element("span", "optional", null, Html.Text(" (facultatif)"))))
            .AppendHtml(field.Hint(hint))
            .AppendHtml(field.Error());
        for (var number = 1; number <= AttachmentLimits.MaxFiles; number++)
        {
            var id = number == 1 ? field.Name : $"{field.Name}-{number}"; // the error summary leads to the first
            var input = field.Control("file", "input attachment-input", [new("accept", AttachmentInput.Accept), new("multiple")], describedBy: null);
            input.Attributes.SetAttribute("id", id);
            output.Content.AppendHtml(Html.Element("div", "attachment-choice", null, Html.Element("label", "attachment-label", null, Html.Text($"Fichier {number}")).With("for", id), input));
        }
    }
}
