using System.Globalization;
using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Interfaces.Postal;
using MsaOrleans.Grains.Ports;

namespace MsaOrleans.Grains;

internal sealed partial class AdherentGrain : IAdherentPostalCopies
{
    Task<IReadOnlyList<WaitingCopy>> IAdherentPostalCopies.Waiting() => Task.FromResult<IReadOnlyList<WaitingCopy>>([.. State.PostalCopies.Waiting.Select(c => c.ForAgents)]);

    async Task<int> IAdherentPostalCopies.Prepare(AgentAct act, PostalBatch batch, int most)
    {
        var (copies, letters) = State.PostalCopies.Prepare(batch, act.Agent, most, Now);
        return await Handle(act, AuditedAct.PreparedLetters, copies, letters);
    }

    async Task<IReadOnlyList<byte[]>> IAdherentPostalCopies.Print(AgentAct act, PostalBatch batch)
    {
        var content = new List<byte[]>();
        foreach (var copy in State.PostalCopies.In(batch))
            content.Add(await files.Read(Key, copy.Id) ?? throw new InvalidOperationException("A letter that waits for the post has lost its file."));
        return await Handle(act, AuditedAct.PrintedLetters, State.PostalCopies.Printed(batch, Now), content.Count) == 0 ? [] : content;
    }

    async Task<int> IAdherentPostalCopies.Post(AgentAct act, PostalBatch batch)
    {
        var (copies, letters) = State.PostalCopies.Post(batch, Now);
        return await Handle(act, AuditedAct.PostedLetters, copies, letters);
    }

    private async Task<int> Handle(AgentAct act, AuditedAct what, PostalCopies next, int letters)
    {
        if (letters == 0 || !HasReason(act))
            return 0;
        await PutOnRecord(what, act, AssistanceDetail.Of(AssistanceOutcome.Done, letters.ToString(CultureInfo.InvariantCulture)));
        await Commit(State.With(next, Now));
        return letters;
    }

    /// <summary>A certificate reaches him as he chose.</summary>
    private AdherentState Delivered(AdherentState next, Certificate made, InsuredPerson person) => next.TakesPaper
        ? next with { PostalCopies = next.PostalCopies.Add(made.Id, PostalCopyKind.Certificate, person.Caisse?.Slug, Now) }
        : next with { Dispatches = next.Dispatches.RequestOnce(Guid.CreateVersion7(Now), LetterKind.CertificateMade, next.Contact.Email!, Now) };

    /// <summary>The acknowledgement of a request for a department reaches him as he chose; by mail when the caisses cannot say where he lives.</summary>
    private async Task<AdherentState> Acknowledged(AdherentState next, EnrolmentRequest request)
    {
        if (!next.TakesPaper || await RegistryIfItAnswers() is not { } person)
            return next with { Dispatches = next.Dispatches.RequestOnce(Guid.CreateVersion7(Now), LetterKind.DepartmentRequested, next.Contact.Email!, Now) };
        await files.Write(Key, request.Letter, await postPrinter.Print(new(person, request.Department, request.RequestedAt, request.CodeDueAt)));
        return next with { PostalCopies = next.PostalCopies.Add(request.Letter, PostalCopyKind.Acknowledgement, person.Caisse?.Slug, Now) };
    }
}
