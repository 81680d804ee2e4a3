using MsaOrleans.Grains.Interfaces.Adherents;

namespace MsaOrleans.Grains.Interfaces.Assistance;

/// <summary>By what the hotline searches for somebody. It shows itself without what was typed.</summary>
[GenerateSerializer, Immutable, Alias("msa.search-query")]
public abstract record SearchQuery
{
    private SearchQuery() { }

    /// <summary>How the record calls this kind of search, in French as its readers.</summary>
    public abstract string Kind { get; }

    public sealed override string ToString() => $"search {GetType().Name}";

    [GenerateSerializer, Immutable, Alias("msa.search-query.by-nir")]
    public sealed record ByNir(Nir Nir) : SearchQuery
    {
        public override string Kind => "numéro";
    }

    /// <summary>An address in use, one that waits to be proved, or one declared in a sign-up under way.</summary>
    [GenerateSerializer, Immutable, Alias("msa.search-query.by-email")]
    public sealed record ByEmail(EmailAddress Email) : SearchQuery
    {
        public override string Kind => "adresse";
    }

    /// <summary>A name and a birth date, compared as the sign-up compares them.</summary>
    /// <param name="FamilyName">At birth or in use.</param>
    /// <param name="GivenName">Any one of them, several that follow each other, or all; nothing: whatever they are.</param>
    /// <param name="BirthDate">Always asked for: by a name alone nobody is found.</param>
    [GenerateSerializer, Immutable, Alias("msa.search-query.by-name")]
    public sealed record ByName(string FamilyName, string? GivenName, DateOnly BirthDate) : SearchQuery
    {
        public override string Kind => "nom";
    }
}
