using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Account;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Enrolments;
using MsaOrleans.Grains.Interfaces.FranceConnect;
using MsaOrleans.Grains.Interfaces.Sessions;
using static MsaOrleans.Grains.Tests.Samples;

namespace MsaOrleans.Grains.Tests.Stateful;

/// <summary>Getting in, what is done inside, and what the hotline does about it.</summary>
internal sealed partial class Life
{
    private readonly List<(EmailAddress To, DateTimeOffset At)> counted = [];
    private readonly List<DateTimeOffset> recovered = [];
    private readonly List<DateTimeOffset> sentByAgents = [];

    // What there is to type: the password he has, those he had, and all that letters brought.
    private string Typed(int which) => which == 0 && personal is not null ? personal
        : secrets.Count == 0 ? "Mauvais-Mot-1"
        : secrets[^((which % secrets.Count) + 1)].Value;

    private async Task SignIn(string typed)
    {
        var outcome = await (await world.Facet<IAdherentCredentials>()).SignIn(new(typed), Origin);
        Tell($"signs in with {NameOf(typed)}: {outcome.GetType().Name}");
        var secret = secrets.Find(s => s.Value == typed);
        JudgeSignIn(typed, outcome);
        if (passwords.IsShut(Now))
            return;
        switch (outcome)
        {
            case SignInOutcome.Refused:
                AnswerWrongPassword();
                return;
            case SignInOutcome.Expired:
                return;
        }
        passwords.AnsweredRight();
        if (secret is not null && typed != personal)
            Use(secret);
        Open(((SignInOutcome.SignedIn)outcome).Session, bySecret: typed != personal, secret is { Letter.Kind: LetterKind.DepartmentCode } ? RequestOf(secret) : null);
        if (secret is { Letter.Kind: LetterKind.DepartmentCode })
            secret.HasSignedIn = true;
        else if (secret is not null && secret.Letter.To == address)
            isRead = true;
    }

    private void JudgeSignIn(string typed, SignInOutcome outcome)
    {
        var secret = secrets.Find(s => s.Value == typed && s.Letter.Kind != LetterKind.EmailChangeLink);
        var isIn = outcome is SignInOutcome.SignedIn;
        Must(!isIn || !passwords.IsShut(Now), "Somebody came in through a door that was announced shut.");
        var isOwn = HasAccount && typed == personal;
        Must(!isIn || isOwn || (HasAccount && secret is { HasSignedIn: false } && secret.MayOpen(Now)), $"{NameOf(typed)} opened the account, and should not.");
        Must(isIn || passwords.IsShut(Now) || !(isOwn || (HasAccount && secret is { HasSignedIn: false } && secret.MustOpen(Now))), $"{NameOf(typed)} did not open the account, and should.");
        Must(outcome is not SignInOutcome.Expired || secret is not null, "What was never sent is said to have expired.");
    }

    private async Task Vouch(string typed)
    {
        var outcome = await (await world.Facet<IAdherentFranceConnect>()).Vouch(new(typed), Origin);
        Tell($"is to be vouched for, with {NameOf(typed)}: {outcome.GetType().Name}");
        if (passwords.IsShut(Now))
        {
            Must(outcome is VouchOutcome.Refused, "Somebody was vouched for behind a door that was announced shut.");
            return;
        }
        var isOwn = HasAccount && typed == personal;
        Must(outcome is not VouchOutcome.Vouched || (isOwn && isRead && isConfirmed), "Somebody was vouched for who has not shown his own password, or has not been here.");
        if (outcome is VouchOutcome.Refused)
        {
            Must(!isOwn, "His own password was refused.");
            AnswerWrongPassword();
        }
        else if (isOwn)
            passwords.AnsweredRight();
        else
            Must(secrets.Exists(s => s.Value == typed && !s.IsVoid), "What opens nothing was taken for a password.");
    }

    private async Task ComeByFranceConnect(int who, bool isHe)
    {
        var user = FranceConnectOf(who, isHe);
        var outcome = await (await world.Facet<IAdherentFranceConnect>()).SignIn(user, Origin);
        Tell($"comes by FranceConnect {who} as {(isHe ? "himself" : "somebody else")}: {outcome.GetType().Name}");
        if (outcome is not FranceConnectSignInOutcome.SignedIn isIn)
        {
            Must(!isHe || !HasAccount, "FranceConnect brought him, and he was not let in.");
            return;
        }
        Must(isHe && HasAccount, "FranceConnect let somebody else in.");
        Open(isIn.Session, bySecret: false, entered: null);
        wasOpened = true;
        if (subject != user.Subject)
            Expect(LetterKind.FranceConnectLinked, address!);
        subject = user.Subject;
    }

