using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Enrolments;
using MsaOrleans.Grains.Interfaces.Sessions;
using MsaOrleans.Grains.Ports;

namespace MsaOrleans.Grains;

internal sealed partial class AdherentGrain : IAdherentCredentials
{
    async Task<SignInOutcome> IAdherentCredentials.SignIn(Password password, SignInOrigin origin)
    {
        if (State.Credentials.Lockout.HoldsAt(Now))
            return meter.Counted(new SignInOutcome.Refused());
        var typed = PasswordGenerator.Cleaned(password);
        var token = SessionToken.New();
        var hash = SecretHash.Of(token.Secret);

        var next = await Recognise(typed) switch
        {
            (Opening.Provisional, var match) => ByProvisional(match, hash, origin),
            (Opening.Personal, var match) => await ByPersonal(typed, match, hash, origin),
            (Opening.Code, var match) => ByCode(match, hash, origin),
            null => null,
        };
        if (next is null)
        {
            await CountWrongPassword();
            return meter.Counted(new SignInOutcome.Refused());
        }
        if (next == State)
            return meter.Counted(new SignInOutcome.Expired());
        // Not while a code is on its way to opening a department: what the caisses know could take it from under its session.
        if (next is { Enrolments.ServiceBundle: not null } && next.Sessions.Open[^1].Enrolment is null && await RegistryIfItAnswers() is { } person)
            next = next.WithRegistryOf(person, Now);
        await Commit(next);
        return meter.Counted(new SignInOutcome.SignedIn(token, next.Due(next.Sessions.Open[^1])));
    }

    async Task<PasswordChangeOutcome> IAdherentCredentials.Personalise(SessionToken session, Password chosen) =>
        OpenSession(session) is { IsObliged: true } open
            ? await Replace(open, chosen)
            : new PasswordChangeOutcome.NotDue();

    async Task<PasswordChangeOutcome> IAdherentCredentials.Change(SessionToken session, Password current, Password chosen) => !MayUseSpace(session)
        ? new PasswordChangeOutcome.NotDue()
        : await Reauthenticate(current) switch
        {
            // It may have come to its end while the password was looked at.
            Reauthentication.Passed => OpenSession(session) is { } open ? await Replace(open, chosen) : new PasswordChangeOutcome.NotDue(),
            Reauthentication.WrongPassword => new PasswordChangeOutcome.WrongCurrent(),
            Reauthentication.Locked => new PasswordChangeOutcome.Locked(),
        };

    async Task IAdherentCredentials.Recover(EmailAddress email)
    {
        var mayHaveLetter = State.Registration.Completed is not null && State.Contact.Email == email && State.Recovery.Allows(Now);
        // Asked in any case: how long the answer takes would tell whose address it is.
        if (await MailboxOf(email).Take(onlyLook: !mayHaveLetter) && mayHaveLetter)
            await SendNewProvisional();
        else
            await CommitAndSeemToQueue(State with { Recovery = State.Recovery.Ignore(Now) });
    }

    async Task<RenewalOutcome> IAdherentCredentials.RenewProvisional()
    {
        if (State.Credentials.Provisional is not { } expired || expired.IsValidAt(Now) || expired.SentTo != State.Contact.Email)
            return RenewalOutcome.NotDue;
        if (!State.Recovery.Allows(Now) || !await MailboxOf(State.Contact.Email).Take())
            return RenewalOutcome.TooMany;
        await SendNewProvisional();
        return RenewalOutcome.Sent;
    }

    // To the address that is kept, which may be another mailbox than one that was typed in other capitals; and alone, or an older letter that leaves
    // later would void its password.
    private Task SendNewProvisional() => CommitAndQueue(State with
    {
        Recovery = State.Recovery.Grant(Now),
        Dispatches = State.Dispatches.VoidPasswords(Now).Request(Guid.CreateVersion7(Now), LetterKind.NewProvisionalPassword, State.Contact.Email!, Now),
    });

    /// <summary>What he has that was typed, and its hash; nothing when it is nothing of his.</summary>
    /// <remarks>
    /// The shape of what was typed, and nothing about this adherent, says what it is compared with: a wrong guess of one shape costs the same hashes whoever it
    /// is about, and time does not tell who has an account, a letter on its way or a code.
    /// </remarks>
    private async Task<(Opening, PasswordHash)?> Recognise(Password typed) =>
        PasswordGenerator.MayBe(typed) && await hasher.FindMatch(typed, State.Credentials.ProvisionalHashes) is { } provisional ? (Opening.Provisional, provisional)
        : await hasher.FindMatch(typed, State.Credentials.PersonalHashes) is { } own ? (Opening.Personal, own)
        : ConfidentialCode.TryParse(typed.Value, out var code) && await hasher.FindMatch(new(code.Value), State.Enrolments.CodesForSignInAt(Now)) is { } sent ? (Opening.Code, sent)
        : null;

    // Right, but too late: the state as it is.
    private AdherentState ByProvisional(PasswordHash match, string tokenHash, SignInOrigin origin) => !State.Credentials.Provisional!.IsValidAt(Now) ? State : State with
    {
        Credentials = State.Credentials.AcceptProvisional(match, origin, Now),
        Contact = State.Contact.Verified(State.Credentials.Provisional.SentTo, Now),
        Sessions = State.Sessions.Add(Session.Begin(tokenHash, origin, Now, mustChangePassword: true), policy.Session),
        // Its letter has arrived, whether or not the worker lived to say so: sending it again would make another way in.
        Dispatches = State.Dispatches.Confirm(State.Credentials.Provisional.Dispatch, Now),
    };

