using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Enrolments;
using MsaOrleans.Grains.Interfaces.Postal;

namespace MsaOrleans.Grains.Interfaces.Documents;

/// <summary>What was filed for an adherent: certificates, the terms he accepted, letters.</summary>
[Alias("msa.adherent.documents")]
public interface IAdherentDocuments : IAdherentFacet
{
    /// <summary>All that is filed; nothing when the session is over or something else is due first.</summary>
    [Alias("all"), Retriable]
    Task<DocumentShelf?> All(SessionToken session);

    /// <summary>Makes a certificate of what the caisses' registry says at this moment, and files it.</summary>
    [Alias("certify")]
    Task<CertificateOutcome> Certify(SessionToken session, CertificateRequest request);

    /// <summary>One of his documents, as it was made; nothing when he has no such document, which is counted and logged: its address leads nobody else to it.</summary>
    [Alias("open"), Retriable]
    Task<DocumentFile?> Open(SessionToken session, Guid document);
}

/// <summary>What an adherent's certificates tell to whoever holds one of them.</summary>
[Alias("msa.adherent.issued-certificates")]
public interface IIssuedCertificates : IAdherentFacet
{
    /// <summary>The certificate that has this code; nothing when none of his has.</summary>
    [Alias("verify"), Retriable]
    Task<IssuedCertificate?> Verify(VerificationCode code);
}

/// <summary>Leads from a code to the certificate that has it. One for the whole cluster by name, many in truth: key 0.</summary>
[Alias("msa.certificate-directory")]
public interface ICertificateDirectory : IGrainWithIntegerKey
{
    /// <returns>Nothing when no certificate that is kept has this code.</returns>
    [Alias("find"), Retriable]
    Task<IssuedCertificate?> Find(VerificationCode code);
}

/// <summary>What certificates tell of. Names are stored: they are a contract.</summary>
public enum CertificateKind
{
    /// <summary>He is insured for health by the MSA ("attestation de droits à l'assurance maladie").</summary>
    HealthRights,

    /// <summary>What the MSA paid to him over a period ("attestation de paiements").</summary>
    Payments,
}

/// <summary>A certificate asked for.</summary>
/// <param name="Payments">The period of one about payments; nothing for one about health insurance.</param>
/// <param name="Deliver">It reaches him as he chose, on paper or told by mail. Web servers of the version before do not ask for it, as in <see cref="IAdherentEnrolments.Request"/>.</param>
[GenerateSerializer, Immutable, Alias("msa.certificate-request")]
public sealed record CertificateRequest(PaymentPeriod? Payments = null, bool Deliver = false);

/// <summary>What came of asking for a certificate.</summary>
[GenerateSerializer, Immutable, Alias("msa.certificate-outcome")]
public abstract record CertificateOutcome
{
    private CertificateOutcome() { }

    /// <summary>It is made and filed.</summary>
    [GenerateSerializer, Immutable, Alias("msa.certificate-outcome.made")]
    public sealed record Made(Guid Document) : CertificateOutcome;

    /// <summary>The caisses do not say that he is insured for health by the MSA, or do not know him at all.</summary>
    [GenerateSerializer, Immutable, Alias("msa.certificate-outcome.not-insured")]
    public sealed record NotInsured : CertificateOutcome;

    /// <summary>Nothing was paid to him within the period, or it is none.</summary>
    [GenerateSerializer, Immutable, Alias("msa.certificate-outcome.no-payments")]
    public sealed record NoPayments : CertificateOutcome;

    /// <summary>More was paid than one certificate lists.</summary>
    [GenerateSerializer, Immutable, Alias("msa.certificate-outcome.too-many-payments")]
    public sealed record TooManyPayments(int Found, int Most) : CertificateOutcome;

    /// <summary>As many as may be made within 24 hours have been.</summary>
    [GenerateSerializer, Immutable, Alias("msa.certificate-outcome.too-many")]
    public sealed record TooMany : CertificateOutcome;

    /// <summary>The session is over, or something else is due first.</summary>
    [GenerateSerializer, Immutable, Alias("msa.certificate-outcome.not-allowed")]
    public sealed record NotAllowed : CertificateOutcome;
}

/// <summary>All that is filed for him.</summary>
/// <param name="Certificates">Latest first.</param>
/// <param name="HealthInsured">Whether one about health insurance can be made; nothing when the registry does not answer.</param>
/// <param name="TermsVersion">The terms of use that he accepted.</param>
/// <param name="TermsAcceptedAt">When.</param>
/// <param name="Enrolments">His requests for departments, latest first, which tell of their letters.</param>
[GenerateSerializer, Immutable, Alias("msa.document-shelf")]
public sealed record DocumentShelf(
    IReadOnlyList<CertificateSummary> Certificates, bool? HealthInsured, string TermsVersion, DateTimeOffset TermsAcceptedAt, IReadOnlyList<EnrolmentRequestSummary> Enrolments)
{
    public override string ToString() => "document shelf";
}

/// <summary>A certificate that was made, for its owner.</summary>
/// <param name="Id">By which he opens it.</param>
/// <param name="Kind">What it tells of.</param>
/// <param name="Period">Over which days, if it is about payments.</param>
/// <param name="MadeAt">When.</param>
/// <param name="KeptUntil">From then on neither he can open it nor anybody check it.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Code">What it is checked by.</param>
/// <param name="Copy">The copy on paper, if he chose paper.</param>
[GenerateSerializer, Immutable, Alias("msa.certificate-summary")]
public sealed record CertificateSummary(Guid Id, CertificateKind Kind, PaymentPeriod? Period, DateTimeOffset MadeAt, DateTimeOffset KeptUntil, int Size, VerificationCode Code, PostalCopySummary? Copy = null)
{
    public override string ToString() => "certificate summary";
}

/// <summary>A document as it was filed.</summary>
/// <param name="About">The certificate.</param>
/// <param name="Content">PDF.</param>
[GenerateSerializer, Immutable, Alias("msa.document-file")]
public sealed record DocumentFile(CertificateSummary About, byte[] Content)
{
    public override string ToString() => "document file";
}

/// <summary>A certificate, for whoever holds it: no more than the paper shows, and neither number nor address.</summary>
/// <param name="Kind">What it tells of.</param>
/// <param name="Holder">His name, as on the paper.</param>
/// <param name="Period">Over which days, if it is about payments.</param>
/// <param name="MadeAt">When it was made.</param>
/// <param name="KeptUntil">From then on it cannot be checked any more.</param>
[GenerateSerializer, Immutable, Alias("msa.issued-certificate")]
public sealed record IssuedCertificate(CertificateKind Kind, string Holder, PaymentPeriod? Period, DateTimeOffset MadeAt, DateTimeOffset KeptUntil)
{
    public override string ToString() => "issued certificate";
}
