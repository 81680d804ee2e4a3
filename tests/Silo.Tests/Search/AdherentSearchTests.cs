using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using MsaOrleans.Grains;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Interfaces.FranceConnect;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Silo.Registry;
using MsaOrleans.Silo.Search;
using MsaOrleans.Silo.Storage;
using MsaOrleans.Silo.Tests.Storage;
using Orleans.Storage;

namespace MsaOrleans.Silo.Tests.Search;

public sealed class AdherentSearchTests : AdherentSearchContract
{
    protected override ValueTask<StorageUnderTest> NewInstallation() => new(new Installation());

    protected override string Cut => "UPDATE OrleansStorage SET PayloadBinary = substr(PayloadBinary, 1, length(PayloadBinary) - 1)";
}

public sealed class PostgresAdherentSearchTests : AdherentSearchContract
{
    protected override async ValueTask<StorageUnderTest> NewInstallation() => await Postgres.PostgresInstallation.Create();

    protected override string Cut => "UPDATE OrleansStorage SET PayloadBinary = substring(PayloadBinary from 1 for length(PayloadBinary) - 1)";
}

/// <summary>Whom a search finds, whatever the kind of database.</summary>
public abstract class AdherentSearchContract : RowsContract
{
    private const string Header =
        "nir;birth_name;used_name;given_names;sex;birth_date;birth_place_code;birth_country_code;health_insured;card_kind;card_serial;departments;address_line;postal_code;city";

    private const string Lamy = "1630967482229;LAMY;;FRITZ JEAN;M;1963-09-12;67482;99100;yes;with-photo;80250000321234567890;67|68;1 RUE D'ALSACE;67320;MARLENHEIM";
    private const string DaSilva = "2410399351012;DA SILVA;SCHMITT;MARIA DA CONCEIÇÃO;F;1941-03-02;;99139;yes;none;;67;3 PLACE DE L'ÉGLISE;67600;SÉLESTAT";

    private static readonly Nir maria = Nir.Parse("2410399351012");
    /// <summary>Cuts rows off.</summary>
    protected abstract string Cut { get; }

    [Fact]
    public async Task Whom_only_the_caisses_know_is_found_by_any_spelling_of_his_names()
    {
        await Import(Lamy, DaSilva);
        var found = Assert.Single((await ByName("lamy", "Jean", born)).Adherents);
        Assert.Equal(new(Keys.For(fritz), SearchStanding.NoFile, KnownToCaisses: true, "FRITZ L."), found);
        foreach (var (family, given) in new[] { ("da-silva", "maria"), ("Schmitt", "da conceicao"), ("DASILVA", null) })
            Assert.Equal(Keys.For(maria), Assert.Single((await ByName(family, given, new(1941, 3, 2))).Adherents).Adherent);
        Assert.Empty((await ByName("Lamy", "Fritz", born.AddDays(1))).Adherents);
    }

    [Fact]
    public async Task A_person_of_whom_the_caisses_say_something_else_is_found_by_that_alone()
    {
        await Import(Lamy);
        await Import(Lamy.Replace(";LAMY;;", ";LAMY;MÜLLER;", StringComparison.Ordinal));
        Assert.Single((await ByName("Muller", null, born)).Adherents);
        await Import(Lamy.Replace("LAMY", "LAMI", StringComparison.Ordinal));
        Assert.Empty((await ByName("Muller", null, born)).Adherents);
        Assert.Empty((await ByName("Lamy", null, born)).Adherents);
        Assert.Single((await ByName("Lami", null, born)).Adherents);
    }

    [Fact]
    public async Task A_number_is_always_answered_with_what_is_known_of_it()
    {
        Assert.Equal([new(Keys.For(fritz), SearchStanding.NoFile, KnownToCaisses: false, null)], (await Find(new SearchQuery.ByNir(fritz))).Adherents);
        await Import(Lamy);
        Assert.Equal([new(Keys.For(fritz), SearchStanding.NoFile, KnownToCaisses: true, "FRITZ L.")], (await Find(new SearchQuery.ByNir(fritz))).Adherents);
        var row = await Write(new() { Owner = Keys.For(fritz), Credentials = new() { Lockout = new() { Failures = 1, LastFailureAt = Now } } });
        Assert.Equal(SearchStanding.NothingUnderWay, (await Find(new SearchQuery.ByNir(fritz))).Adherents[0].Standing);
        await Write(Account, row);
        Assert.Equal(SearchStanding.Account, (await Find(new SearchQuery.ByNir(fritz))).Adherents[0].Standing);
    }

