using System.Globalization;
using System.Text;

namespace MsaOrleans.Chaos;

/// <summary>What a run has shown.</summary>
public sealed class ChaosReport
{
    // Shorter waits are the site's ordinary business on a busy machine.
    private static readonly TimeSpan noticed = TimeSpan.FromSeconds(1);

    private readonly Ledger ledger;
    private readonly IReadOnlyList<Blow> blows;
    private readonly Findings findings;
    private readonly IReadOnlyList<string> ends;

    internal ChaosReport(Ledger ledger, IReadOnlyList<Blow> blows, Findings findings, IReadOnlyList<string> ends) =>
        (this.ledger, this.blows, this.findings, this.ends) = (ledger, blows, findings, ends);

    /// <summary>What was promised and not kept.</summary>
    public IReadOnlyCollection<string> Lost => ledger.Lost;

    /// <summary>What should never be seen.</summary>
    public IReadOnlyCollection<string> Wrong => ledger.Wrong;

    /// <summary>Sign-ups that were acknowledged.</summary>
    public int Registered => ledger.Count(Promise.Registered);

    /// <summary>Departments that were opened by their code.</summary>
    public int DepartmentsOpened => ledger.Count(Promise.DepartmentOpened);

    /// <summary>Tries that failed: without any, nothing has been shown.</summary>
    public int FailedTries => ledger.Failures.Count;

    /// <summary>The longest that a visitor waited for one step, from its first try until it went through.</summary>
    public TimeSpan LongestInterruption => Longest(ledger.Steps);

    public bool IsRight => Lost.Count == 0 && Wrong.Count == 0;

    public string ToMarkdown()
    {
        var text = new StringBuilder();
        Line($"| what visitors did | |");
        Line($"| --- | --- |");
        Line($"| began a sign-up | {ledger.Accounts.Count} |");
        Line($"| \"Inscription terminée\" | {Registered} |");
        Line($"| password changed | {ledger.Count(Promise.PasswordChanged)} |");
        Line($"| contact details confirmed | {ledger.Count(Promise.ContactConfirmed)} |");
        Line($"| department requested | {ledger.Count(Promise.DepartmentRequested)} |");
        Line($"| department opened by its code | {DepartmentsOpened} |");
        Line($"| pages and forms that went through | {ledger.Steps.Count} |");
        Line($"| tries that failed | {FailedTries}{Listed(ledger.Failures.CountBy(failure => failure.Kind))} |");
        Line($"| steps that took more than {noticed.TotalSeconds:0} s | {ledger.Steps.Count(step => step.Waited > noticed)} |");
        Line($"| longest interruption of one visitor | {LongestInterruption.TotalSeconds:0.0} s |");
        Line($"| last promised letter, after the load | {findings.LastLetter.TotalSeconds:0} s |");
        Line($"| letters that came again | {findings.Duplicates.Values.Sum()}{Listed(findings.Duplicates)} |");
        Line($"| adherents still owed a letter | {findings.OwedLetters} |");
        Line($"| jobs | {string.Join(", ", findings.Jobs)} |");
        Line($"| **lost** | {Lost.Count} |");
        Line($"| **wrong** | {Wrong.Count} |");
        Line($"");
        Line($"| disaster | at | served again after | failed tries | last of them after | longest interruption |");
        Line($"| --- | --- | --- | --- | --- | --- |");
        foreach (var blow in blows)
        {
            var failed = ledger.Failures.Where(failure => failure.At >= blow.Struck && failure.At < blow.Over).ToList();
            var last = failed.Count == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{(failed.Max(failure => failure.At) - blow.Struck).TotalSeconds:0.0} s");
            // Which one a long step belongs to: the one under which most of it passed.
            var longest = Longest(ledger.Steps.Where(step => step.Started + step.Waited / 2 is var middle && middle >= blow.Struck && middle < blow.Over));
            Line($"| {blow.Name} | {blow.Struck.TotalSeconds:0} s | {(blow.Back - blow.Struck).TotalSeconds:0.0} s | {failed.Count}{Listed(failed.CountBy(failure => failure.Kind))} | {last} | {longest.TotalSeconds:0.0} s |");
        }
        Listing("Ends of servers", ends);
        Listing("Lost", Lost);
        Listing("Wrong", Wrong);
        return text.ToString();

        void Line(FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));

        void Listing(string title, IReadOnlyCollection<string> lines)
        {
            if (lines.Count == 0)
                return;
            Line($"");
            Line($"{title}:");
            Line($"");
            foreach (var line in lines)
                Line($"- {line}");
        }
    }

    private static TimeSpan Longest(IEnumerable<Step> steps) => steps.Select(step => step.Waited).DefaultIfEmpty().Max();

    private static string Listed(IEnumerable<KeyValuePair<string, int>> counts)
    {
        var listed = string.Join(", ", counts.OrderByDescending(count => count.Value).Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Key}: {count.Value}")));
        return listed.Length == 0 ? "" : $" ({listed})";
    }
}

/// <summary>One disaster that has happened.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Struck">When.</param>
/// <param name="Back">When what it hit served again.</param>
/// <param name="Over">When the next one struck, or the load was over.</param>
internal sealed record Blow(string Name, TimeSpan Struck, TimeSpan Back, TimeSpan Over);