    private async Task Unlink(OpenedSession? session)
    {
        if (session is null)
            return;
        var outcome = await (await world.Facet<IAdherentFranceConnect>()).Unlink(session.Token);
        Tell($"unlinks FranceConnect: {outcome}");
        if (outcome != UnlinkOutcome.Unlinked)
            return;
        MustBeInside(session);
        Must(personal is not null, "The only way in was taken away.");
        subject = null;
    }

    private async Task Choose(OpenedSession? session)
    {
        if (session is null)
            return;
        var wanted = NextPassword();
        var outcome = await (await world.Facet<IAdherentCredentials>()).Personalise(session.Token, new(wanted));
        Tell($"chooses a password: {outcome.GetType().Name}");
        if (outcome is not PasswordChangeOutcome.Changed changed)
        {
            Must(!session.IsObliged || !session.MustBeOpen(Now), "He could not choose the password that he must.");
            return;
        }
        Must(session.IsObliged && session.MayBeOpen(Now), "A password was chosen in a session that has no right to it.");
        TakePassword(wanted, session, changed.Session);
    }

    private async Task Change(OpenedSession? session, bool isRight)
    {
        if (session is null)
            return;
        var wanted = NextPassword();
        var outcome = await (await world.Facet<IAdherentCredentials>()).Change(session.Token, new(isRight ? personal ?? "Mauvais-Mot-1" : "Mauvais-Mot-1"), new(wanted));
        Tell($"changes the password, giving a {(isRight ? "right" : "wrong")} one: {outcome.GetType().Name}");
        if (outcome is PasswordChangeOutcome.NotDue)
            return;
        MustBeInside(session);
        if (Reauthenticated(isRight, outcome is PasswordChangeOutcome.Locked, outcome is PasswordChangeOutcome.WrongCurrent))
            TakePassword(wanted, session, Assert.IsType<PasswordChangeOutcome.Changed>(outcome).Session);
    }

    // What a bystander expects of a password asked for again.
    private bool Reauthenticated(bool isRight, bool isLocked, bool isWrong)
    {
        if (passwords.IsShut(Now))
        {
            Must(isLocked, "A password was looked at behind a door that was announced shut.");
            return false;
        }
        if (isRight && personal is not null)
        {
            Must(!isLocked && !isWrong, "His own password was refused.");
            return true;
        }
        AnswerWrongPassword();
        Must(passwords.IsShut(Now) ? isLocked : isWrong, "A wrong password passed.");
        return false;
    }

    private void TakePassword(string wanted, OpenedSession session, SessionToken token)
    {
        if (personal is not null)
            Expect(LetterKind.PasswordChanged, address!);
        if (session.Entered is { } request)
        {
            activated.Add(request.Department);
            End(request);
        }
        EndWaysIn();
        foreach (var other in sessions)
            other.IsEnded = true;
        (personal, wasOpened, pending) = (wanted, true, null);
        Open(token, bySecret: false, entered: null);
    }

    private string NextPassword() => $"Passage-Lune{chosen++}x";

    private void Open(SessionToken token, bool bySecret, Request? entered)
    {
        sessions.Add(new() { Token = token, StartedAt = Now, SeenAt = Now, BySecret = bySecret, Entered = entered });
        // Ten at once: the oldest may have given way.
        foreach (var old in sessions.Where(s => s.MayBeOpen(Now)).SkipLast(10))
            old.IsEnded = true;
    }

    // It has arrived, and of those of its letter it is the one that counts.
    private void Use(Secret secret)
    {
        (secret.Letter.HasArrived, secret.Letter.IsConfirmed) = (true, true);
        foreach (var other in secrets.Where(s => s.Letter == secret.Letter && s != secret))
            other.IsVoid = true;
    }

    private Request RequestOf(Secret code) => requests.Find(r => r.Letter == code.Letter.Id)!;

    private void MustBeInside(OpenedSession session) =>
        Must(session.MayBeOpen(Now) && !session.IsObliged && isConfirmed, "Something was done in a session that is over, or in which something else is due.");

    private async Task SignOut(OpenedSession? session)
    {
        if (session is null)
            return;
        await (await world.Facet<IAdherentSessions>()).SignOut(session.Token);
        Tell("signs out");
        session.IsEnded = true;
    }

