namespace MsaOrleans.Grains.Interfaces.Assistance;

/// <summary>What an entry of the record says beside the act: what it was about, in one word, and what came of it. Its form is stored: a contract.</summary>
public static class AssistanceDetail
{
    public static string Of(AssistanceOutcome outcome, string? subject = null) => subject is null ? $"{outcome}" : $"{subject} {outcome}";

    /// <summary>Reads it again. Entries that others wrote have an outcome of their own, or none: they are about something that was done.</summary>
    public static (string? Subject, AssistanceOutcome? Outcome) Read(string? detail)
    {
        if (detail?.Split(' ') is not [.. var words, var last] || !Enum.TryParse<AssistanceOutcome>(last, out var outcome) || $"{outcome}" != last) // numbers parse too
            return (detail, null);
        return (words is [var subject] ? subject : null, outcome);
    }
}
