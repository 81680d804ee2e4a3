namespace MsaOrleans.Grains.Interfaces.Assistance;

/// <summary>The hotline's way to a caller's file. Every search is on the record before it is answered. Its key is always 0.</summary>
[Alias("msa.adherent-directory")]
public interface IAdherentDirectory : IGrainWithIntegerKey
{
    /// <summary>Searches among those with an account, those whose sign-up is under way, and those whom only the caisses know.</summary>
    /// <param name="query">By what.</param>
    /// <param name="by">Who asks, and why.</param>
    [Alias("find")]
    Task<SearchOutcome> Find(SearchQuery query, AgentAct by);
}

/// <summary>What came of a search.</summary>
[GenerateSerializer, Immutable, Alias("msa.search-outcome")]
public abstract record SearchOutcome
{
    private SearchOutcome() { }

    /// <param name="Adherents">Those found, those with an account first, 20 at most. A search by NIR always finds one: whoever has or might have that number.</param>
    /// <param name="More">There were more.</param>
    /// <param name="Hints">When a search by name finds nobody: what would have found somebody.</param>
    [GenerateSerializer, Immutable, Alias("msa.search-outcome.found")]
    public sealed record Found(IReadOnlyList<FoundAdherent> Adherents, bool More, IReadOnlyList<SearchHint> Hints) : SearchOutcome;

    /// <summary>The agent has searched more than anybody does who answers calls. It is on the record.</summary>
    /// <param name="Until">When he may search again.</param>
    [GenerateSerializer, Immutable, Alias("msa.search-outcome.too-many")]
    public sealed record TooMany(DateTimeOffset Until) : SearchOutcome;
}

/// <summary>Somebody found.</summary>
/// <param name="Adherent">His pseudonym.</param>
/// <param name="Standing">Where he stands with the site.</param>
/// <param name="KnownToCaisses">The caisses know him.</param>
/// <param name="Name">First given name and the initial of the family name, as <c>FRITZ L.</c>; nothing when no name is known.</param>
[GenerateSerializer, Immutable, Alias("msa.found-adherent")]
public sealed record FoundAdherent(Guid Adherent, SearchStanding Standing, bool KnownToCaisses, string? Name)
{
    public override string ToString() => $"found adherent {Adherent}";
}

/// <summary>Where somebody stands with the site.</summary>
public enum SearchStanding
{
    /// <summary>The site has never heard of him, or has erased what it knew.</summary>
    NoFile,

    /// <summary>He has a file, which tells of failed attempts or of an account that was closed.</summary>
    NothingUnderWay,

    SignUpUnderWay,
    Account,
}

/// <summary>What would have found somebody.</summary>
public enum SearchHint
{
    /// <summary>The same family name and birth date, another given name.</summary>
    OtherGivenName,

    /// <summary>Family name and given name the other way round.</summary>
    NamesSwapped,

    /// <summary>Day and month of birth the other way round.</summary>
    DayAndMonthSwapped,
}
