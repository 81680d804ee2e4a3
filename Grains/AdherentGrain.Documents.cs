using Microsoft.Extensions.Logging;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Documents;

namespace MsaOrleans.Grains;

internal sealed partial class AdherentGrain : IAdherentDocuments, IIssuedCertificates
{
    async Task<DocumentShelf?> IAdherentDocuments.All(SessionToken session) => !MayUseSpace(session) ? null : new(
        CertificatesShown,
        await RegistryIfItAnswers(async known => (bool?)(await known.Find(Key) is { HealthInsured: true })),
        State.Registration.Completed!.TermsVersion,
        State.Registration.Completed.At,
        EnrolmentsShown.Requests);

    async Task<CertificateOutcome> IAdherentDocuments.Certify(SessionToken session, CertificateRequest request)
    {
        if (!MayUseSpace(session))
            return new CertificateOutcome.NotAllowed();
        if (!State.Documents.MayCertify(Now))
            return new CertificateOutcome.TooMany();
        var known = await registry.Find(Key);
        if (request.Payments is null && known?.HealthInsured != true)
            return new CertificateOutcome.NotInsured();
        var payments = await PaymentsWithin(request.Payments);
        if (known is not { } person || (request.Payments is not null && payments.Count == 0))
            return new CertificateOutcome.NoPayments();
        if (payments.Count > Documents.MostPayments)
            return new CertificateOutcome.TooManyPayments(payments.Count, Documents.MostPayments);
        var (id, code) = (Guid.CreateVersion7(Now), VerificationCode.New());
        var pdf = await printer.Print(new(State.Nir!, person, Now, code, request.Payments, payments));
        await files.Write(Key, id, pdf);
        var made = new Certificate(id, code, CivilIdentity.Of(person).DisplayName, Now, pdf.Length, request.Payments);
        var next = State with { Documents = State.Documents.With(made, Now) };
        await CommitAndQueue(request.Deliver ? Delivered(next, made, person) : next);
        meter.Certified(made.Kind);
        return new CertificateOutcome.Made(id);
    }

    async Task<DocumentFile?> IAdherentDocuments.Open(SessionToken session, Guid document)
    {
        if (!MayUseSpace(session))
            return null;
        if (State.Documents.At(Now).FirstOrDefault(c => c.Id == document) is { } certificate && await files.Read(Key, document) is { } content)
            return new(certificate.Summary, content);
        return Missing<DocumentFile>();
    }

    Task<IssuedCertificate?> IIssuedCertificates.Verify(VerificationCode code) =>
        Task.FromResult(State.Documents.At(Now).FirstOrDefault(c => c.Code == code)?.Issued);

    private IReadOnlyList<CertificateSummary> CertificatesShown => [.. State.Documents.At(Now).Reverse().Select(c => c.Summary with { Copy = State.PostalCopies.SummaryOf(c.Id) })];

    private async Task<IReadOnlyList<Interfaces.Space.Payment>> PaymentsWithin(PaymentPeriod? period) =>
        period is null || period.FaultOn(FrenchCalendar.DayOf(Now)) is not PeriodFault.None ? []
        : [.. (await registry.Payments(Key)).Where(payment => period.Includes(payment.Date)).Reverse()];

    // The files go first: what names them stays until they are gone.
    private async Task<Documents> WithoutOldFiles()
    {
        if (!(State.Documents.DueAt <= Now))
            return State.Documents;
        var kept = State.Documents.PrunedAt(Now);
        await files.EraseAllBut(Key, (State with { Documents = kept }).Files);
        return kept;
    }

    private T? Missing<T>()
        where T : class
    {
        log.LogWarning("A document was asked for that its asker does not have");
        meter.DocumentRefused();
        return null;
    }
}
