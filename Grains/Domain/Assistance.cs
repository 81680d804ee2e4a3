using System.Collections.Immutable;

namespace MsaOrleans.Grains.Domain;

/// <summary>What agents of the hotline leave in a file: their notes, and the provisional passwords they had sent.</summary>
internal sealed record Assistance
{
    public const int MaxNotes = 50;

    /// <summary>Provisional passwords that agents may have sent within <see cref="Window"/>, all of them together.</summary>
    public const int MostPasswords = 5;

    public static readonly TimeSpan Window = TimeSpan.FromDays(1);

    /// <summary>For how long notes are kept about somebody who has no account.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromDays(30);

    /// <summary>Latest last.</summary>
    public ImmutableList<Note> Notes { get; init => field = value ?? []; } = [];

    /// <summary>When agents had a provisional password sent, within the last day; latest last.</summary>
    public ImmutableList<DateTimeOffset> PasswordsSent { get; init => field = value ?? []; } = [];

    public bool IsClean => Notes.IsEmpty && PasswordsSent.IsEmpty;

    /// <summary>When nothing of this matters any more to somebody who has no account.</summary>
    public DateTimeOffset? ForgetAt => Notes.Select(n => n.At + Memory).Concat(PasswordsSent.Select(at => at + Window)).Max(at => (DateTimeOffset?)at);

    public int PasswordsLeft(DateTimeOffset now) => MostPasswords - Recent(now).Count;

    public Assistance PasswordSent(DateTimeOffset now) => this with { PasswordsSent = Recent(now).Add(now) };

    public Assistance Add(Note note) => this with { Notes = [.. Notes.TakeLast(MaxNotes - 1), note] };

    /// <summary>The account is gone, and what was noted about it.</summary>
    public Assistance WithoutNotes() => this with { Notes = [] };

    public Assistance ForgottenAt(DateTimeOffset now) => ForgetAt <= now ? new() : this;

    // As in Recovery: a clock that was moved back must not leave one in the future to count for ever.
    private ImmutableList<DateTimeOffset> Recent(DateTimeOffset now) => PasswordsSent.RemoveAll(at => at <= now - Window || at > now);
}

/// <summary>A note that an agent wrote.</summary>
internal sealed record Note(DateTimeOffset At, string Agent, string Text);
