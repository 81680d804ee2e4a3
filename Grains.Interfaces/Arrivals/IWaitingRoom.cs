namespace MsaOrleans.Grains.Interfaces.Arrivals;

/// <summary>
/// The one line of newcomers to the sign-up, for all web servers (key 0). Everybody who comes is given a place, a number; as long as there is room, places that
/// are in already, by stocks that web servers hold, so that nobody is asked. All of it is in memory: what is lost with a silo the web servers tell the next one.
/// </summary>
[Alias("msa.waiting-room")]
public interface IWaitingRoom : IGrainWithIntegerKey
{
    /// <summary>Every second, from each web server.</summary>
    [Alias("report")]
    Task<ArrivalsDirective> Report(Guid server, ArrivalsReport report);

    /// <summary>Gives a newcomer the place after the last.</summary>
    /// <param name="known">What his web server knows of the line.</param>
    [Alias("join")]
    Task<GivenPlace> Join(LineEnds known);

    /// <summary>A sign-up is begun from a place.</summary>
    /// <returns>Whether it may: a place is worth <see cref="SignUpsPerPlace"/> of them, so that passing it round brings nobody in.</returns>
    [Alias("use")]
    Task<bool> Use(long place);

    /// <summary>Room for a slip of the pen, and for a couple.</summary>
    const int SignUpsPerPlace = 3;
}

/// <summary>Where a line begins and ends.</summary>
/// <param name="Admitted">Places up to this one are in.</param>
/// <param name="Last">The last place that was given.</param>
[GenerateSerializer, Immutable, Alias("msa.line-ends")]
public readonly record struct LineEnds(long Admitted, long Last)
{
    /// <summary>How many wait.</summary>
    public long Waiting => Last - Admitted;

    /// <summary>What both know together: places are only ever given and admitted.</summary>
    public LineEnds With(LineEnds other) => new(Math.Max(Admitted, other.Admitted), Math.Max(Last, other.Last));
}

/// <summary>A newcomer's place, and the line as it is now.</summary>
[GenerateSerializer, Immutable, Alias("msa.given-place")]
public readonly record struct GivenPlace(long Place, LineEnds Line);

/// <summary>What a web server has seen since its last report.</summary>
/// <param name="Line">What it knows of the line: a silo that has just taken it over learns it from there.</param>
/// <param name="Present">Visitors of the sign-up whom it has served within the last half minute, and who have not finished.</param>
/// <param name="Stock">Places that it still has to give to newcomers without asking.</param>
/// <param name="Claimed">People of the line who have come in.</param>
/// <param name="Answers">Pages answered.</param>
/// <param name="Slow">Those that took longer than the goal.</param>
[GenerateSerializer, Immutable, Alias("msa.arrivals-report")]
public sealed record ArrivalsReport(LineEnds Line, int Present, int Stock, int Claimed, int Answers, int Slow);

/// <summary>What a web server does until its next report.</summary>
/// <param name="Line">The line.</param>
/// <param name="FirstGranted">The first of the places that are its new stock for newcomers.</param>
/// <param name="Granted">How many of them, in place of what it has left of the old stock; 0: it keeps what it has.</param>
/// <param name="AdmissionsPerSecond">How fast the line has moved lately.</param>
[GenerateSerializer, Immutable, Alias("msa.arrivals-directive")]
public sealed record ArrivalsDirective(LineEnds Line, long FirstGranted, int Granted, double AdmissionsPerSecond);
