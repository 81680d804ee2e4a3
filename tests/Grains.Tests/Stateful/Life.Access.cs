using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.FranceConnect;
using MsaOrleans.Grains.Interfaces.Sessions;
using static MsaOrleans.Grains.Tests.Samples;

namespace MsaOrleans.Grains.Tests.Stateful;

/// <summary>Getting in: by a password, by what a letter brought, by FranceConnect; choosing and changing the password; the sessions that come of it.</summary>
internal sealed partial class Life
{
    private readonly List<(EmailAddress To, DateTimeOffset At)> counted = [];
    private readonly List<DateTimeOffset> recovered = [];

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

    private string NameOf(string typed) => typed == personal ? "his own password"
        : secrets.FindIndex(s => s.Value == typed) is var at and >= 0 ? $"secret {at} ({secrets[at].Letter.Kind}, until {secrets[at].AnnouncedEnd:MM-dd HH:mm}{(secrets[at].IsVoid ? ", void" : "")})"
        : "something wrong";
}
