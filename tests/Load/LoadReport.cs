using System.Text.Json;
using System.Text.Json.Serialization;

namespace MsaOrleans.Load;

/// <summary>What was measured in one run; what <c>--json</c> writes and <c>--compare</c> reads.</summary>
internal sealed record LoadReport
{
    private static readonly JsonSerializerOptions json = new(JsonSerializerDefaults.Web) { WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>When it began.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Processor, processors, memory, system, runtime.</summary>
    public string Machine { get; init; } = "";

    /// <summary>Load averages before and after.</summary>
    public string MachineLoad { get; init; } = "";

    /// <summary>The site's address.</summary>
    public string Site { get; init; } = "";

    /// <summary>Who came, and how.</summary>
    public string Shape { get; init; } = "";

    /// <summary>From the first visitor to the last.</summary>
    public double Seconds { get; init; }

    /// <summary>Why it was over before its time.</summary>
    public string? EndedEarly { get; init; }

    /// <summary>Journeys that reached their end, those of bots left out.</summary>
    public long Journeys { get; init; }

    public double JourneysPerSecond { get; init; }

    public long Requests { get; init; }

    public double RequestsPerSecond { get; init; }

    /// <summary>By what they came for.</summary>
    public IReadOnlyList<ErrandReport> Errands { get; init; } = [];

    /// <summary>All of the pages together, without style sheets, scripts, answers that are no page (429, 5xx, waiting rooms) and what bots ask for.</summary>
    public PageReport All { get; init; } = new("all pages", Nothing, Nothing);

    public IReadOnlyList<PageReport> Pages { get; init; } = [];

    /// <summary>By kind, how often.</summary>
    public IReadOnlyDictionary<string, long> Errors { get; init; } = new Dictionary<string, long>();

    /// <summary>The first of each kind.</summary>
    public IReadOnlyDictionary<string, string> Examples { get; init; } = new Dictionary<string, string>();

    /// <summary>Visitors who were still about when the run was over, and were sent home: no errors.</summary>
    public int CutOff { get; init; }

    /// <summary>Pages that said "not now", which they may: 429 and waiting rooms.</summary>
    public IReadOnlyDictionary<string, long> Refusals { get; init; } = new Dictionary<string, long>();

    /// <summary>How long each visitor whom such a page told to wait has waited in all; those are included who were sent home while they waited.</summary>
    public IReadOnlyDictionary<string, Percentiles> Waits { get; init; } = new Dictionary<string, Percentiles>();

    /// <summary>From an acknowledged sign-up to its letter.</summary>
    public Percentiles Letters { get; init; } = Nothing;

    /// <summary>Processor time by process, in milliseconds for each finished journey.</summary>
    public IReadOnlyDictionary<string, double>? CpuPerJourney { get; init; }

    /// <summary>Memory by process, in MiB: once a minute, and at the end.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<double>> Memory { get; init; } = new Dictionary<string, IReadOnlyList<double>>();

    /// <summary>What the site has promised, and whether it kept it.</summary>
    public TruthReport Truth { get; init; } = new(0, []);

    /// <summary>One after the other.</summary>
    public IReadOnlyList<LoadSecond> Series { get; init; } = [];

    /// <summary>What was asked of the run.</summary>
    public IReadOnlyList<Verdict> Verdicts { get; init; } = [];

    /// <summary>Nothing is lost, and everything that was asked of the run is so.</summary>
    [JsonIgnore]
    public bool IsRight => Truth.Lost.Count == 0 && Verdicts.All(verdict => verdict.Holds);

    [JsonIgnore]
    public long ErrorCount => Errors.Values.Sum();

    private static Percentiles Nothing => new(0, 0, 0, 0, 0, 0, 0, 0);

    public string ToJson() => JsonSerializer.Serialize(this, json);

    /// <exception cref="InvalidDataException">It is not what <see cref="ToJson"/> wrote.</exception>
    public static LoadReport FromJson(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<LoadReport>(text, json)!;
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"This is no report of a load test: {broken.Message}", broken);
        }
    }
}

/// <summary>One page (<c>/connexion</c>), one form sent (<c>POST /connexion</c>), style sheets and scripts, or answers of one kind that are no page (<c>waiting room</c>, <c>429</c>).</summary>
/// <param name="Page">Which.</param>
/// <param name="Latency">From the moment it should have been asked for, corrected for coordinated omission.</param>
/// <param name="AsSent">From the moment it was asked for: what the server alone would say.</param>
internal sealed record PageReport(string Page, Percentiles Latency, Percentiles AsSent);

/// <summary>Those who came for one thing.</summary>
/// <param name="Errand">What.</param>
/// <param name="Begun">How many came.</param>
/// <param name="Busy">How long the site was at work for those who reached their end: without thinking and waiting.</param>
internal sealed record ErrandReport(string Errand, int Begun, Percentiles Busy);

/// <summary>One second of a run.</summary>
/// <param name="At">Its end, in seconds since the run began.</param>
/// <param name="Requests">Answers in it.</param>
/// <param name="Journeys">That ended in it.</param>
/// <param name="Errors">In it.</param>
/// <param name="Visitors">On the site at its end.</param>
/// <param name="P50">Of its pages, in milliseconds.</param>
/// <param name="P95">The same.</param>
/// <param name="P99">The same.</param>
internal sealed record LoadSecond(double At, long Requests, long Journeys, long Errors, int Visitors, double P50, double P95, double P99);

/// <summary>Whether promises were kept.</summary>
/// <param name="Acknowledged">Sign-ups whose visitors saw "Inscription terminée".</param>
/// <param name="Lost">Those of them who cannot sign in at the end, and why.</param>
internal sealed record TruthReport(int Acknowledged, IReadOnlyList<string> Lost);
