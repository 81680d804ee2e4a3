using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Domain.Agents;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Agents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Ports;

namespace MsaOrleans.Grains;

/// <summary>One agent of the hotline, or a login that is nobody's. Takes calls one at a time, so that tries are counted and no code opens twice.</summary>
[GrainType("agent")]
internal sealed partial class AgentGrain(
    [PersistentState(AgentGrain.StateName, AgentGrain.StorageName)] IPersistentState<AgentState> store,
    IPasswordHasher hasher,
    IAuditTrail audit,
    AgentPolicy policy,
    TimeProvider clock) : Grain, IAgent
{
    /// <summary>Stored with every row: a contract.</summary>
    public const string StateName = "agent";

    /// <summary>The storage provider that the host must register.</summary>
    public const string StorageName = "agents";

    // Of tries during a lock, which cost whoever makes them nothing, the record takes one a minute.
    private static readonly TimeSpan betweenLockedEntries = TimeSpan.FromMinutes(1);

    private DateTimeOffset lockedEntryAt;

    private AgentState State => store.State;

    private DateTimeOffset Now => clock.GetUtcNow();

    public override Task OnActivateAsync(CancellationToken cancellationToken) => State.Profile is { } profile && profile.Login.Key != this.GetPrimaryKey()
        ? throw new InvalidOperationException("The stored row belongs to another agent: it was moved by hand, or worse.")
        : Task.CompletedTask;

    /// <summary>Tries at a login that is nobody's are stored like all others, or time would tell; they are forgotten when nobody has tried for a while.</summary>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        State.Profile is null && store.RecordExists ? store.ClearStateAsync(cancellationToken) : Task.CompletedTask;

    async Task<AgentTicket?> IAgent.SignIn(Password password)
    {
        if (State.Lockout.HoldsAt(Now))
        {
            await RecordLocked();
            return null;
        }
        var typed = PasswordGenerator.Cleaned(password);
        if (await hasher.FindMatch(typed, State.Password is { } known ? [known.Hash] : []) is not { } match || !State.Password!.WorksAt(Now))
        {
            await Refuse("mot de passe");
            return null;
        }
        var ticket = AgentTicket.New();
        // Failures stay counted until the code was right too: whoever knows the password alone must not wipe the slate between his guesses.
        await Commit(State with
        {
            Password = hasher.IsOutdated(match) ? State.Password with { Hash = await hasher.Hash(typed) } : State.Password,
            SecondFactor = State.SecondFactor is { IsEnrolled: true } enrolled ? enrolled : new(TotpSecret.New()),
            Pending = new(SecretHash.Of(ticket.Secret), Now + AgentPolicy.CodePatience),
        });
        return ticket;
    }

    Task<PendingCode?> IAgent.Pending(AgentTicket ticket) => Task.FromResult(IsPending(ticket)
        ? new PendingCode(State.Profile!.Login, State.SecondFactor is { IsEnrolled: false, Secret: var secret } ? secret : null)
        : null);

    async Task<AgentCodeOutcome> IAgent.Confirm(AgentTicket ticket, string code, SignInOrigin origin)
    {
        if (!IsPending(ticket))
            return new AgentCodeOutcome.Over();
        if (State.SecondFactor!.Accept(code, Now) is not { } accepted)
        {
            await Refuse("code");
            return State.Pending is null ? new AgentCodeOutcome.Over() : new AgentCodeOutcome.Wrong();
        }
        var token = SessionToken.New();
        await Record(AuditedAct.SignedIn, accepted.EnrolledAt == Now ? "premier code de ce téléphone" : null);
        await Commit(State with
        {
            Lockout = new(),
            Pending = null,
            SecondFactor = accepted,
            Sessions = State.Sessions.Add(Session.Begin(SecretHash.Of(token.Secret), origin, Now, State.Password!.IsProvisional), policy.Session),
        });
        return new AgentCodeOutcome.SignedIn(token);
    }

    async Task<AgentStatus?> IAgent.Check(SessionToken session)
    {
        if (OpenSession(session) is not { } open)
            return null;
        await Commit(State with { Sessions = State.Sessions.Seen(open, Now) });
        return StatusOf(open);
    }

    Task<AgentStatus?> IAgent.Look(SessionToken session) => Task.FromResult(OpenSession(session) is { } open ? StatusOf(open) : null);

    async Task<PasswordChangeOutcome> IAgent.Personalise(SessionToken session, Password chosen) =>
        OpenSession(session) is { MustChangePassword: true } open ? await Replace(open, chosen) : new PasswordChangeOutcome.NotDue();

    async Task<PasswordChangeOutcome> IAgent.Change(SessionToken session, Password current, Password chosen)
    {
        if (OpenSession(session) is not { MustChangePassword: false } open)
            return new PasswordChangeOutcome.NotDue();
        if (!State.Lockout.HoldsAt(Now))
        {
            if (await hasher.FindMatch(PasswordGenerator.Cleaned(current), [State.Password!.Hash]) is not null)
                return await Replace(open, chosen);
            await Refuse("mot de passe actuel");
        }
        return State.Lockout.HoldsAt(Now) ? new PasswordChangeOutcome.Locked() : new PasswordChangeOutcome.WrongCurrent();
    }

    // First ended, then put on record: a record that cannot be written must keep no session open.
    async Task IAgent.SignOut(SessionToken session)
    {
        if (OpenSession(session) is not { } open)
            return;
        await Commit(State with { Sessions = State.Sessions.Close(open.TokenHash) });
        await Record(AuditedAct.SignedOut);
    }

    private async Task<PasswordChangeOutcome> Replace(Session open, Password chosen)
    {
        chosen = PasswordGenerator.Cleaned(chosen); // as at sign-in, or it would never open again
        var (profile, known) = (State.Profile!, State.Password!);
        var flaws = PasswordRules.FlawsOf(chosen, [.. profile.Name.Split(' '), .. profile.Login.Parts]);
        if (flaws == PasswordFlaws.None && await hasher.FindMatch(chosen, [known.Hash]) is not null)
            flaws = known.IsProvisional ? PasswordFlaws.Provisional : PasswordFlaws.Current;
        if (flaws != PasswordFlaws.None)
            return new PasswordChangeOutcome.Rejected(flaws);
        var (hash, token) = (await hasher.Hash(chosen), SessionToken.New());
        await Record(AuditedAct.ChangedPassword);
        await Commit(State with
        {
            Password = new(hash),
            Pending = null,
            Sessions = new Sessions().Add(Session.Begin(SecretHash.Of(token.Secret), open.Origin, Now), policy.Session),
        });
        return new PasswordChangeOutcome.Changed(token);
    }

    private bool IsPending(AgentTicket ticket) => State.Pending is { } pending && pending.IsOf(SecretHash.Of(ticket.Secret), Now);

    private AgentStatus StatusOf(Session open)
    {
        var (login, name, role) = State.Profile!;
        return new(login, name, role, open.MustChangePassword, new(policy.Session.Idle, open.StartedAt + policy.Session.Absolute));
    }

    private Session? OpenSession(SessionToken token) => State.Sessions.Find(SecretHash.Of(token.Secret), policy.Session, Now);

    // Counted first: a record that cannot be written must give no more tries.
    private async Task Refuse(string what)
    {
        await Commit(State.Refuse(policy.SignIn, Now));
        await Record(AuditedAct.SignInRefused, State.Lockout.HoldsAt(Now) ? $"{what} ; accès suspendu" : what);
    }

    private async Task RecordLocked()
    {
        if (Now - lockedEntryAt < betweenLockedEntries)
            return;
        lockedEntryAt = Now;
        await Record(AuditedAct.SignInRefused, "accès suspendu");
    }

    // A login that is nobody's is not named: people type their password into the wrong field.
    private Task Record(AuditedAct act, string? detail = null) =>
        audit.Append(new(Now, act, new(State.Profile?.Login.Value ?? "?", "Connexion à l’assistance"), Detail: detail));

    /// <summary>The row is the truth: after a write that failed, or may have failed, the next call reads it again.</summary>
    private async Task Commit(AgentState next)
    {
        if (next == State)
            return;
        try
        {
            store.State = next;
            await store.WriteStateAsync();
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }
    }
}
