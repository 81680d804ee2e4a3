using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Interfaces.Credentials;
using static MsaOrleans.Grains.Tests.Samples;

namespace MsaOrleans.Grains.Tests.Stateful;

/// <summary>Which act is which, the workers, and time.</summary>
internal sealed partial class Life
{
    private static readonly TimeSpan[] spans =
    [
        TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(20), TimeSpan.FromHours(1), TimeSpan.FromHours(9), TimeSpan.FromDays(1), TimeSpan.FromDays(3),
        TimeSpan.FromDays(8), TimeSpan.FromDays(31),
    ];

    private readonly List<(Guid Dispatch, DateTimeOffset? NotBefore)> jobs = [];

    private enum Fate
    {
        Arrives,
        IsTriedLater,
        IsRefused,
        WorkerDiesBefore,
        WorkerDiesAfter,
    }

    private Task Do(Act act)
    {
        var browser = browsers[act.A % browsers.Length];
        var session = sessions.Count == 0 ? null : sessions[^((Math.Max(act.A - 2, 0) % sessions.Count) + 1)]; // mostly the last
        var department = departments[act.B % departments.Length];
        var mail = act.B % 2 == 0 ? Email : OtherEmail;
        return act.What switch
        {
            What.Begin => Begin(browser, again: act.B % 2 == 1),
            What.Declare => Declare(browser, act.B),
            What.AnswerInsurance => AnswerInsurance(browser),
            What.ShowCard => Prove(browser, act.B % 2 == 0 ? WrongCard : Card, isRight: act.B % 2 == 1),
            What.ShowPayment => Prove(browser, act.B % 2 == 0 ? OldPayment : Payment, isRight: act.B % 2 == 1),
            What.GuessProofs => InTurn(Enumerable.Repeat<Func<Task>>(() => Prove(browser, WrongCard, isRight: false), 3)),
            What.Complete => Complete(browser),
            What.Abandon => Abandon(browser),
            What.SignUp => SignUp(browser, toOther: act.B == 5),
            What.Send => Work(Fate.Arrives, act.A),
            What.FailToSend => Work(Fate.IsTriedLater, act.A),
            What.RefuseLetter => Work(Fate.IsRefused, act.A),
            What.CrashBeforeSending => Work(Fate.WorkerDiesBefore, act.A),
            What.CrashAfterSending => Work(Fate.WorkerDiesAfter, act.A),
            What.LoseQueue => LoseQueue(),
            What.Sweep => Sweep(queueLost: false),
            What.Wait => Wait(spans[(act.A + act.B) % spans.Length]),
            What.Restart => world.Restart(),
            What.FullDisk => FullDisk(),
            What.SignIn => SignIn(Typed(act.A)),
            What.GuessPassword => SignIn("Mauvais-Mot-1"),
            What.Vouch => Vouch(Typed(act.A)),
            What.ChoosePassword => Choose(session),
            What.ChangePassword => Change(session, isRight: act.B > 0),
            What.SignOut => SignOut(session),
            What.Look => Look(session),
            What.Recover => Recover(toOther: act.B % 2 == 1),
            What.Renew => Renew(),
            What.OpenAccount => OpenAccount(),
            What.FranceConnectSignUp => BeginByFranceConnect(browser, act.B % 2, isHe: act.B > 0),
            What.FranceConnectSignIn => ComeByFranceConnect(act.A % 2, isHe: act.B > 1),
            What.Unlink => Unlink(session),
            What.Confirm => Confirm(session, mail),
            What.ChangeEmail => ChangeEmail(session, mail, isRight: act.B < 4),
            What.OpenLink => OpenLink(LatestOf(LetterKind.EmailChangeLink, act.A)),
            What.Enrol => Enrol(session, department),
            What.FetchCode => InTurn([() => Enrol(session, department), () => HastenCode(department), () => Work(Fate.Arrives, 0)]),
            What.CancelEnrolment => CancelEnrolment(session, department),
            What.EnterCode => EnterCode(session, department, LatestOf(LetterKind.DepartmentCode, act.B / 2)),
            What.GuessCode => InTurn(Enumerable.Repeat<Func<Task>>(() => EnterCode(session, department, code: null), 3)),
            What.Close => Close(session, isRight: act.B > 0),
            What.UnlockVerification => UnlockVerification(),
            What.UnlockSignIn => UnlockSignIn(),
            What.SendPassword => SendPassword(),
            What.CorrectEmail => CorrectEmail(mail),
            What.HastenCode => HastenCode(department),
            What.CancelCode => CancelCode(department),
            What.CloseSessions => CloseSessions(),
        };
    }

    private Secret? LatestOf(LetterKind kind, int before)
    {
        var sent = secrets.FindAll(s => s.Letter.Kind == kind);
        return sent.Count == 0 ? null : sent[^((before % sent.Count) + 1)];
    }

    // Gets the letter, comes in with it, makes the password his own, and says how he is reached.
    private Task OpenAccount() => InTurn(
    [
        () => Work(Fate.Arrives, 0),
        () => secrets is [.., { Letter.Kind: LetterKind.ProvisionalPassword or LetterKind.NewProvisionalPassword, Value: var provisional }] ? SignIn(provisional) : Task.CompletedTask,
        () => Choose(sessions.LastOrDefault()),
        () => address is null ? Task.CompletedTask : Confirm(sessions.LastOrDefault(), address),
    ]);