    [Fact]
    public async Task A_sign_up_under_way_is_found_by_what_was_declared_even_if_the_caisses_know_nobody_of_that_name()
    {
        var registration = new Registration().Begin("ticket", Now, TimeSpan.FromDays(7));
        var row = await Write(new() { Owner = Keys.For(fritz), Nir = fritz, Registration = registration });
        Assert.Empty((await ByName("Lamie", "Fritz", born)).Adherents);

        var declared = registration with { Drafts = [registration.Drafts[0].Declare(new("Lamie", "Fritz Jean", born, email, null))] };
        await Write(row.State! with { Registration = declared }, row);
        Assert.Equal([new(Keys.For(fritz), SearchStanding.SignUpUnderWay, KnownToCaisses: false, "Fritz L.")], (await ByName("LAMIE", "Jean", born)).Adherents);
        Assert.Single((await ByEmail("Lamy.Fritz@GMAIL.fr")).Adherents);

        await Write(row.State! with { Registration = declared with { Drafts = [declared.Drafts[0].Declare(new("Lamy", "Fritz", born, EmailAddress.Parse("f@exemple.fr"), null))] } }, row);
        Assert.Empty((await ByName("LAMIE", "Jean", born)).Adherents);
        Assert.Empty((await ByEmail(email.Value)).Adherents);
        Assert.Single((await ByEmail("f@exemple.fr")).Adherents);
    }

    [Fact]
    public async Task An_account_is_found_by_its_address_and_by_the_one_that_waits_and_then_by_the_new_one_alone()
    {
        var row = await Write(Account);
        await Write(row.State! with { Contact = row.State!.Contact.ChangeEmail(EmailAddress.Parse("neuf@exemple.fr"), Guid.NewGuid(), Now) }, row);
        Assert.Equal("FRITZ L.", Assert.Single((await ByEmail(email.Value)).Adherents).Name);
        Assert.Single((await ByEmail("neuf@exemple.fr")).Adherents);
        await Write(row.State! with { Contact = new() { Email = EmailAddress.Parse("neuf@exemple.fr") } }, row);
        Assert.Empty((await ByEmail(email.Value)).Adherents);
        Assert.Single((await ByEmail("neuf@exemple.fr")).Adherents);
        Assert.Equal(row.State!.Contact, (await Read(fritz)).State!.Contact);
    }

    [Fact]
    public async Task Who_closes_his_account_or_is_erased_leaves_the_index()
    {
        var row = await Write(Account);
        Assert.Equal(2, Entries);
        await Close(row);
        Assert.Equal(0, Entries);
        await Write(Account, row);
        Assert.Equal(2, Entries);
        await Storage.ClearStateAsync(AdherentGrain.StateName, IdOf(row.State!.Owner!.Value), row);
        Assert.Equal(0, Entries);
        await Write(Account, row);
        Assert.Equal(2, Entries);
        Installation.Execute("DELETE FROM OrleansStorage");
        Assert.Equal(0, Entries);
    }

    [Fact]
    public async Task A_write_that_comes_too_late_changes_neither_the_row_nor_the_index()
    {
        await Write(Account);
        var (mine, theirs) = (await Read(fritz), await Read(fritz));
        await Write(mine.State! with { Contact = new() { Email = EmailAddress.Parse("mine@exemple.fr") } }, mine);
        await Assert.ThrowsAsync<InconsistentStateException>(() => Write(theirs.State! with { Contact = new() { Email = EmailAddress.Parse("theirs@exemple.fr") } }, theirs));
        Assert.Single((await ByEmail("mine@exemple.fr")).Adherents);
        Assert.Equal(2, Entries);
    }

    [Fact]
    public async Task An_error_in_the_index_leaves_the_row_as_it_was()
    {
        var row = await Write(Account);
        Installation.FailInsertsInto("SearchIndex", "disk full");
        await Assert.ThrowsAnyAsync<Exception>(() => Write(row.State! with { Contact = new() { Email = EmailAddress.Parse("neuf@exemple.fr") } }, row));
        Assert.Equal(email, (await Read(fritz)).State!.Contact.Email);
        Assert.Single((await ByEmail(email.Value)).Adherents);
    }

