using System.Collections.Immutable;
using MsaOrleans.Grains.Interfaces.Caisses;
using MsaOrleans.Grains.Interfaces.Enrolments;
using MsaOrleans.Grains.Ports;

namespace MsaOrleans.Grains.Domain;

/// <summary>The services and departments that are open to an adherent, and his requests for other departments.</summary>
internal sealed record Enrolments
{
    /// <summary>The services of the profile Particulier (leaflet: "bouquet particulier").</summary>
    public const string Individual = "particulier";

    /// <summary>Wrong codes that void the right one.</summary>
    public const int MaxWrongTries = 5;

    /// <summary>Requests within 24 hours, those taken back included: each is a row written and a letter planned.</summary>
    public const int MostADay = 5;

    private const int MaxEndedKept = 50;

    /// <summary>Nothing until the first connection is complete.</summary>
    public string? ServiceBundle { get; init; }

    public ImmutableList<Enrolment> Departments { get; init => field = value ?? []; } = [];

    /// <summary>Oldest first; one at most is pending for a department.</summary>
    public ImmutableList<EnrolmentRequest> Requests { get; init => field = value ?? []; } = [];

    internal IEnumerable<EnrolmentRequest> Pending => Requests.Where(r => r.IsPending);

    /// <summary>When the first of the codes sent expires.</summary>
    internal DateTimeOffset? NextExpiry => Pending.Min(r => r.Code?.ExpiresAt);

    /// <summary>What a code is hashed with: one salt for all that are pending, so that comparing with all of them costs one hash.</summary>
    internal string? CodeSalt => Pending.Select(r => r.Code?.Hashes[0].Salt).FirstOrDefault(salt => salt is not null);

    /// <summary>What the adherent is shown.</summary>
    /// <param name="copies">What of it is on paper.</param>
    internal EnrolmentOverview OverviewWith(PostalCopies copies) => new(
        [.. Departments.OrderBy(d => d.Department, StringComparer.Ordinal).Select(d => new ActiveDepartment(d.Department, d.ActiveSince, d.Origin))],
        [.. Requests.Reverse().Select(r => new EnrolmentRequestSummary(r.Department, r.Status, r.RequestedAt, r.CodeDueAt, r.CodeSentAt, r.Code?.ExpiresAt, r.EndedAt, copies.SummaryOf(r.Letter)))]);

    public bool IsActive(string department) => Departments.Exists(d => d.Department == department);

    /// <summary>The first connection is complete: his services are open.</summary>
    public Enrolments Open() => ServiceBundle == Individual ? this : this with { ServiceBundle = Individual };

    /// <summary>
    /// Opens every department in which the caisses know him by now, without asking (leaflet); a request for one of them has become pointless. None is
    /// ever closed: what was paid to him there stays his, and a registry may have gaps.
    /// </summary>
    public Enrolments Know(IEnumerable<string> knownDepartments, DateTimeOffset now)
    {
        var added = knownDepartments.Distinct().Where(code => !IsActive(code)).ToList();
        return added.Count == 0 ? this : this with
        {
            Departments = [.. Departments, .. added.Select(code => new Enrolment(code, now))],
            Requests = Requests.ConvertAll(r => r.IsPending && added.Contains(r.Department) ? r.End(EnrolmentEnding.KnownMeanwhile, now) : r),
        };
    }

    /// <summary>Asks for one more department.</summary>
    /// <param name="department">Its code.</param>
    /// <param name="letter">The letter that is to bring the code.</param>
    /// <param name="codeDueAt">When that letter is to leave.</param>
    /// <param name="now">The present.</param>
    public (Enrolments, EnrolmentOutcome) Request(string department, Guid letter, DateTimeOffset codeDueAt, DateTimeOffset now)
    {
        var current = ExpiredAt(now);
        return CaisseDirectory.Department(department) is null ? (current, EnrolmentOutcome.UnknownDepartment)
            : IsActive(department) ? (current, EnrolmentOutcome.AlreadyActive)
            : current.PendingFor(department) is not null ? (current, EnrolmentOutcome.AlreadyRequested)
            : Requests.Count(r => r.RequestedAt > now.AddDays(-1) && r.RequestedAt <= now) >= MostADay ? (current, EnrolmentOutcome.TooMany)
            : (current with
            {
                Requests = [.. current.Kept(), new() { Letter = letter, Department = department, RequestedAt = now, CodeDueAt = codeDueAt }],
            }, EnrolmentOutcome.Requested);
    }