    private async Task Look(OpenedSession? session)
    {
        if (session is null)
            return;
        var status = await (await world.Facet<IAdherentSessions>()).Check(session.Token);
        Tell($"looks: {status?.Due.ToString() ?? "the session is over"}");
        Must(status is null || session.MayBeOpen(Now), "A session lives that is over.");
        Must(status is not null || !session.MustBeOpen(Now), "A session has ended without a reason.");
        if (status is null)
            return;
        Must(status.Due == (session.IsObliged ? FirstConnectionStep.Password : isConfirmed ? FirstConnectionStep.None : FirstConnectionStep.ContactDetails), "Another step is due.");
        if (Now - session.SeenAt >= TimeSpan.FromMinutes(1))
            session.SeenAt = Now;
    }

    private async Task Recover(bool toOther)
    {
        var to = toOther ? OtherEmail : Email;
        await (await world.Facet<IAdherentCredentials>()).Recover(to);
        var isGranted = HasNewLetter(LetterKind.NewProvisionalPassword);
        Tell($"has forgotten the password of {to}: {(isGranted ? "a letter" : "nothing")}");
        Must(!isGranted || (HasAccount && to == address), "Another address gets a way in.");
        MayGetWayIn(isGranted, HasAccount && to == address);
    }

    private async Task Renew()
    {
        var outcome = await (await world.Facet<IAdherentCredentials>()).RenewProvisional();
        Tell($"asks for another provisional password: {outcome}");
        if (outcome != RenewalOutcome.NotDue)
            MayGetWayIn(outcome == RenewalOutcome.Sent, isDue: true);
    }

    private void MayGetWayIn(bool isGranted, bool isDue)
    {
        var lately = recovered.Count(at => at > Now.AddHours(-1));
        Must(isGranted || !isDue || lately >= 3 || LettersLatelyTo(address!) >= 10, "He was refused a way in that he may ask for.");
        Must(!isGranted || lately < 3, "More than three letters an hour.");
        if (!isGranted)
            return;
        recovered.Add(Now);
        CountLetterTo(address!);
        Expect(LetterKind.NewProvisionalPassword, address!);
    }

    private void CountLetterTo(EmailAddress to) => counted.Add((to, Now));

    private int LettersLatelyTo(EmailAddress to) => counted.Count(c => c.To == to && c.At > Now.AddDays(-1));

    // The others have been noted after the act that they follow from.
    private bool HasNewLetter(LetterKind kind) => world.Stored?.Dispatches.All.Exists(d => d.Kind == kind && !letters.Exists(l => l.Id == d.Id)) == true;

    private async Task Confirm(OpenedSession? session, EmailAddress wanted)
    {
        if (session is null)
            return;
        var outcome = await (await world.Facet<IAdherentContact>()).Confirm(session.Token, new(wanted, null, null, null));
        Tell($"confirms how he is reached, {wanted}: {outcome}");
        if (outcome == ContactConfirmation.NotAllowed)
        {
            Must(session.IsObliged || !session.MustBeOpen(Now), "He could not confirm how he is reached.");
            return;
        }
        Must(session.MayBeOpen(Now) && !session.IsObliged, "Contact details were confirmed in a session that has no right to it.");
        isConfirmed = true;
        WantAddress(wanted);
    }

    private async Task ChangeEmail(OpenedSession? session, EmailAddress wanted, bool isRight)
    {
        if (session is null)
            return;
        var outcome = await (await world.Facet<IAdherentContact>()).ChangeEmail(session.Token, new(isRight ? personal ?? "Mauvais-Mot-1" : "Mauvais-Mot-1"), wanted);
        Tell($"wants {wanted}, giving a {(isRight ? "right" : "wrong")} password: {outcome}");
        if (outcome == EmailChangeOutcome.NotAllowed)
            return;
        MustBeInside(session);
        if (!Reauthenticated(isRight, outcome == EmailChangeOutcome.Locked, outcome == EmailChangeOutcome.WrongPassword))
            return;
        var lately = letters.Count(l => l.Kind == LetterKind.EmailChangeLink && l.AskedAt > Now.AddDays(-1));
        if (outcome == EmailChangeOutcome.TooMany)
        {
            Must(lately >= 5, "He was refused another link without a reason.");
            return;
        }
        WantAddress(wanted);
        Must(!expected.Exists(e => e.Kind == LetterKind.EmailChangeLink) || lately < 5, "More than five links a day.");
    }

