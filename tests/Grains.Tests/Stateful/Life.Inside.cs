using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Account;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Grains.Interfaces.Enrolments;

namespace MsaOrleans.Grains.Tests.Stateful;

/// <summary>What is done once inside: how he is reached, the departments he asks for, the account he closes.</summary>
internal sealed partial class Life
{
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
}