    /// <summary>
    /// A code is on its way. Another try of the same letter adds one: which of them arrives is not known, so each works.
    /// </summary>
    public Enrolments Issue(Guid letter, PasswordHash hash, DateTimeOffset expiresAt) =>
        Change(letter, r => r with { Code = new(r.Code is null ? [hash] : r.Code.Hashes.Add(hash), expiresAt) });

    /// <summary>The letter with the code has left.</summary>
    public Enrolments Sent(Guid letter, DateTimeOffset now) => Change(letter, r => r.CodeSentAt is null ? r with { CodeSentAt = now } : r);

    /// <summary>
    /// A code was right. The others of its letter are void, and it does not expire while the session may live in which the password is to be changed: what
    /// was entered in time opens its department.
    /// </summary>
    public Enrolments Entered(PasswordHash match, DateTimeOffset sessionEndsAt) => Change(RequestOf(match).Letter, r => r with
    {
        Code = new([match], r.Code!.ExpiresAt > sessionEndsAt ? r.Code.ExpiresAt : sessionEndsAt),
    });

    /// <summary>A code served as the password of the sign-in page.</summary>
    public Enrolments SignedIn(Guid letter, DateTimeOffset now) => Change(letter, r => r with { SignedInAt = now });

    /// <summary>The code leaves earlier than it was to.</summary>
    public Enrolments Hasten(Guid letter, DateTimeOffset now) => Change(letter, r => now < r.CodeDueAt ? r with { CodeDueAt = now } : r);

    /// <summary>A request has come to its end.</summary>
    public Enrolments End(Guid letter, EnrolmentEnding ending, DateTimeOffset now) => Change(letter, r => r.End(ending, now));

    /// <summary>The hashes that a code is compared with.</summary>
    public IReadOnlyList<PasswordHash> CodesAt(DateTimeOffset now) => [.. Pending.SelectMany(r => r.CodesAt(now))];

    /// <summary>The hashes that a password is compared with at sign-in: a code serves once there.</summary>
    public IReadOnlyList<PasswordHash> CodesForSignInAt(DateTimeOffset now) => [.. Pending.Where(r => r.SignedInAt is null).SelectMany(r => r.CodesAt(now))];

    /// <summary>The request whose code has this hash.</summary>
    public EnrolmentRequest RequestOf(PasswordHash hash) => Pending.Single(r => r.Code?.Hashes.Contains(hash) == true);

    /// <summary>Why there is no point in looking at a code for this department at all; nothing when there is.</summary>
    public CodeOutcome? ObstacleAt(string department, DateTimeOffset now) =>
        IsActive(department) ? new CodeOutcome.AlreadyActive()
        : PendingFor(department) is not { } request
            ? Requests.FindLast(r => r.Department == department)?.Ending == EnrolmentEnding.Expired ? new CodeOutcome.Expired() : new CodeOutcome.NotRequested()
        : request.Code is not { } code ? new CodeOutcome.NotSentYet(request.CodeDueAt)
        : now >= code.ExpiresAt ? new CodeOutcome.Expired()
        : null;

    /// <summary>A code was entered for a department that waits for one.</summary>
    /// <param name="department">The department chosen.</param>
    /// <param name="match">The hash that the code has, among <see cref="CodesAt"/>; nothing when it has none of them.</param>
    /// <param name="now">The present.</param>
    public (Enrolments, CodeOutcome) TryCode(string department, PasswordHash? match, DateTimeOffset now)
    {
        if (match is not null)
        {
            var meant = RequestOf(match);
            return meant.Department == department ? (this, new CodeOutcome.Accepted()) : (this, new CodeOutcome.OtherDepartment(meant.Department));
        }
        var request = PendingFor(department)!;
        var tried = request with { WrongTries = request.WrongTries + 1 };
        return tried.WrongTries < MaxWrongTries
            ? (Change(request.Letter, _ => tried), new CodeOutcome.Wrong(MaxWrongTries - tried.WrongTries))
            : (Change(request.Letter, _ => tried.End(EnrolmentEnding.Locked, now)), new CodeOutcome.Locked());
    }