    // Another address waits to be proved; the one in use puts an end to what waits.
    private void WantAddress(EmailAddress wanted)
    {
        if (wanted == address)
            pending = null;
        else if (!IsPending(wanted))
        {
            CountLetterTo(wanted);
            Expect(LetterKind.EmailChangeLink, wanted);
            Expect(LetterKind.EmailChangeRequested, address!);
        }
    }

    private bool IsPending(EmailAddress wanted) => pending is { } waits && waits.Address == wanted && letters.Find(l => l.Id == waits.Link) is { IsRefused: false }
        && Now < secrets.Where(s => s.Letter.Id == waits.Link).Select(s => s.LastEnd).Append(waits.AskedAt + EmailChange.Lifetime).Max();

    private async Task OpenLink(Secret? link)
    {
        if (link is null)
            return;
        Assert.True(EmailLink.TryParse(link.Value, out var adherent, out var secret));
        Assert.Equal(world.Key, adherent);
        var outcome = await (await world.Facet<IAdherentContact>()).ProveEmail(secret);
        Tell($"opens the link sent to {link.Letter.To}: {outcome}");
        var isWanted = HasAccount && pending?.Link == link.Letter.Id;
        Must(outcome != EmailProof.Changed || (isWanted && link.MayOpen(Now)), "A link that is void changed the address.");
        Must(outcome == EmailProof.Changed || !isWanted || !link.MustOpen(Now), "A link did not do what it was sent for.");
        if (outcome != EmailProof.Changed)
            return;
        Expect(LetterKind.EmailChanged, address!);
        (link.Letter.HasArrived, link.Letter.IsConfirmed) = (true, true);
        link.IsVoid = true;
        EndWaysIn();
        foreach (var session in sessions.Where(s => s is { BySecret: true, Entered: null }))
            session.IsEnded = true;
        (address, isRead, pending) = (link.Letter.To, true, null);
    }

    private async Task Enrol(OpenedSession? session, string department)
    {
        if (session is null)
            return;
        var outcome = await (await world.Facet<IAdherentEnrolments>()).Request(session.Token, department);
        Tell($"asks for department {department}: {outcome}");
        if (outcome != EnrolmentOutcome.NotAllowed)
            MustBeInside(session);
        if (outcome != EnrolmentOutcome.Requested)
            return;
        EndExpired(department);
        Must(!activated.Contains(department) && !requests.Exists(r => !r.IsOver && r.Department == department), "A department was asked for twice.");
        Expect(LetterKind.DepartmentCode, address!);
        requests.Add(new() { Department = department, Letter = world.Stored!.Enrolments.PendingFor(department)!.Letter });
    }

    // A request whose code has expired makes room for another.
    private void EndExpired(string department)
    {
        foreach (var old in requests.Where(r => !r.IsOver && r.Department == department && SecretsOf(r).Any() && SecretsOf(r).All(s => !s.MustOpen(Now))))
            End(old);
    }

    private async Task CancelEnrolment(OpenedSession? session, string department)
    {
        if (session is null || !await (await world.Facet<IAdherentEnrolments>()).Cancel(session.Token, department))
            return;
        Tell($"takes the request for {department} back");
        MustBeInside(session);
        foreach (var request in requests.Where(r => !r.IsOver && r.Department == department))
            End(request);
    }

    private async Task EnterCode(OpenedSession? session, string department, Secret? code)
    {
        if (session is null)
            return;
        Assert.True(ConfidentialCode.TryParse(code?.Value ?? "AAAAABBBBB", out var typed));
        var outcome = await (await world.Facet<IAdherentEnrolments>()).EnterCode(session.Token, department, typed);
        Tell($"enters {(code is null ? "a wrong code" : $"the code for {RequestOf(code).Department}")} for {department}: {outcome}");
        if (outcome is CodeOutcome.NotAllowed)
            return;
        MustBeInside(session);
        var request = requests.Find(r => !r.IsOver && r.Department == department);
        var isRight = code is not null && request?.Letter == code.Letter.Id;
        switch (outcome)
        {
            case CodeOutcome.Accepted:
                Must(isRight && code!.MayOpen(Now), "A code was accepted that is not the one, or not any more.");
                Use(code!);
                code!.LastEnd = code.LastEnd > Now.AddHours(8) ? code.LastEnd : Now.AddHours(8);
                session.Entered = request;
                return;
            case CodeOutcome.Wrong:
            case CodeOutcome.Locked:
                Must(!isRight || !code!.MustOpen(Now), "A right code was refused.");
                request!.WrongCodes++;
                Must(request.WrongCodes < 5 ? outcome == new CodeOutcome.Wrong(5 - request.WrongCodes) : outcome is CodeOutcome.Locked, $"After {request.WrongCodes} wrong codes the answer is {outcome}.");
                if (outcome is CodeOutcome.Locked)
                    End(request);
                return;
            case CodeOutcome.OtherDepartment:
                Must(code is not null && RequestOf(code).Department != department && code.MayOpen(Now), "A code was recognised that is none.");
                return;
            default:
                Must(!isRight || !code!.MustOpen(Now), "A right code was refused.");
                return;
        }
    }

