using System.Text.Json;
using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Interfaces.FranceConnect;
using MsaOrleans.Grains.Interfaces.Registration;
using MsaOrleans.Grains.Storage;
using static MsaOrleans.Grains.Tests.Samples;

namespace MsaOrleans.Grains.Tests.Stateful;

/// <summary>
/// Leads an adherent through a life, and keeps the facts that somebody knows who watches: which proofs were shown, which answers were wrong, which letters are owed,
/// which secrets have been sent. What the grain answers and what stands in the row must agree with them, after each act. None of its rules is asked.
/// </summary>
internal sealed partial class Life(IAdherentWorld world)
{
    // What one adherent's row may come to, whatever is done to him: lists are bounded.
    private const int LargestRow = 60_000;

    private static readonly AgentAct call = new("marie.durand", "Appel");
    private static readonly string[] departments = ["01", "02"];
    private static readonly string[] knownDepartments = [.. Fritz.Departments];

    private readonly Browser[] browsers = [new(), new(), new()];
    private readonly Door proofs = new(3, n => n switch { 1 => TimeSpan.FromHours(1), 2 => TimeSpan.FromDays(1), _ => null });
    private readonly Door passwords = new(5, n => TimeSpan.FromMinutes(Math.Min(15 * Math.Pow(2, n - 1), 24 * 60)));
    private readonly List<OwedLetter> letters = [];
    private readonly List<(LetterKind Kind, EmailAddress To)> expected = [];
    private readonly List<Secret> secrets = [];
    private readonly List<OpenedSession> sessions = [];
    private readonly List<Request> requests = [];
    private readonly HashSet<string> activated = [];
    private readonly List<string> told = [];

    private AdherentState row = new();
    private int chosen;

    // The account. None of these is set but by an act that may set it.
    private DateTimeOffset? madeAt;
    private bool wasOpened;
    private SignUpTicket? madeBy;
    private string? personal;
    private string? subject;
    private EmailAddress? address;
    private (EmailAddress Address, Guid Link, DateTimeOffset AskedAt)? pending;
    private bool isRead;
    private bool isConfirmed;

    // What sets other things aside, by the order of letters: whatever was asked for before it.
    private int waysInEndAt;

    private DateTimeOffset Now => world.Now;

    private bool HasAccount => madeAt is not null;

    /// <summary>What happened, in words.</summary>
    public string Story => string.Join("\n", told);

    /// <summary>One life, and then a world in which everything works: whatever is owed by then arrives.</summary>
    public static async Task Lead(IAdherentWorld world, Acts acts)
    {
        var life = new Life(world);
        try
        {
            foreach (var act in acts.All)
                await life.Step(act);
            await life.Recuperate();
            await life.TryEverything();
        }
        catch (Exception broken)
        {
            throw new InvalidOperationException($"{broken.Message}\n\nWhat happened:\n{life.Story}\n", broken);
        }
    }

    private async Task Step(Act act)
    {
        expected.Clear();
        try
        {
            await Do(act);
        }
        catch (Exception full) when (IsFullDisk(full))
        {
            Tell("the disk is full: nothing has happened");
            expected.Clear();
        }
        Judge();
    }

    // As the grain throws it, or as Orleans wraps it.
    private static bool IsFullDisk(Exception thrown) => thrown is IOException || thrown.InnerException is IOException;

    private void Tell(string what) => told.Add($"  {Now:yyyy-MM-dd HH:mm:ss}  {what}");

    private void Expect(LetterKind kind, EmailAddress to) => expected.Add((kind, to));

    private static void Must(bool holds, string rule)
    {
        if (!holds)
            throw new InvalidOperationException(rule);
    }

