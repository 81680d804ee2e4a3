using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Assistance;
using static MsaOrleans.Grains.Tests.Samples;

namespace MsaOrleans.Grains.Tests.Domain;

public sealed class SearchRecordTests
{
    private static readonly SearchQuery query = new SearchQuery.ByNir(FritzNir);
    private static readonly FoundAdherent nobody = new(Guid.Empty, SearchStanding.NoFile, KnownToCaisses: false, Name: null);
    private static readonly FoundAdherent person = new(Guid.NewGuid(), SearchStanding.NoFile, KnownToCaisses: true, "FRITZ L.");

    [Fact]
    public void A_search_is_told_by_its_kind_its_fingerprint_and_how_many_it_found()
    {
        Assert.Equal("numéro f00d : 0 dossier(s)", Answered(nobody));
        Assert.Equal("numéro f00d : 1 dossier(s)", Answered(person, nobody));
        Assert.Equal("numéro f00d : 1 dossier(s)", Answered(nobody with { Standing = SearchStanding.Account }));
        Assert.Equal("numéro f00d : 2 ou plus dossier(s)", SearchRecord.Answered(query, "f00d", new([person, person], More: true, [])));
        Assert.Equal("numéro f00d : refusée, trop de recherches", SearchRecord.Refused(query, "f00d"));
        Assert.Equal("adresse f00d : refusée, trop de recherches", SearchRecord.Refused(new SearchQuery.ByEmail(Email), "f00d"));
        Assert.Equal("nom f00d : refusée, trop de recherches", SearchRecord.Refused(new SearchQuery.ByName("LAMY", "FRITZ", new(1963, 9, 12)), "f00d"));
    }

    [Fact]
    public void Agents_who_were_refused_come_first_then_those_who_found_nobody_then_those_who_searched_most()
    {
        var (none, one, refused) = (Answered(nobody), Answered(person), SearchRecord.Refused(query, "f00d"));
        Assert.Equal(
            [new("d", 1, 1, 0), new("c", 3, 0, 2), new("b", 2, 0, 1), new("z", 2, 0, 0), new("a", 1, 0, 0), new("e", 1, 0, 0)],
            SearchRecord.ByAgent([By("e", null), By("a", one), By("b", one), By("b", none), By("c", none), By("c", one), By("c", none), By("z", one), By("z", one), By("d", refused)]));
    }

    private static string Answered(params FoundAdherent[] found) => SearchRecord.Answered(query, "f00d", new(found, More: false, []));

    private static AuditLine By(string agent, string? detail) => new(1, Now, AuditedAct.Searched, new(agent, "appel"), Adherent: null, detail, Legible: true);
}
