using System.Text.RegularExpressions;
using Fluid;
using MsaOrleans.Grains.Dispatching;

namespace MsaOrleans.Silo.Mail;

/// <summary>The Liquid templates of one kind of letter. The first line of the plain text is the subject.</summary>
internal sealed partial record LetterTemplate(IFluidTemplate Subject, IFluidTemplate Text, IFluidTemplate Html)
{
    private static readonly FluidParser Parser = new();

    public static LetterTemplate Load(LetterKind kind)
    {
        var (subject, text) = Read($"{kind}.txt") is var whole && whole.Split("\n\n", 2) is [var first, var rest]
            ? (first, rest)
            : throw new InvalidOperationException($"The letter {kind} has no subject.");
        return new(
            Parser.Parse(subject),
            Parser.Parse(Read("Layout.txt").Replace("[letter]", text.TrimEnd(), StringComparison.Ordinal)),
            Parser.Parse(Read("Layout.html").Replace("[letter]", Read($"{kind}.html").TrimEnd(), StringComparison.Ordinal)));
    }

    private static string Read(string name)
    {
        var resource = $"{typeof(LetterTemplate).Namespace}.Letters.{name}.liquid";
        using var stream = typeof(LetterTemplate).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The template {resource} is missing.");
        using var reader = new StreamReader(stream);
        return WithFrenchSpaces(reader.ReadToEnd().ReplaceLineEndings("\n"));
    }

    // Templates are typed with ordinary spaces; French puts non-breaking ones before double punctuation, inside quotation marks and in telephone numbers.
    private static string WithFrenchSpaces(string template) => BreakableSpace().Replace(template, "\u00a0");

    [GeneratedRegex(@" (?=[:;?!»](?:\s|<|$))|(?<=«) |(?<=\b\d\d) (?=\d\d\b)", RegexOptions.Multiline)]
    private static partial Regex BreakableSpace();
}