    /// <summary>What is stored agrees with what is known.</summary>
    private void Judge()
    {
        row = world.Stored ?? new();
        NoteErasures();
        NoteLetters();

        Must(row.Registration.Completed is not null == HasAccount, $"An account {(HasAccount ? "is gone" : "is there")} without a reason.");
        Must(row.Credentials.Personal is not null == personal is not null, "A password of his own appeared or went without a reason.");
        Must(row.FranceConnect.Subject == subject, "FranceConnect opens what it should not, or the other way round.");
        Must(!HasAccount || row.Contact.Email == address, "The address is another one without a reason.");
        foreach (var open in row.Sessions.Open)
            Must(sessions.Exists(s => !s.IsEnded && SecretHash.Of(s.Token.Secret) == open.TokenHash), "A session is open that nobody was given, or that has been ended.");
        foreach (var draft in row.Registration.Drafts.Where(d => d.ProvedAt is not null))
            Must(Array.Exists(browsers, b => b.HasProved(draft.TicketHash)), "A sign-up counts as proved in which no proof was shown.");
        foreach (var active in row.Enrolments.Departments)
            Must(knownDepartments.Contains(active.Department) || activated.Contains(active.Department), "A department is open without its code.");

        JudgeDoor("proofs", proofs, row.Verification.Lockout);
        JudgeDoor("passwords", passwords, row.Credentials.Lockout);
        JudgeRow();
    }

    private void JudgeDoor(string name, Door door, Lockout stored)
    {
        if (stored.IsClean && door.Wrong > 0 && !HasAccount && door.MayBeForgotten(Now))
            door.AnsweredRight();
        Must(stored.HoldsAt(Now) == door.IsShut(Now), $"The door of {name} is {(door.IsShut(Now) ? "open though it was announced shut" : "shut without a reason")}.");
        var perLock = name == "proofs" ? 3 : 5;
        Must((stored.Locks * perLock) + stored.Failures == door.Wrong, $"The count of wrong {name} is not what it should be: {stored.Locks} locks and {stored.Failures}, of {door.Wrong}.");
    }

    private void JudgeRow()
    {
        var json = JsonSerializer.Serialize(row, AdherentStateJson.Default.AdherentState);
        var again = JsonSerializer.Serialize(JsonSerializer.Deserialize(json, AdherentStateJson.Default.AdherentState)!, AdherentStateJson.Default.AdherentState);
        Must(json == again, "What is read back is not what was stored.");
        Must(json.Length < LargestRow, $"The row has {json.Length} characters.");
        Must(row.Registration.Drafts.Count <= 5 && row.Sessions.Open.Count <= 10, "A list is not bounded.");
        if (row.Credentials.Provisional is { } provisional)
            Must(provisional.Hashes.Count <= letters.Find(l => l.Id == provisional.Dispatch)!.Tries, "There are more provisional passwords than tries of one letter.");
        foreach (var request in row.Enrolments.Requests.Where(r => r.Code is not null))
            Must(request.IsPending && request.Code!.Hashes.Count <= letters.Find(l => l.Id == request.Letter)!.Tries, "There are more codes than tries of one letter, or one for nothing.");
    }

    // What time may take away by itself.
    private void NoteErasures()
    {
        if (HasAccount && row.Registration.Completed is null && !wasOpened && Now >= madeAt + TimeSpan.FromDays(10) && expected.Count == 0)
        {
            Must(letters.TrueForAll(l => l.IsOver) && Provisionals.All(s => !s.MustOpen(Now)), "An account that nobody could have opened yet was erased, and its letter with it.");
            Tell("(the account that nobody opened is erased)");
            EndAccount();
        }
        foreach (var request in requests.Where(r => !r.IsOver && row.Enrolments.Requests.Find(known => known.Letter == r.Letter) is not { IsPending: true }))
        {
            Must(SecretsOf(request).Any() && SecretsOf(request).All(s => !s.MustOpen(Now)), "A request for a department has ended without a reason.");
            End(request);
        }
    }