    private async Task Close(OpenedSession? session, bool isRight)
    {
        if (session is null)
            return;
        var outcome = await (await world.Facet<IAdherentAccount>()).Close(session.Token, new(isRight ? personal ?? "Mauvais-Mot-1" : "Mauvais-Mot-1"));
        Tell($"closes the account, giving a {(isRight ? "right" : "wrong")} password: {outcome}");
        if (outcome == CloseOutcome.NotAllowed)
            return;
        MustBeInside(session);
        if (!Reauthenticated(isRight, outcome == CloseOutcome.Locked, outcome == CloseOutcome.WrongPassword))
            return;
        Expect(LetterKind.AccountClosed, address!);
        EndAccount();
        passwords.AnsweredRight();
    }

    private async Task SendPassword()
    {
        var outcome = await (await world.Facet<IAdherentAssistance>()).SendProvisionalPassword(call);
        Tell($"the hotline has a password sent: {outcome}");
        if (outcome != AssistanceOutcome.Done)
            return;
        Must(HasAccount, "A way in was sent into an account that is none.");
        AgentSends();
        Expect(personal is null ? LetterKind.ProvisionalPassword : LetterKind.NewProvisionalPassword, address!);
    }

    private void AgentSends()
    {
        sentByAgents.Add(Now);
        Must(sentByAgents.Count(at => at > Now.AddDays(-1)) <= 5, "More than five a day.");
    }

    private async Task CorrectEmail(EmailAddress wanted)
    {
        var wasUnread = personal is null && !isRead && subject is null;
        var outcome = await (await world.Facet<IAdherentAssistance>()).CorrectEmail(call, wanted, phoneChecked: true);
        Tell($"the hotline is told of {wanted}: {outcome}");
        if (outcome != AssistanceOutcome.Done)
            return;
        Must(HasAccount && wanted != address, "An address was corrected that is none.");
        if (!wasUnread)
        {
            Expect(LetterKind.EmailChangeLink, wanted);
            Expect(LetterKind.EmailCorrectionRequested, address!);
            return;
        }
        AgentSends();
        EndWaysIn();
        foreach (var session in sessions)
            session.IsEnded = true;
        Expect(LetterKind.EmailCorrected, address!);
        Expect(LetterKind.ProvisionalPassword, wanted);
        (address, isRead, pending) = (wanted, false, null);
    }

    private async Task HastenCode(string department)
    {
        var outcome = await (await world.Facet<IAdherentAssistance>()).HastenDepartment(call, department);
        Tell($"the hotline hastens the code for {department}: {outcome}");
    }

    private async Task CancelCode(string department)
    {
        var outcome = await (await world.Facet<IAdherentAssistance>()).CancelDepartment(call, department);
        Tell($"the hotline cancels the code for {department}: {outcome}");
        if (outcome != AssistanceOutcome.Done)
            return;
        foreach (var request in requests.Where(r => !r.IsOver && r.Department == department))
            End(request);
    }

    private async Task CloseSessions()
    {
        var outcome = await (await world.Facet<IAdherentAssistance>()).CloseSessions(call);
        Tell($"the hotline closes his sessions: {outcome}");
        Must(outcome == AssistanceOutcome.Done || !sessions.Exists(s => s.MustBeOpen(Now)), "Sessions are open that the hotline does not see.");
        if (outcome != AssistanceOutcome.Done)
            return;
        foreach (var session in sessions)
            session.IsEnded = true;
    }

    private string NameOf(string typed) => typed == personal ? "his own password"
        : secrets.FindIndex(s => s.Value == typed) is var at and >= 0 ? $"secret {at} ({secrets[at].Letter.Kind}, until {secrets[at].AnnouncedEnd:MM-dd HH:mm}{(secrets[at].IsVoid ? ", void" : "")})"
        : "something wrong";
}
