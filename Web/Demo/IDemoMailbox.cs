namespace MsaOrleans.Web.Demo;

/// <summary>The mails that the site has put into a folder instead of sending them. Registered only where the demonstration is on.</summary>
public interface IDemoMailbox
{
    /// <summary>The most recent mails, latest first.</summary>
    Task<IReadOnlyList<DemoMail>> Latest(CancellationToken stop);
}

/// <summary>One mail, by its plain-text part.</summary>
public sealed record DemoMail(string To, string Subject, DateTimeOffset Date, string Text);