    /// <summary>The password was changed in a session that a code led to: its department is open.</summary>
    public Enrolments Activate(Guid letter, DateTimeOffset now) =>
        Requests.Find(r => r.Letter == letter) is { IsPending: true } request && !IsActive(request.Department)
            ? End(letter, EnrolmentEnding.Activated, now) with { Departments = Departments.Add(new(request.Department, now, EnrolmentOrigin.Code)) }
            : this;

    /// <summary>With the end noted of every request whose code nobody entered in time.</summary>
    public Enrolments ExpiredAt(DateTimeOffset now) => NextExpiry <= now
        ? this with { Requests = Requests.ConvertAll(r => r.IsPending && r.Code?.ExpiresAt <= now ? r.End(EnrolmentEnding.Expired, r.Code.ExpiresAt) : r) }
        : this;

    /// <summary>Whether the request that this letter belongs to still waits for its code.</summary>
    public bool WaitsFor(Guid letter) => Pending.Any(r => r.Letter == letter);

    /// <summary>The request that waits for the code of a department.</summary>
    public EnrolmentRequest? PendingFor(string department) => Requests.Find(r => r.IsPending && r.Department == department);

    private Enrolments Change(Guid letter, Func<EnrolmentRequest, EnrolmentRequest> change) =>
        Requests.Find(r => r.Letter == letter) is { IsPending: true } request && change(request) is var changed && changed != request
            ? this with { Requests = Requests.Replace(request, changed) }
            : this;

    private IEnumerable<EnrolmentRequest> Kept()
    {
        var ended = Requests.Where(r => !r.IsPending).TakeLast(MaxEndedKept).ToHashSet();
        return Requests.Where(r => r.IsPending || ended.Contains(r));
    }
}

/// <summary>One department that is open to an adherent.</summary>
internal sealed record Enrolment(string Department, DateTimeOffset ActiveSince, EnrolmentOrigin Origin = EnrolmentOrigin.Automatic);

/// <summary>One request for a department.</summary>
internal sealed record EnrolmentRequest
{
    /// <summary>The letter that brings its code; it names the request too.</summary>
    public required Guid Letter { get; init; }

    public required string Department { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When the code is to leave.</summary>
    public DateTimeOffset CodeDueAt { get; init; }

    /// <summary>Nothing before the code is made; its hashes go when the request ends.</summary>
    public SentCode? Code { get; init; }

    public DateTimeOffset? CodeSentAt { get; init; }

    public int WrongTries { get; init; }

    /// <summary>When the code served as the password of the sign-in page, which it does once.</summary>
    public DateTimeOffset? SignedInAt { get; init; }

    public EnrolmentEnding? Ending { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    internal bool IsPending => Ending is null;

    internal EnrolmentRequestStatus Status => Ending is not { } ending
        ? CodeSentAt is null ? EnrolmentRequestStatus.Requested : EnrolmentRequestStatus.CodeSent
        : ending switch
        {
            EnrolmentEnding.Activated => EnrolmentRequestStatus.Activated,
            EnrolmentEnding.KnownMeanwhile => EnrolmentRequestStatus.KnownMeanwhile,
            EnrolmentEnding.Expired => EnrolmentRequestStatus.Expired,
            EnrolmentEnding.Locked => EnrolmentRequestStatus.Locked,
            EnrolmentEnding.Cancelled => EnrolmentRequestStatus.Cancelled,
            EnrolmentEnding.Undeliverable => EnrolmentRequestStatus.Undeliverable,
        };

    internal IReadOnlyList<PasswordHash> CodesAt(DateTimeOffset now) => Code is { } code && now < code.ExpiresAt ? code.Hashes : [];

    public EnrolmentRequest End(EnrolmentEnding ending, DateTimeOffset now) => this with { Ending = ending, EndedAt = now, Code = null };
}

/// <summary>The codes of one letter, one for each try of it.</summary>
/// <param name="Hashes">Their hashes.</param>
/// <param name="ExpiresAt">From when on none works.</param>
internal sealed record SentCode(ImmutableList<PasswordHash> Hashes, DateTimeOffset ExpiresAt);

/// <summary>How a request for a department came to its end. Names are stored: they are a contract.</summary>
internal enum EnrolmentEnding
{
    Activated,
    KnownMeanwhile,
    Expired,
    Locked,
    Cancelled,
    Undeliverable,
}