    // What is one act to the generator, so that it gets somewhere, is judged as many.
    private async Task InTurn(IEnumerable<Func<Task>> acts)
    {
        foreach (var act in acts)
        {
            await act();
            Judge();
            expected.Clear();
        }
    }

    private Task Wait(TimeSpan span)
    {
        world.Advance(span);
        Tell($"(time passes: {span})");
        return Task.CompletedTask;
    }

    private Task FullDisk()
    {
        world.FailNextWrite();
        Tell("(the next write will fail)");
        return Task.CompletedTask;
    }

    private async Task LoseQueue()
    {
        jobs.Clear();
        world.Queue.TakeJobs(world.Key);
        Tell("(the queue is lost)");
        await Sweep(queueLost: true);
    }

    private async Task Sweep(bool queueLost)
    {
        await (await world.Facet<IAdherentDispatches>()).Sweep(queueLost);
        Tell("(the sweep passes)");
        Must(world.Stored?.DueAt is not { } due || due > Now, "What was due is still due after the sweep.");
    }

    private List<(Guid Dispatch, DateTimeOffset? NotBefore)> DueJobs()
    {
        jobs.AddRange(world.Queue.TakeJobs(world.Key));
        return jobs.FindAll(j => j.NotBefore is not { } at || at <= Now);
    }

    private async Task Work(Fate fate, int which)
    {
        var due = DueJobs();
        if (due.Count == 0)
            return;
        var job = due[which % due.Count];
        jobs.Remove(job);
        var worker = await world.Facet<IAdherentDispatches>();
        try
        {
            await Deliver(worker, job.Dispatch, fate);
        }
        catch (Exception full) when (IsFullDisk(full))
        {
            jobs.Add(job with { NotBefore = Now.AddSeconds(10) }); // Hangfire tries a job again that has thrown
            throw;
        }
    }

    private async Task Deliver(IAdherentDispatches worker, Guid dispatch, Fate fate)
    {
        if (await worker.Take(dispatch) is not { } letter)
            return;
        var owed = letters.Find(l => l.Id == dispatch);
        Must(owed is not null, "A letter was given that nobody owes.");
        Must(!owed!.IsOver, "A letter was given again that has left, or has lost its sense.");
        Must(letter.Kind == owed.Kind && letter.To == (owed.Kind == LetterKind.DepartmentCode ? address : owed.To), "A letter says something else than it was to, or to somebody else.");
        owed.To = letter.To;
        owed.Tries++;
        Receive(owed, letter);
        Tell($"the letter {letter.Kind} to {letter.To}: {fate}");
        switch (fate)
        {
            case Fate.Arrives:
                owed.HasArrived = true;
                await worker.Confirm(dispatch);
                owed.IsConfirmed = true;
                break;
            case Fate.WorkerDiesAfter:
                owed.HasArrived = true;
                jobs.Add((dispatch, Now.AddMinutes(1)));
                break;
            case Fate.WorkerDiesBefore: // and his job with him
                break;
            default:
                await worker.Fail(dispatch, new(Permanent: fate == Fate.IsRefused, "550"));
                owed.IsRefused = fate == Fate.IsRefused || owed.Tries > 10;
                if (owed.IsRefused && requests.Find(r => r.Letter == dispatch) is { IsOver: false } request)
                    End(request);
                break;
        }
    }

    // Its secret is good from now on, whether or not it arrives: nobody can know that.
    private void Receive(OwedLetter owed, Letter letter)
    {
        if (letter.Secret is not { } value || letter.ExpiresAt is not { } end)
            return;
        if (owed.Kind is LetterKind.ProvisionalPassword or LetterKind.NewProvisionalPassword)
        {
            foreach (var other in Provisionals.Where(s => s.Letter != owed))
                other.IsVoid = true;
        }
        Must(!secrets.Exists(s => s.Value == value), "A secret was sent twice.");
        foreach (var same in secrets.Where(s => s.Letter == owed))
            same.LastEnd = end;
        secrets.Add(new() { Letter = owed, Value = value, AnnouncedEnd = end, LastEnd = end });
    }

    /// <summary>From now on everything works. Whatever is owed arrives within the days that its own delays come to.</summary>
    private async Task Recuperate()
    {
        Tell("(from now on everything works)");
        world.Advance(TimeSpan.FromSeconds(1));
        for (var rounds = 0; letters.Exists(l => !l.IsOver); rounds++)
        {
            Must(rounds < 500, $"Letters that are never sent: {string.Join(", ", letters.Where(l => !l.IsOver).Select(l => l.Kind))}.");
            while (DueJobs().Count > 0)
                await Step(new(What.Send, 0, 0));
            if (letters.TrueForAll(l => l.IsOver))
                return;
            var next = jobs.Select(j => j.NotBefore).Append(world.Stored?.DueAt).Min();
            Must(next is not null, "A letter is owed of which nobody will be reminded.");
            if (next > Now)
                await Wait(next.Value - Now);
            if (world.Stored?.DueAt <= Now)
                await Step(new(What.Sweep, 0, 0));
        }
    }

    /// <summary>In the end each secret that was ever sent is tried, each in a copy of the row, so that none spoils another's chances.</summary>
    private async Task TryEverything()
    {
        foreach (var typed in secrets.Select(s => s.Value).Append("Mauvais-Mot-1").Append(personal ?? "Mauvais-Mot-2"))
        {
            var copy = new LoneAdherent(world);
            JudgeSignIn(typed, await (await copy.Facet<IAdherentCredentials>()).SignIn(new(typed), Origin));
        }
    }
}
