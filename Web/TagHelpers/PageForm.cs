using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace MsaOrleans.Web.TagHelpers;

/// <summary>What the page has drawn of its form, so that the layout, which is drawn after it, can link to the fields and not repeat the buttons.</summary>
public sealed class PageForm
{
    private readonly List<string> fields = [];

    /// <summary>The page has its own row of buttons, with the way back in it.</summary>
    public bool DrawsActions { get; set; }

    /// <summary>The page has said that nothing may be left out of the form whose fields follow.</summary>
    public bool AllAreRequired { get; set; }

    /// <summary>The form of the page that is being drawn.</summary>
    public static PageForm Of(ViewContext view)
    {
        var items = view.HttpContext.Items;
        if (items[typeof(PageForm)] is not PageForm form)
            items[typeof(PageForm)] = form = new();
        return form;
    }

    /// <summary>Notes that a field with this id is on the page.</summary>
    public void Add(string field) => fields.Add(field);

    /// <summary>What the error summary says: in the order of the page (model state is in alphabetical order), each sentence once.</summary>
    public IReadOnlyList<SummarisedError> Errors(ModelStateDictionary state) =>
    [
        .. state
            .OrderBy(entry => fields.IndexOf(entry.Key))
            .SelectMany(entry => Messages(entry.Value), (entry, message) => new SummarisedError(fields.Contains(entry.Key) ? entry.Key : null, message))
            .DistinctBy(error => error.Message),
    ];

    /// <summary>The sentences that go with one field.</summary>
    internal static IEnumerable<string> Messages(ModelStateEntry? entry) =>
        (entry?.Errors ?? [])
            .Select(error => error.ErrorMessage is { Length: > 0 } message ? message : "Cette réponse n'a pas pu être lue.")
            .Select(Typography.French);
}

/// <summary>One line of the error summary.</summary>
/// <param name="Field">The id of the field to go to; nothing when the error is about the page as a whole.</param>
/// <param name="Message">The same sentence as beside the field.</param>
public sealed record SummarisedError(string? Field, string Message);