    private void NoteLetters()
    {
        var news = row.Dispatches.All.Where(d => !letters.Exists(l => l.Id == d.Id)).ToList();
        Must(
            news.Select(d => (d.Kind, d.To)).Order(letterOrder).SequenceEqual(expected.Order(letterOrder)),
            $"Letters owed now: {string.Join(", ", news.Select(d => d.Kind))}; they should be: {string.Join(", ", expected.Select(e => e.Kind))}.");
        foreach (var asked in news)
        {
            letters.Add(new() { Id = asked.Id, Kind = asked.Kind, To = asked.To, AskedAt = Now, Order = letters.Count });
            if (asked.Kind == LetterKind.EmailChangeLink)
                pending = (asked.To, asked.Id, Now);
        }
        foreach (var owed in letters.Where(l => !l.IsOver))
        {
            var stored = row.Dispatches.All.Find(d => d.Id == owed.Id);
            if (stored is { IsPending: true })
            {
                var latest = new[] { Now, stored.NotBefore, stored.LeasedUntil ?? Now }.Max() + Dispatches.Grace;
                Must(row.OwesLetter && row.DueAt <= stored.OverdueAt && stored.OverdueAt <= latest, $"Nobody will be reminded in time of the letter {owed.Kind}.");
                continue;
            }
            owed.IsOver = true;
            Must(
                ((stored is null or { SentAt: not null }) && owed is { IsConfirmed: true, HasArrived: true }) || owed.IsRefused || IsSetAside(owed),
                $"The letter {owed.Kind} to {owed.To.Value} is lost: {stored?.LastFailure ?? (stored is null ? "no trace of it" : "it counts as sent")}.");
        }
    }

    private static readonly Comparer<(LetterKind Kind, EmailAddress To)> letterOrder =
        Comparer<(LetterKind Kind, EmailAddress To)>.Create((a, b) => (a.Kind, a.To.Value).CompareTo((b.Kind, b.To.Value)));

    // By what a letter may lose its sense. Nothing takes the sense of a notice away.
    private bool IsSetAside(OwedLetter letter) => letter.Kind switch
    {
        LetterKind.ProvisionalPassword or LetterKind.NewProvisionalPassword =>
            letter.Order < waysInEndAt || letters.Exists(l => l.Order > letter.Order && l.Kind is LetterKind.ProvisionalPassword or LetterKind.NewProvisionalPassword),
        LetterKind.EmailChangeLink => pending?.Link != letter.Id || Now >= letter.AskedAt + EmailChange.Lifetime,
        LetterKind.SignInLocked => !passwords.IsShut(Now) || letters.Exists(l => l.Order > letter.Order && l.Kind == LetterKind.SignInLocked),
        LetterKind.DepartmentCode => requests.Exists(r => r.Letter == letter.Id && r.IsOver),
        _ => false,
    };

    private IEnumerable<Secret> SecretsOf(Request request) => secrets.Where(s => s.Letter.Id == request.Letter);

    private IEnumerable<Secret> Provisionals => secrets.Where(s => s.Letter.Kind is LetterKind.ProvisionalPassword or LetterKind.NewProvisionalPassword);

    private void End(Request request)
    {
        request.IsOver = true;
        foreach (var secret in SecretsOf(request))
            secret.IsVoid = true;
        foreach (var session in sessions.Where(s => s.Entered == request))
        {
            session.IsEnded |= session.BySecret;
            session.Entered = null;
        }
    }

    // Whatever letters led in, or were to, does not any more.
    private void EndWaysIn()
    {
        waysInEndAt = letters.Count;
        foreach (var secret in Provisionals)
            secret.IsVoid = true;
    }

    private void EndAccount()
    {
        EndWaysIn();
        foreach (var request in requests.Where(r => !r.IsOver))
            End(request);
        foreach (var session in sessions)
            session.IsEnded = true;
        activated.Clear();
        (madeAt, madeBy, wasOpened, personal, subject, address, pending, isRead, isConfirmed) = (null, null, false, null, null, null, null, false, false);
    }

    private void AnswerWrongPassword()
    {
        passwords.AnsweredWrong(Now);
        if (passwords.IsShut(Now) && HasAccount)
            Expect(LetterKind.SignInLocked, address!);
    }

    private static FranceConnectUser FranceConnectOf(int who, bool isHe) =>
        new($"sub-{who}", isHe ? FritzPivot : FritzPivot with { BirthDate = CivilDate.Of(new(1963, 9, 13)) });

    private static ContactDetails DetailsOf(int variant) => variant switch
    {
        0 or 1 => FritzDeclares,
        2 => FritzDeclares with { Email = OtherEmail },
        3 => FritzDeclares with { FamilyName = "LAMY" },
        4 => FritzDeclares with { FamilyName = "Martin" },
        _ => FritzDeclares with { BirthDate = new(1963, 9, 13) },
    };

    private static bool IsHe(ContactDetails details) => details.FamilyName != "Martin" && details.BirthDate == FritzDeclares.BirthDate;
}
