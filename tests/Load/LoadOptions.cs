using System.Globalization;
using System.Net;

namespace MsaOrleans.Load;

/// <summary>What a run is asked to do.</summary>
internal sealed record LoadOptions
{
    /// <summary>Its address. Nothing else is loaded.</summary>
    public required Uri Site { get; init; }

    /// <summary>The caisses' file of insured persons, who come.</summary>
    public required string Adherents { get; init; }

    public required string Payments { get; init; }

    /// <summary>So many of them have come in an earlier run.</summary>
    public int Skip { get; init; }

    /// <summary>Where the visitors' letters arrive by SMTP.</summary>
    public required IPEndPoint Smtp { get; init; }

    /// <summary>How many are on the site at any time (closed loop), where no arrivals are given.</summary>
    public int Visitors { get; init; } = 16;

    /// <summary>When they come, whoever is still there (open loop).</summary>
    public Arrivals? Arrivals { get; init; }

    /// <summary>The most that this machine is to have at once in the open loop: more are turned away, which is an error.</summary>
    public int MostVisitors { get; init; } = 2_000;

    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Nobody comes after so many.</summary>
    public int? Journeys { get; init; }

    /// <summary>How long those who are there may still stay after that.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(30);

    public Mix Mix { get; init; } = Mix.Parse(Mix.Usual);

    public ThinkTime Think { get; init; } = ThinkTime.Parse("0");

    /// <summary>Accounts to open before anything is measured.</summary>
    public int Prepare { get; init; }

    /// <summary>How long a letter may take.</summary>
    public TimeSpan LettersWithin { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Codes of departments come within that time too: the server's <c>Departments:CodeDelay</c> is short.</summary>
    public bool Codes { get; init; }

    public bool Assets { get; init; } = true;

    public Forwarded? Forwarded { get; init; }

    public int Seed { get; init; } = 1;

    public IReadOnlyList<Requirement> Requirements { get; init; } = [];

    /// <summary>For people.</summary>
    public string Shape => string.Create(CultureInfo.InvariantCulture, $"{Loop}, {Duration.TotalSeconds:0.#} s, think time {Think.Median.TotalSeconds:0.##} s (median)");

    private string Loop => Arrivals is null
        ? string.Create(CultureInfo.InvariantCulture, $"closed loop, {Visitors} visitors at once")
        : string.Create(CultureInfo.InvariantCulture, $"open loop, {Arrivals.Start:0.###} to {Arrivals.End:0.###} arrivals a second{string.Concat(Arrivals.Bursts.Select(burst => $", {burst.PerSecond:0.###} more from {burst.From.TotalSeconds:0.#} s on for {burst.For.TotalSeconds:0.#} s"))}");
}