    [Fact]
    public async Task What_changes_nothing_by_which_he_is_found_does_not_touch_the_index()
    {
        await Write(Account);
        var row = await Read(fritz);
        Installation.FailInsertsInto("SearchIndex", "touched");
        await Write(row.State! with { Credentials = row.State!.Credentials with { LastSignInAt = Now } }, row);
        Assert.Equal(Now, (await Read(fritz)).State!.Credentials.LastSignInAt);
    }

    [Fact]
    public async Task Rows_of_a_version_without_index_are_brought_in_once_and_stale_entries_taken_out()
    {
        await Import(Lamy, DaSilva);
        var row = await Write(Account with { Contact = new() { Email = EmailAddress.Parse("stale@exemple.fr") } });
        await WriteAsBefore(Account, row);
        Installation.Execute("UPDATE InsuredPersons SET NameToken = NULL, UsedNameToken = NULL");
        Assert.Empty((await ByEmail(email.Value)).Adherents);
        Assert.Null(await Installation.Get<SearchIndexing>().RunIfOwed(stop: TestContext.Current.CancellationToken));

        Installation.Execute("INSERT INTO SearchIndex (Token, GrainIdN0, GrainIdN1) VALUES (0, 0, 0)"); // as the migration of a database with rows in it
        Assert.Equal(new SearchIndexReport(Adherents: 1, Persons: 2), await Installation.Get<SearchIndexing>().RunIfOwed(stop: TestContext.Current.CancellationToken));
        Assert.Single((await ByEmail(email.Value)).Adherents);
        Assert.Single((await ByName("Schmitt", null, new(1941, 3, 2))).Adherents);
        Assert.Equal(2, Entries);
        Assert.Null(await Installation.Get<SearchIndexing>().RunIfOwed(stop: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Another_pseudonym_key_finds_everybody_who_moved_and_nothing_is_left_of_the_old_one()
    {
        await Import(Lamy);
        await Write(Account);
        var (next, _) = await ChangePseudonymKey();
        Assert.Empty((await ByEmail(email.Value)).Adherents);
        Assert.Equal(2, Entries);

        var (tokens, keys, rows) = (new SearchTokens(next), new AdherentKeys(next.Value), Installation.Get<IDataProtectionProvider>());
        var search = new SqlAdherentSearch(Installation.Database, new(rows), new(rows, next), tokens, keys, Installation.Clock);
        foreach (var query in (SearchQuery[])[new SearchQuery.ByEmail(email), new SearchQuery.ByName("Lamy", "Fritz", born), new SearchQuery.ByNir(fritz)])
            Assert.Equal([new(keys.For(fritz), SearchStanding.Account, KnownToCaisses: false, "FRITZ L.")], (await search.Find(query, 20)).Adherents);
    }

    [Fact]
    public async Task Rows_that_cannot_be_opened_are_counted()
    {
        await Write(Account);
        Installation.Execute(Cut);
        Assert.Equal(new SearchIndexReport(Unreadable: 1), await Installation.Get<SearchIndexing>().Run(stop: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Who_is_nearly_found_is_hinted_at_and_not_shown()
    {
        await Import(Lamy);
        Assert.Equal([SearchHint.OtherGivenName], (await ByName("Lamy", "Franz", born)).Hints);
        Assert.Equal([SearchHint.NamesSwapped], (await ByName("Fritz", "Lamy", born)).Hints);
        Assert.Equal([SearchHint.DayAndMonthSwapped], (await ByName("Lamy", "Fritz", new(1963, 12, 9))).Hints);
        Assert.Empty((await ByName("Lamy", "Fritz", new(1963, 12, 10))).Hints);
        Assert.Empty((await ByName("Lamy", "Fritz", born)).Hints);
    }

    [Fact]
    public async Task Whom_FranceConnect_tells_of_is_found_among_those_whom_the_caisses_know_by_all_that_it_tells()
    {
        await Import(Lamy, DaSilva);
        var pivot = new PivotIdentity("Lamy", "Fritz Jean", CivilDate.Of(born), Sex.Male, "67482", "99100", null, email);
        Assert.Equal([Keys.For(fritz)], await Known(pivot));
        Assert.Equal([Keys.For(fritz)], await Known(pivot with { GivenNames = "FRITZ" }));
        Assert.Equal([Keys.For(maria)], await Known(new("DA SILVA", "Maria da Conceição", CivilDate.Of(new(1941, 3, 2)), Sex.Female, "", "99139", "SCHMITT", null)));
        foreach (var other in new[]
        {
            pivot with { FamilyName = "LAMI" }, pivot with { FamilyName = "-" }, pivot with { GivenNames = "Jean" }, pivot with { BirthDate = CivilDate.Of(born.AddDays(1)) },
            pivot with { Sex = Sex.Female }, pivot with { BirthPlace = "67483" }, pivot with { BirthCountry = "99139" },
        })
            Assert.Empty(await Known(other));
    }

    [Fact]
    public async Task Of_twins_with_the_same_names_both_are_found()
    {
        await Import(Lamy, Lamy.Replace("1630967482229", "1630967482230", StringComparison.Ordinal));
        Assert.Equal(2, (await Known(new("LAMY", "FRITZ JEAN", CivilDate.Of(born), Sex.Male, "67482", "99100", null, email))).Count);
    }

    [Fact]
    public async Task A_birth_date_that_is_not_known_whole_leads_to_whoever_has_it()
    {
        await Import(Lamy.Replace("1963-09-12", "1963-09-00", StringComparison.Ordinal));
        foreach (var told in (string[])["1963-09-00", "1963-09-01"])
        {
            Assert.True(CivilDate.TryParse(told, out var date));
            Assert.Single(await Known(new("LAMY", "FRITZ", date, Sex.Male, "67482", "99100", null, email)));
        }
        Assert.Single((await ByName("Lamy", "Fritz", new(1963, 9, 1))).Adherents); // what his papers say
    }

    [Fact]
    public async Task Who_is_linked_is_found_by_his_subject_until_he_is_linked_no_more()
    {
        var row = await Write(Account with { FranceConnect = new() { Subject = "abcv1", LinkedAt = Now } });
        Assert.Equal([Keys.For(fritz)], await Installation.Get<IAdherentSearch>().Linked("abcv1"));
        Assert.Empty(await Installation.Get<IAdherentSearch>().Linked("ABCv1"));
        await Write(row.State! with { FranceConnect = new() }, row);
        Assert.Empty(await Installation.Get<IAdherentSearch>().Linked("abcv1"));
        Assert.Equal(2, Entries);
    }

    [Fact]
    public async Task No_more_are_shown_than_asked_for()
    {
        for (var i = 1; i <= 4; i++)
            await Write(Account with { Owner = Keys.For(Nir.Parse($"163096748222{i}")) });
        var found = await Installation.Get<IAdherentSearch>().Find(new SearchQuery.ByEmail(email), 3);
        Assert.Equal((3, true), (found.Adherents.Count, found.More));
        found = await Installation.Get<IAdherentSearch>().Find(new SearchQuery.ByEmail(email), 4);
        Assert.Equal((4, false), (found.Adherents.Count, found.More));
    }

    private long Entries => Installation.Scalar<long>("SELECT count(*) FROM SearchIndex");

    private async Task Import(params string[] lines)
    {
        using var file = new StringReader(string.Join('\n', lines.Prepend(Header)));
        Assert.Equal(0, (await Installation.Get<RegistryImporter>().ImportAdherents(file, stop: TestContext.Current.CancellationToken)).Rejected);
    }

    private Task<SearchOutcome.Found> Find(SearchQuery query) => Installation.Get<IAdherentSearch>().Find(query, 20);

    private Task<IReadOnlyList<Guid>> Known(PivotIdentity pivot) => Installation.Get<IAdherentSearch>().Known(pivot);

    private Task<SearchOutcome.Found> ByName(string family, string? given, DateOnly date) => Find(new SearchQuery.ByName(family, given, date));

    private Task<SearchOutcome.Found> ByEmail(string address) => Find(new SearchQuery.ByEmail(EmailAddress.Parse(address)));
}
