using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Account;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Ports;

namespace MsaOrleans.Grains;

internal sealed partial class AdherentGrain : IAdherentAccount
{
    async Task<ExportOutcome> IAdherentAccount.Export(SessionToken session, Password password)
    {
        if (!MayUseSpace(session))
            return new ExportOutcome.NotAllowed();
        var asking = OpenSession(session)!;
        return await Reauthenticate(password) switch
        {
            Reauthentication.Passed => new ExportOutcome.Exported(PersonalDataOf(asking, await registry.Find(Key)) with
            {
                Payments = await registry.Payments(Key),
                Assistance = await TracesOfAgents(),
            }),
            Reauthentication.WrongPassword => new ExportOutcome.WrongPassword(),
            Reauthentication.Locked => new ExportOutcome.Locked(),
        };
    }

    async Task<CloseOutcome> IAdherentAccount.Close(SessionToken session, Password password)
    {
        if (!MayUseSpace(session))
            return CloseOutcome.NotAllowed;
        switch (await Reauthenticate(password))
        {
            case Reauthentication.WrongPassword:
                return CloseOutcome.WrongPassword;
            case Reauthentication.Locked:
                return CloseOutcome.Locked;
        }
        await CommitAndQueue(State.Closed(Guid.CreateVersion7(Now), Now));
        return CloseOutcome.Closed;
    }

    async Task<IReadOnlyList<AssistanceTrace>?> IAdherentAccount.AssistanceRecord(SessionToken session) => MayUseSpace(session) ? await TracesOfAgents() : null;

    private async Task<IReadOnlyList<AssistanceTrace>> TracesOfAgents() => [.. (await audit.About(Key, MaxRecordShown)).Select(TraceOf)];

    private static AssistanceTrace TraceOf(AuditEntry entry)
    {
        var (subject, outcome) = AssistanceDetail.Read(entry.Detail);
        return new(entry.At, entry.Act, outcome is null ? null : subject, outcome is null or AssistanceOutcome.Done, entry.By.Reason);
    }

    private PersonalData PersonalDataOf(Session asking, InsuredPerson? person) => new()
    {
        At = Now,
        Nir = State.Nir!,
        BirthName = State.Identity!.BirthName,
        UsedName = State.Identity.UsedName,
        GivenNames = State.Identity.GivenNames,
        BirthDate = State.Identity.BirthDate,
        SignedUpAt = State.Registration.Completed!.At,
        TermsVersion = State.Registration.Completed.TermsVersion,
        PasswordChangedAt = State.Credentials.PersonalSince,
        EmailVerifiedAt = State.Contact.EmailVerifiedAt,
        FranceConnect = new(State.FranceConnect.Subject, State.FranceConnect.LinkedAt, State.FranceConnect.VouchedAs),
        Contact = ContactOverviewWith(person?.Address),
        Enrolments = State.Enrolments.OverviewWith(State.PostalCopies),
        Sessions = OverviewOf(asking),
        VerificationFailures = FailuresOf(State.Verification.Lockout),
        SignInFailures = FailuresOf(State.Credentials.Lockout),
        PasswordsAskedFor = State.Recovery.Granted,
        Notes = [.. State.Assistance.Notes.Reverse().Select(n => new NoteRecord(n.At, n.Text))],
        Conversations = [.. State.Conversations.All.Reverse().Select(c => new ConversationRecord(c.Topic, c.ClosedAt, ReadingOf(c)))],
        Certificates = CertificatesShown,
        PostalCopies = State.PostalCopies.Summaries,
        PasswordsSentByAgents = State.Assistance.PasswordsSent,
        Verifications = [.. State.Verification.Attempts.Select(a => new VerificationRecord(a.At, a.Proof == ProofKind.VitaleCard, a.Matched, a.Proof == ProofKind.FranceConnect))],
        Letters = [.. State.Dispatches.All.Select(d => new LetterRecord(d.Kind.ToString(), d.To, d.RequestedAt, d.SentAt, d.GivenUpAt))],
        Registry = person is null ? null : new(
            person.BirthName, person.UsedName, person.GivenNames, person.Sex.ToString(), person.BirthDate, person.BirthPlaceCode, person.BirthCountryCode,
            person.HealthInsured, person.CardKind.ToString(), person.CardSerial, person.Departments, person.Address,
            person.PresumedBirthDate?.ToString()),
        Payments = [],
        ClosedAccounts = [.. State.Closures.Select(c => new ClosedAccountRecord(c.OpenedAt, c.TermsVersion, c.ClosedAt))],
    };

    private static FailureRecord FailuresOf(Lockout lockout) => new(lockout.Failures, lockout.Locks, lockout.Until, lockout.LastFailureAt);
}