    private async Task<AdherentState> ByPersonal(Password typed, PasswordHash match, string tokenHash, SignInOrigin origin) => State with
    {
        Credentials = await Renewed(State.Credentials.Accept(SignInMeans.Password, origin, Now), typed, match),
        Sessions = State.Sessions.Add(Session.Begin(tokenHash, origin, Now), policy.Session),
    };

    private async Task<Credentials> Renewed(Credentials accepted, Password typed, PasswordHash match) =>
        hasher.IsOutdated(match) ? accepted.Rehashed(await hasher.Hash(typed)) : accepted;

    private AdherentState ByCode(PasswordHash match, string tokenHash, SignInOrigin origin)
    {
        var letter = State.Enrolments.RequestOf(match).Letter;
        var arrived = CodeHasArrived(match);
        return arrived with
        {
            Credentials = State.Credentials.Accept(SignInMeans.DepartmentCode, origin, Now),
            Enrolments = arrived.Enrolments.SignedIn(letter, Now),
            Sessions = State.Sessions.Add(Session.Begin(tokenHash, origin, Now, mustChangePassword: true, letter), policy.Session),
        };
    }

    /// <summary>A new password in place of what there was: every session ends, and whoever had one before is told by mail.</summary>
    private async Task<PasswordChangeOutcome> Replace(Session open, Password chosen)
    {
        chosen = PasswordGenerator.Cleaned(chosen); // as at sign-in, or it would never open again
        var identity = State.Identity!;
        var flaws = PasswordRules.FlawsOf(chosen, State.Nir!, identity.Names, identity.BirthDate);
        if (flaws == PasswordFlaws.None)
            flaws = await FlawOfReuse(chosen);
        if (flaws != PasswordFlaws.None)
            return new PasswordChangeOutcome.Rejected(flaws);
        var hash = await hasher.Hash(chosen);
        var token = SessionToken.New();
        await CommitAndQueue(State with
        {
            Registration = State.Registration.Opened(),
            Credentials = State.Credentials.Personalise(hash, Now),
            Enrolments = open.Enrolment is { } request ? State.Enrolments.Activate(request, Now) : State.Enrolments,
            Sessions = new Sessions().Add(Session.Begin(SecretHash.Of(token.Secret), open.Origin, Now), policy.Session),
            // Whoever may have been in before keeps neither a link nor a letter that leads in again.
            Contact = State.Contact with { PendingEmail = null },
            Dispatches = State.Credentials.Personal is null
                ? State.Dispatches.VoidPasswords(Now)
                : State.Dispatches.VoidPasswords(Now).Request(Guid.CreateVersion7(Now), LetterKind.PasswordChanged, State.Contact.Email!, Now),
        });
        return new PasswordChangeOutcome.Changed(token);
    }

    private async Task<PasswordFlaws> FlawOfReuse(Password chosen)
    {
        if (PasswordGenerator.MayBe(chosen) && await hasher.FindMatch(chosen, State.Credentials.ProvisionalHashes) is not null)
            return PasswordFlaws.Provisional;
        if (ConfidentialCode.TryParse(chosen.Value, out var code) && await hasher.FindMatch(new(code.Value), State.Enrolments.CodesAt(Now)) is not null)
            return PasswordFlaws.Provisional;
        return State.Credentials.Personal is not null && await hasher.FindMatch(chosen, State.Credentials.PersonalHashes) is not null
            ? PasswordFlaws.Current
            : PasswordFlaws.None;
    }

    /// <summary>What must be asked again before something weighty: the password he has. Wrong ones count as at sign-in.</summary>
    private async Task<Reauthentication> Reauthenticate(Password password)
    {
        if (State.Credentials.Lockout.HoldsAt(Now))
            return Reauthentication.Locked;
        if (await hasher.FindMatch(PasswordGenerator.Cleaned(password), State.Credentials.PersonalHashes) is not null)
            return Reauthentication.Passed;
        await CountWrongPassword();
        return State.Credentials.Lockout.HoldsAt(Now) ? Reauthentication.Locked : Reauthentication.WrongPassword;
    }

    // Counted for people without an account too: what is written, what is queued, and how long it takes, tells nobody who has one.
    private Task CountWrongPassword()
    {
        var next = State with { Credentials = State.Credentials.Refuse(policy.SignIn, Now) };
        if (!next.Credentials.Lockout.HoldsAt(Now))
            return Commit(next);
        return State.Registration.Completed is not null && State.Contact.Email is { } email
            ? CommitAndQueue(next with
            {
                Dispatches = State.Dispatches.Void([LetterKind.SignInLocked], VoidReasons.OtherLock, Now).Request(Guid.CreateVersion7(Now), LetterKind.SignInLocked, email, Now),
            })
            : CommitAndSeemToQueue(next);
    }

    private enum Opening
    {
        Personal,
        Provisional,
        Code,
    }

    private enum Reauthentication
    {
        Passed,
        WrongPassword,
        Locked,
    }
}
