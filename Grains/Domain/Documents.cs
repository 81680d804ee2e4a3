using System.Collections.Immutable;
using MsaOrleans.Grains.Interfaces.Documents;

namespace MsaOrleans.Grains.Domain;

/// <summary>What the files are that are kept for an adherent beside his row. A certificate, and the proof that it is genuine, last a year.</summary>
internal sealed record Documents
{
    /// <summary>As many as may be made within 24 hours: each is a file written, and work for a processor.</summary>
    public const int MostADay = 20;

    /// <summary>As many are kept; the oldest give way.</summary>
    public const int MaxKept = 100;

    /// <summary>Payments that one certificate lists: some thirty pages.</summary>
    public const int MostPayments = 1_000;

    /// <summary>Oldest first.</summary>
    public ImmutableList<Certificate> Certificates { get; init => field = value ?? []; } = [];

    /// <summary>From when on files may be there that are named no more: the sweep is to erase them.</summary>
    public DateTimeOffset? PruneAt { get; init; }

    /// <summary>When files are next to be erased.</summary>
    public DateTimeOffset? DueAt => new[] { PruneAt, Certificates.Min(c => (DateTimeOffset?)c.EraseAt) }.Min();

    public bool MayCertify(DateTimeOffset now) => Certificates.Count(c => c.MadeAt > now.AddDays(-1) && c.MadeAt <= now) < MostADay;

    /// <summary>Those that have not had their year, oldest first.</summary>
    public IEnumerable<Certificate> At(DateTimeOffset now) => Certificates.Where(c => now < c.EraseAt);

    public Documents With(Certificate certificate, DateTimeOffset now) => this with
    {
        Certificates = [.. Certificates.TakeLast(MaxKept - 1), certificate],
        PruneAt = PruneAt ?? (Certificates.Count < MaxKept ? null : now),
    };

    /// <summary>Without those that have had their year, once the files are gone that are named no more.</summary>
    public Documents PrunedAt(DateTimeOffset now) => new() { Certificates = [.. At(now)] };

    /// <summary>None, and their files are to be erased.</summary>
    public Documents Closed(DateTimeOffset now) => DueAt is null ? this : new() { PruneAt = now };

    /// <summary>Files beside these are named no more.</summary>
    public Documents ToPrune(DateTimeOffset now) => this with { PruneAt = PruneAt ?? now };
}

/// <summary>A certificate that was made. Its file has its id.</summary>
/// <param name="Id">Names the file.</param>
/// <param name="Code">What it is checked by.</param>
/// <param name="Holder">His name, as on the paper.</param>
/// <param name="MadeAt">When.</param>
/// <param name="Size">Of the file, in bytes.</param>
/// <param name="Period">Over which days it tells of payments; nothing: it tells that he is insured for health.</param>
internal sealed record Certificate(Guid Id, VerificationCode Code, string Holder, DateTimeOffset MadeAt, int Size, PaymentPeriod? Period = null)
{
    private const int KeptYears = 1;

    public DateTimeOffset EraseAt => MadeAt.AddYears(KeptYears);

    internal CertificateKind Kind => Period is null ? CertificateKind.HealthRights : CertificateKind.Payments;

    internal CertificateSummary Summary => new(Id, Kind, Period, MadeAt, EraseAt, Size, Code);

    internal IssuedCertificate Issued => new(Kind, Holder, Period, MadeAt, EraseAt);
}
