using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace MsaOrleans.Web.TagHelpers;

/// <summary>What every kind of field shares: its name, its value after a refusal, its hint, its errors and how they are tied to it.</summary>
internal sealed class Field
{
    private readonly ModelExpression property;
    private readonly string? attempted;
    private readonly PageForm form;

    private Field(ModelExpression property, ViewContext view)
    {
        this.property = property;
        var entry = view.ViewData.ModelState[property.Name];
        attempted = entry?.AttemptedValue;
        Errors = [.. PageForm.Messages(entry)];
        form = PageForm.Of(view);
        form.Add(property.Name);
    }

    /// <summary>Both the <c>name</c> and the <c>id</c>: load testers and tests rely on it.</summary>
    public string Name => property.Name;

    /// <summary>What was typed, even if it was refused; else what the page knows.</summary>
    public string? Value => attempted ?? Convert.ToString(property.Model, CultureInfo.CurrentCulture);

    public string Label => property.Metadata.GetDisplayName();
    public IReadOnlyList<string> Errors { get; }
    public bool IsRefused => Errors.Count > 0;

    /// <summary>The class of the block around the field.</summary>
    public string BlockClass => IsRefused ? "field field-refused" : "field";

    /// <summary>Takes a property of the page as a field, and lets the error summary know of it.</summary>
    public static Field Of(ModelExpression property, ViewContext view) => new(property, view);

    /// <summary>The ids for <c>aria-describedby</c>, or nothing.</summary>
    /// <param name="hint">The hint, if there is one.</param>
    /// <param name="andError">What is wrong is told by this element, and not by others inside it.</param>
    public string? DescribedBy(string? hint, bool andError = true) =>
        string.Join(' ', new[] { hint is null ? null : $"{Name}-hint", andError && IsRefused ? $"{Name}-error" : null, form.AllAreRequired ? RequiredTagHelper.Id : null }.Where(id => id is not null)) is { Length: > 0 } ids
            ? ids
            : null;

    public IHtmlContent Hint(string? text) => text is null ? HtmlString.Empty : Html.Element("p", "hint", $"{Name}-hint", Html.Text(text));

    /// <summary>The label over a control.</summary>
    public TagBuilder LabelOf(string text) => Html.Element("label", "label", null, Html.Text(text)).With("for", Name);

    /// <summary>What follows the label, or the legend, of what may be left out: everything else is required.</summary>
    public static IHtmlContent OptionalMark() => Html.Element("span", "optional", null, Html.Text(" (facultatif)"));

    /// <summary>The whole of it: heading, hint, error, control, and what stands below.</summary>
    public void Draw(TagHelperOutput output, IHtmlContent heading, string? hint, IHtmlContent control, IHtmlContent? below = null)
    {
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.Clear();
        output.Attributes.SetAttribute("class", BlockClass);
        output.Content.AppendHtml(heading).AppendHtml(Hint(hint)).AppendHtml(Error()).AppendHtml(control).AppendHtml(below);
    }

    public IHtmlContent Error() => ErrorBeside(Name, Errors);

    /// <summary>The messages beside a field, each on its own line.</summary>
    public static IHtmlContent ErrorBeside(string name, IReadOnlyList<string> messages) => messages.Count == 0
        ? HtmlString.Empty
        : Html.Element("p", "field-error", $"{name}-error",
        [
            Html.Element("span", "visually-hidden", null, Html.Text("Erreur : ")),
            .. messages.Select(message => Html.Element("span", "field-error-line", null, Html.Text(message))),
        ]);

    /// <summary>The control itself: the attributes that the page wrote on the tag helper, then those that are not the page's to choose.</summary>
    public TagHelperOutput Control(string type, string @class, TagHelperAttributeList passedOn, string? describedBy)
    {
        var input = new TagHelperOutput("input", [.. passedOn], (_, _) => Task.FromResult<TagHelperContent>(new DefaultTagHelperContent()))
        {
            TagMode = TagMode.StartTagOnly,
        };
        input.Attributes.SetAttribute("class", @class);
        input.Attributes.SetAttribute("id", Name);
        input.Attributes.SetAttribute("name", Name);
        input.Attributes.SetAttribute("type", type);
        // What the page itself points at, the rules for a password say, comes first.
        var ids = string.Join(' ', new[] { passedOn["aria-describedby"]?.Value?.ToString(), describedBy }.Where(id => id is not null));
        if (ids.Length > 0)
            input.Attributes.SetAttribute("aria-describedby", ids);
        return input;
    }
}
