using System.Diagnostics;
using System.Text;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Grains.Interfaces.FranceConnect;
using MsaOrleans.Grains.Interfaces.Space;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Silo.Registry;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.Tests.Registry;

public sealed class RegistryImporterTests : RegistryImporterContract
{
    [Theory]
    [InlineData(10)]
    [InlineData(16)]
    public void The_first_that_is_free_is_found_wherever_it_is_and_with_few_questions(int end)
    {
        for (var first = 0; first <= end; first++)
        {
            var asked = new List<int>();
            Assert.Equal(first, ToldSoFar.FirstOf(end, n =>
            {
                asked.Add(n);
                return n >= first;
            }));
            Assert.All(asked, n => Assert.InRange(n, 0, end - 1));
            Assert.InRange(asked.Count, 1, 10);
        }
    }

    protected override ValueTask<StorageUnderTest> NewInstallation() => new(new Installation());
}

/// <summary>What an import does, whatever the kind of database.</summary>
public abstract class RegistryImporterContract : IAsyncLifetime
{
    private const string AdherentsHeader =
        "nir;birth_name;used_name;given_names;sex;birth_date;birth_place_code;birth_country_code;health_insured;card_kind;card_serial;departments;address_line;postal_code;city";

    private const string PaymentsHeader = "nir;date;kind;amount";
    private const string Lamy = "1630967482229;LAMY;;FRITZ;M;1963-09-12;67482;99100;yes;with-photo;80250000321234567890;67|68;1 RUE D'ALSACE;67320;MARLENHEIM";
    private const string DaSilva = "2410399351012;DA SILVA;SCHMITT;MARIA DA CONCEIÇÃO;F;1941-03-02;;99139;yes;none;;67;3 PLACE DE L'ÉGLISE;67600;SÉLESTAT";

    private readonly List<RejectedLine> rejected = [];
    private StorageUnderTest installation = null!;

    public async ValueTask InitializeAsync() => installation = await NewInstallation();

    public async ValueTask DisposeAsync()
    {
        await installation.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_the_file_says_of_a_person_is_what_the_registry_answers()
    {
        Assert.Equal(new ImportSummary(Read: 2, Added: 2), await Adherents(Lamy, DaSilva));

        var lamy = await Find("1630967482229");
        Assert.NotNull(lamy);
        Assert.Equal(
            ("LAMY", null, Sex.Male, new DateOnly(1963, 9, 12), "67482", "99100", true, CardKind.WithPhoto, "80250000321234567890"),
            (lamy.BirthName, lamy.UsedName, lamy.Sex, lamy.BirthDate, lamy.BirthPlaceCode, lamy.BirthCountryCode, lamy.HealthInsured, lamy.CardKind, lamy.CardSerial));
        Assert.Equal(["FRITZ"], lamy.GivenNames);
        Assert.Equal(["67", "68"], lamy.Departments);
        Assert.Equal(new PostalAddress("1 RUE D'ALSACE", "67320", "MARLENHEIM"), lamy.Address);

        var daSilva = await Find("2410399351012");
        Assert.NotNull(daSilva);
        Assert.Equal(("SCHMITT", null, CardKind.None, null), (daSilva.UsedName, daSilva.BirthPlaceCode, daSilva.CardKind, daSilva.CardSerial));
        Assert.Equal(["MARIA", "DA", "CONCEIÇÃO"], daSilva.GivenNames);

        Assert.Null(await Find("1583067462055"));
    }

    [Fact]
    public async Task The_registry_answers_with_the_number_and_with_the_birth_date_as_far_as_it_is_known()
    {
        await Adherents(Lamy, DaSilva.Replace("1941-03-02", "1941-03-00", StringComparison.Ordinal));
        var (lamy, daSilva) = ((await Find("1630967482229"))!, (await Find("2410399351012"))!);
        Assert.Equal((Nir.Parse("1630967482229"), null), (lamy.Nir, lamy.PresumedBirthDate));
        Assert.Equal((Nir.Parse("2410399351012"), new DateOnly(1941, 3, 1), "1941-03-00"), (daSilva.Nir, daSilva.BirthDate, $"{daSilva.PresumedBirthDate}"));
        Assert.Equal(new ImportSummary(Read: 1, Changed: 1), await Adherents(DaSilva.Replace("1941-03-02", "1941-03-01", StringComparison.Ordinal))); // it is known by now
        Assert.Equal(CivilDate.Of(new(1941, 3, 1)), (await Find("2410399351012"))!.CivilBirthDate);
    }

    [Theory]
    [InlineData("1941-00-02")]
    [InlineData("1941-13-00")]
    [InlineData("1849-00-00")]
    [InlineData("0000-00-00")]
    [InlineData("2941-00-00")]
    [InlineData("1941-03")]
    public async Task A_birth_date_that_cannot_be_is_rejected(string date)
    {
        Assert.Equal(new ImportSummary(Read: 1, Rejected: 1), await Adherents(DaSilva.Replace("1941-03-02", date, StringComparison.Ordinal)));
        Assert.StartsWith("birth_date: ", Assert.Single(rejected).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_a_birth_date_may_be_known_in_part()
    {
        await Adherents(Lamy);
        Assert.Equal(new ImportSummary(Read: 1, Rejected: 1), await Payments("1630967482229;2026-05-00;Santé;10.00"));
    }

    [Fact]
    public async Task A_row_of_a_version_that_kept_no_number_loads_and_the_next_import_writes_it_anew_once()
    {
        await Adherents(Lamy);
        var (protection, adherent) = (installation.Get<RegistryProtection>(), new AdherentKeys(installation.Get<PseudonymSecret>().Value).For(Nir.Parse("1630967482229")));
        var before = new RegistryRow(adherent, RegistryProtection.Write((await Find("1630967482229"))! with { Nir = null }));
        await installation.Database.WriteRegistry([new(adherent, null, protection.FingerprintOf(before), protection.Seal(before))], allNew: false, TestContext.Current.CancellationToken);
        Assert.Null((await Find("1630967482229"))!.Nir);

        Assert.Equal(new ImportSummary(Read: 1, Changed: 1), await Adherents(Lamy));
        Assert.NotNull((await Find("1630967482229"))!.Nir);
        Assert.Equal(new ImportSummary(Read: 1, Unchanged: 1), await Adherents(Lamy));
    }

    [Fact]
    public async Task Payments_come_latest_first_with_days_counted_from_the_import_in_france()
    {
        await Adherents(Lamy);
        installation.Clock.SetUtcNow(new DateTimeOffset(2026, 6, 15, 22, 30, 0, TimeSpan.Zero)); // already the 16th in Paris
        await Payments("1630967482229;J-93;Santé;59.00", "1630967482229;2025-12-24;Rentrée scolaire;1234.56", "1630967482229;J-0;Santé;2.50");

        Assert.Equal(
            [new Payment(new(2026, 6, 16), "Santé", 2.50m), new(new(2026, 3, 15), "Santé", 59.00m), new(new(2025, 12, 24), "Rentrée scolaire", 1234.56m)],
            await Paid("1630967482229"));
        Assert.Empty(await Paid("2410399351012"));
    }

    [Fact]
    public async Task A_sum_that_was_taken_back_and_a_payment_of_1900_are_payments()
    {
        await Adherents(Lamy);
        Assert.Equal(new ImportSummary(Read: 2, Added: 2), await Payments("1630967482229;2026-05-01;Santé;-22.50", "1630967482229;1900-02-28;Santé;3.00"));
        Assert.Equal([new Payment(new(2026, 5, 1), "Santé", -22.50m), new(new(1900, 2, 28), "Santé", 3.00m)], await Paid("1630967482229"));
    }

    [Fact]
    public async Task The_same_files_twice_change_nothing()
    {
        string[] payments = ["1630967482229;J-12;Santé;22.50", "1630967482229;J-12;Santé;22.50", "2410399351012;J-20;Retraite;1034.56"];
        await Adherents(Lamy, DaSilva);
        await Payments(payments);
        var before = (installation.Scalar<byte[]>("SELECT Content FROM InsuredPersons LIMIT 1"), await Paid("1630967482229"));

        Assert.Equal(new ImportSummary(Read: 2, Unchanged: 2), await Adherents(Lamy, DaSilva));
        Assert.Equal(new ImportSummary(Read: 3, Unchanged: 3), await Payments(payments));
        Assert.Equal(before.Item1, installation.Scalar<byte[]>("SELECT Content FROM InsuredPersons LIMIT 1"));
        Assert.Equal(before.Item2, await Paid("1630967482229"));
    }

    [Fact]
    public async Task A_person_whose_record_changed_is_brought_up_to_date()
    {
        await Adherents(Lamy, DaSilva);
        Assert.Equal(new ImportSummary(Read: 2, Changed: 1, Unchanged: 1), await Adherents(Lamy.Replace("MARLENHEIM", "OBERNAI", StringComparison.Ordinal), DaSilva));
        Assert.Equal("OBERNAI", (await Find("1630967482229"))!.Address.City);
    }

    [Fact]
    public async Task Two_equal_payments_of_one_day_are_two_payments_wherever_they_stand_in_the_file()
    {
        await Adherents(Lamy, DaSilva);
        Assert.Equal(
            new ImportSummary(Read: 3, Added: 3),
            await Payments("1630967482229;J-12;Santé;22.50", "2410399351012;J-12;Santé;22.50", "1630967482229;J-12;Santé;22.50"));
        Assert.Equal(2, (await Paid("1630967482229")).Count);
        Assert.Single(await Paid("2410399351012"));

        Assert.Equal(
            new ImportSummary(Read: 4, Added: 1, Unchanged: 3),
            await Payments("1630967482229;J-12;Santé;22.50", "1630967482229;J-12;Santé;22.50", "1630967482229;J-12;Santé;22.50", "2410399351012;J-12;Santé;22.50"));
    }

    [Fact]
    public async Task A_payment_dated_by_days_before_the_import_moves_with_the_day_of_the_import()
    {
        await Adherents(Lamy);
        await Payments("1630967482229;J-30;Santé;22.50", "1630967482229;2026-05-01;Santé;10.00");
        installation.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal(new ImportSummary(Read: 2, Changed: 1, Unchanged: 1), await Payments("1630967482229;J-30;Santé;22.50", "1630967482229;2026-05-01;Santé;10.00"));
        Assert.Equal([new DateOnly(2026, 5, 19), new DateOnly(2026, 5, 1)], (await Paid("1630967482229")).Select(payment => payment.Date));
    }

    [Fact]
    public async Task A_payment_of_an_unknown_nir_is_rejected_with_its_reason()
    {
        await Adherents(Lamy);
        Assert.Equal(
            new ImportSummary(Read: 2, Added: 1, Rejected: 1),
            await Payments("2410399351012;J-12;Santé;22.50", "1630967482229;J-12;Santé;22.50"));
        Assert.Equal([new RejectedLine(2, "nir: not known to the registry", "2410399351012;J-12;Santé;22.50")], rejected);
    }

    [Theory]
    [InlineData(0, "163096748222A", "nir: not a certified number of 13 characters")]
    [InlineData(0, "163096748222906", "nir: not a certified number of 13 characters")]
    [InlineData(0, "1 63 09 67 482 229", "nir: not a certified number of 13 characters")]
    [InlineData(0, "7630967482229", "nir: not a certified number of 13 characters")]
    [InlineData(0, "", "nir: not a certified number of 13 characters")]
    [InlineData(1, " ", "birth_name: empty")]
    [InlineData(3, "", "given_names: empty")]
    [InlineData(4, "X", "sex: not one of the words expected")]
    [InlineData(5, "1963-02-31", "birth_date: not a date")]
    [InlineData(5, "31/02/1963", "birth_date: not a date")]
    [InlineData(5, "12/09/1963", "birth_date: not a date")]
    [InlineData(5, "0063-09-12", "birth_date: not a date")]
    [InlineData(5, "2026-06-16", "birth_date: in the future")]
    [InlineData(6, "67 482", "birth_place_code: malformed")]
    [InlineData(7, "FR", "birth_country_code: malformed")]
    [InlineData(8, "oui", "health_insured: not one of the words expected")]
    [InlineData(9, "photo", "card_kind: not one of the words expected")]
    [InlineData(9, "none", "card_serial: given without a card")]
    [InlineData(10, "", "card_serial: malformed")]
    [InlineData(10, "8025000032123456789", "card_serial: malformed")]
    [InlineData(10, "80250000321234567890AB", "card_serial: malformed")]
    [InlineData(11, "67|99", "departments: not known to any caisse")]
    [InlineData(11, "", "departments: not known to any caisse")]
    [InlineData(11, "67|67", "departments: one given twice")]
    [InlineData(12, "", "address_line: empty")]
    [InlineData(13, "6732", "postal_code: malformed")]
    [InlineData(13, "٦٧٣٢٠", "postal_code: malformed")]
    [InlineData(14, "", "city: empty")]
    [InlineData(14, "MARLENHEIM;", "16 columns instead of 15")]
    [InlineData(14, "\"MARLENHEIM", "misplaced quotes")]
    [InlineData(14, "MARL\"ENHEIM", "misplaced quotes")]
    [InlineData(14, "\"MARL\"ENHEIM", "misplaced quotes")]
    [InlineData(14, "MARLENHEIM\0", "control character")]
    [InlineData(14, "MARL\u007FENHEIM", "control character")]
    [InlineData(14, "MARL\u0085ENHEIM", "control character")]
    [InlineData(14, "MARLENHE\uFFFDM", "not valid UTF-8")]
    public async Task A_line_with_a_bad_cell_is_rejected_and_the_others_are_kept(int column, string cell, string reason)
    {
        var cells = Lamy.Split(';');
        cells[column] = cell;
        var bad = string.Join(';', cells);
        Assert.Equal(new ImportSummary(Read: 2, Added: 1, Rejected: 1), await Adherents(bad, DaSilva));
        Assert.Equal([new RejectedLine(2, reason, bad)], rejected);
        Assert.NotNull(await Find("2410399351012"));
    }

    [Theory]
    [InlineData("1630967482229;J--1;Santé;22.50", "date: not a date")]
    [InlineData("1630967482229;J-;Santé;22.50", "date: not a date")]
    [InlineData("1630967482229;2026-06-31;Santé;22.50", "date: not a date")]
    [InlineData("1630967482229;2026-06-16;Santé;22.50", "date: in the future")]
    [InlineData("1630967482229;J-1;;22.50", "kind: empty")]
    [InlineData("1630967482229;J-1;Santé;22,50", "amount: malformed")]
    [InlineData("1630967482229;J-1;Santé;22.5", "amount: malformed")]
    [InlineData("1630967482229;J-1;Santé;- 22.50", "amount: malformed")]
    [InlineData("1630967482229;J-1;Santé;--22.50", "amount: malformed")]
    [InlineData("1630967482229;J-1;Santé;\u221222.50", "amount: malformed")]
    [InlineData("1630967482229;J-1;Santé;1 022.50", "amount: malformed")]
    [InlineData("1630967482229;J-1;Santé;0.00", "amount: nothing was paid, and nothing taken back")]
    [InlineData("1630967482229;J-1;Santé;-0.00", "amount: nothing was paid, and nothing taken back")]
    [InlineData("1630967482229;1849-12-31;Santé;22.50", "date: not a date")]
    [InlineData("1630967482229;J-1;Santé", "3 columns instead of 4")]
    public async Task A_bad_payment_is_rejected_and_the_others_are_kept(string bad, string reason)
    {
        await Adherents(Lamy);
        Assert.Equal(new ImportSummary(Read: 2, Added: 1, Rejected: 1), await Payments("1630967482229;J-3;Santé;22.50", bad));
        Assert.Equal([new RejectedLine(3, reason, bad)], rejected);
    }

    [Fact]
    public async Task Quotes_protect_a_semicolon_and_a_quote()
    {
        await Adherents(Lamy.Replace("1 RUE D'ALSACE", "\"1 RUE \"\"D'ALSACE\"\"; BÂTIMENT B\"", StringComparison.Ordinal));
        Assert.Equal("1 RUE \"D'ALSACE\"; BÂTIMENT B", (await Find("1630967482229"))!.Address.Line);
    }

    [Fact]
    public async Task A_quote_left_open_costs_its_own_line_only()
    {
        await Adherents("\"" + Lamy, DaSilva);
        Assert.Equal(2, Assert.Single(rejected).Line);
        Assert.NotNull(await Find("2410399351012"));
    }

    [Fact]
    public async Task A_person_told_of_twice_is_taken_once_and_the_second_time_rejected()
    {
        Assert.Equal(new ImportSummary(Read: 2, Added: 1, Rejected: 1), await Adherents(Lamy, Lamy.Replace("LAMY", "LAMI", StringComparison.Ordinal)));
        Assert.Equal("nir: already on a line before", Assert.Single(rejected).Reason);
        Assert.Equal("LAMY", (await Find("1630967482229"))!.BirthName);
    }

    [Fact]
    public async Task A_line_longer_than_any_record_is_rejected_without_filling_the_memory()
    {
        await Adherents(Lamy + new string('X', 1_000_000), DaSilva);
        var line = Assert.Single(rejected);
        Assert.Equal((2, "line too long"), (line.Line, line.Reason));
        Assert.InRange(line.Record.Length, 1, 10_000);
        Assert.NotNull(await Find("2410399351012"));
    }

    [Fact]
    public async Task Lines_are_numbered_as_an_editor_numbers_them()
    {
        var text = $"{AdherentsHeader}\r\n\r\n{Lamy}\r\nnonsense\r\n\r\n{DaSilva}";
        var summary = await installation.Get<RegistryImporter>().ImportAdherents(new StringReader(text), rejected.Add, stop: TestContext.Current.CancellationToken);
        Assert.Equal(new ImportSummary(Read: 3, Added: 2, Rejected: 1), summary);
        Assert.Equal([new RejectedLine(4, "1 columns instead of 15", "nonsense")], rejected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nir;birth_name")]
    [InlineData("NIR;date;kind;amount")]
    public async Task A_file_with_another_header_is_refused_whole(string header)
    {
        using var file = new StringReader($"{header}\n{Lamy}\n");
        await Assert.ThrowsAsync<SetupException>(() => installation.Get<RegistryImporter>().ImportAdherents(file, stop: TestContext.Current.CancellationToken));
        Assert.Equal(0L, installation.Scalar<long>("SELECT count(*) FROM InsuredPersons"));
    }

    [Fact]
    public async Task Line_numbers_stay_right_over_many_batches()
    {
        await Adherents(Lamy);
        var lines = Enumerable.Range(0, 9_000).Select(i => i % 1_000 == 0 ? $"bad {i}" : $"1630967482229;J-1;Santé;{i}.50").ToArray();
        Assert.Equal(new ImportSummary(Read: 9_000, Added: 8_991, Rejected: 9), await Payments(lines));
        Assert.Equal(Enumerable.Range(0, 9).Select(i => ((i * 1_000) + 2, $"bad {i * 1_000}")), rejected.Select(line => (line.Line, line.Record)));
    }

    [Fact]
    public async Task Refused_lines_come_in_the_order_of_the_file_whatever_they_are_refused_for()
    {
        using var made = new StringWriter();
        new RegistryGenerator(5_000, 2).Write(made, TextWriter.Null, stop: TestContext.Current.CancellationToken);
        var persons = made.ToString().TrimEnd().Split('\n')[1..];
        // Every third a second time at the end, one in a hundred without a city, one in a hundred of no NIR.
        string[] lines = [.. persons.Select((line, i) => (i % 100) switch { 40 => line[..(line.LastIndexOf(';') + 1)], 50 => "X" + line, _ => line }), .. persons.Where((_, i) => i % 3 == 0)];
        var summary = await Adherents(lines);
        Assert.Equal(lines.Length, summary.Read);
        Assert.Equal(summary.Rejected, rejected.Count);
        Assert.Equal(rejected.Select(line => line.Line).Order(), rejected.Select(line => line.Line));
        Assert.All(rejected, line => Assert.Equal(lines[line.Line - 2], line.Record));
        Assert.Equal(
            ["city: empty", "nir: already on a line before", "nir: not a certified number of 13 characters"],
            rejected.Select(line => line.Reason).Distinct().Order(StringComparer.Ordinal));
        Assert.All(rejected.Where(line => line.Reason.Contains("already", StringComparison.Ordinal)), line => Assert.True(line.Line > 5_001));
    }

    [Fact]
    public async Task Payments_in_the_same_words_are_told_apart_however_far_from_each_other_they_are()
    {
        using var made = new StringWriter();
        using var paid = new StringWriter();
        new RegistryGenerator(1_000, 2).Write(made, paid, stop: TestContext.Current.CancellationToken);
        await installation.Get<RegistryImporter>().ImportAdherents(new StringReader(made.ToString()), stop: TestContext.Current.CancellationToken);
        await Adherents(Lamy);
        string[] others = paid.ToString().TrimEnd().Split('\n')[1..];
        string[] lines = ["1630967482229;J-12;Santé;22.50", .. others, "1630967482229;J-12;\"Santé\";22.50", "1630967482229;J-13;Santé;22.50"];
        Assert.True(lines.Length > 2 * installation.Database.RegistryBatch);
        Assert.Equal(new ImportSummary(Read: lines.Length, Added: lines.Length), await Payments(lines));
        Assert.Equal(3, (await Paid("1630967482229")).Count);
        Assert.Equal(new ImportSummary(Read: lines.Length, Unchanged: lines.Length), await Payments([.. lines.Reverse()]));
    }

    [Fact]
    public async Task Thousands_of_equal_payments_of_one_person_take_no_longer_than_others()
    {
        await Adherents(Lamy);
        var lines = Enumerable.Repeat("1630967482229;J-12;Santé;22.50", 10_000).ToArray();
        var started = Stopwatch.GetTimestamp();
        Assert.Equal(new ImportSummary(Read: 10_000, Added: 10_000), await Payments(lines));
        var took = Stopwatch.GetElapsedTime(started);
        Assert.True(took < TimeSpan.FromSeconds(8), $"It took {took}."); // one second; trying every number before took 25

        Assert.Equal(new ImportSummary(Read: 10_001, Added: 1, Unchanged: 10_000), await Payments([.. lines, lines[0]]));
    }

    [Fact]
    public async Task Stopping_keeps_what_was_written_and_the_next_import_takes_the_rest()
    {
        await Adherents(Lamy);
        var lines = Enumerable.Range(0, 40_000).Select(i => $"1630967482229;J-1;Santé;{i + 1}.50").ToArray();
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            installation.Get<RegistryImporter>().ImportPayments(new StringReader(PaymentsHeader + '\n' + string.Join('\n', lines)), progress: _ => stop.Cancel(), stop: stop.Token));
        var kept = installation.Scalar<long>("SELECT count(*) FROM Payments");
        Assert.InRange(kept, 1, 39_999);
        Assert.Equal(new ImportSummary(Read: 40_000, Added: 40_000 - kept, Unchanged: kept), await Payments(lines));
    }

    [Fact]
    public async Task A_database_that_fails_ends_the_import_with_its_own_error()
    {
        installation.FailInsertsInto("InsuredPersons", "disk full");
        using var made = new StringWriter();
        new RegistryGenerator(30_000, 1).Write(made, TextWriter.Null, stop: TestContext.Current.CancellationToken);
        var failure = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() =>
            installation.Get<RegistryImporter>().ImportAdherents(new StringReader(made.ToString()), stop: TestContext.Current.CancellationToken));
        Assert.Contains("disk full", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_fails_half_way_ends_the_import_with_its_own_error()
    {
        await Adherents(Lamy);
        using var file = new FailingReader(PaymentsHeader + "\n" + string.Concat(Enumerable.Range(1, 10_000).Select(i => $"1630967482229;J-1;Santé;{i}.50\n")));
        await Assert.ThrowsAsync<IOException>(() => installation.Get<RegistryImporter>().ImportPayments(file, stop: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_database_on_disk_tells_nothing_about_anyone()
    {
        await Adherents(Lamy, DaSilva);
        await Payments("1630967482229;J-12;Santé;1034.56");
        var disk = installation.BytesOnDisk();
        Assert.True(disk.AsSpan().IndexOf(Encoding.UTF8.GetBytes(installation.InClear)) >= 0); // what is in clear would be found
        foreach (var personal in Lamy.Split(';').Concat(DaSilva.Split(';')).Concat(["FRITZ", "CONCEIÇÃO", "1234567890", "Santé", "1034.56", "2026-06-03"]).Where(text => text.Length > 3))
        {
            Assert.True(disk.AsSpan().IndexOf(Encoding.UTF8.GetBytes(personal)) < 0, personal);
            Assert.True(disk.AsSpan().IndexOf(Encoding.Unicode.GetBytes(personal)) < 0, personal);
        }
    }

    [Fact]
    public async Task Equal_payments_of_two_persons_do_not_look_alike()
    {
        await Adherents(Lamy, DaSilva);
        await Payments("1630967482229;J-12;Santé;22.50", "2410399351012;J-12;Santé;22.50", "2410399351012;J-12;Santé;22.50");
        Assert.Equal((3L, 3L), (installation.Scalar<long>("SELECT count(DISTINCT Fingerprint) FROM Payments"), installation.Scalar<long>("SELECT count(DISTINCT Payment) FROM Payments")));
    }

    [Fact]
    public async Task A_row_handed_to_another_adherent_does_not_open()
    {
        await Adherents(Lamy, DaSilva);
        await Payments("1630967482229;J-12;Santé;22.50");
        var other = installation.Literal(Key("2410399351012").ToByteArray(bigEndian: true));
        installation.Execute($"UPDATE Payments SET Adherent = {other}");
        installation.Execute($"UPDATE InsuredPersons SET Content = (SELECT Content FROM InsuredPersons WHERE Adherent <> {other}) WHERE Adherent = {other}");
        await Assert.ThrowsAsync<System.Security.Cryptography.CryptographicException>(() => Paid("2410399351012"));
        await Assert.ThrowsAsync<System.Security.Cryptography.CryptographicException>(() => Find("2410399351012"));
    }

    [Fact]
    public async Task The_demonstration_files_are_sound()
    {
        foreach (var (name, import) in new (string, Func<TextReader, Task<ImportSummary>>)[]
        {
            ("adherents.csv", file => installation.Get<RegistryImporter>().ImportAdherents(file, rejected.Add)),
            ("payments.csv", file => installation.Get<RegistryImporter>().ImportPayments(file, rejected.Add)),
        })
        {
            using var file = new StreamReader(typeof(RegistryImporter).Assembly.GetManifestResourceStream($"MsaOrleans.Silo.Demo.{name}")!);
            var summary = await import(file);
            Assert.True(summary.Added > 0);
        }
        Assert.Empty(rejected);
    }

    /// <summary>A row as the first version wrote it. It must open for ever.</summary>
    [Fact]
    public void Rows_of_the_first_version_still_load()
    {
        var person = System.Text.Json.JsonSerializer.Deserialize(
            """{"BirthName":"LAMY","GivenNames":["FRITZ"],"Sex":"Male","BirthDate":"1963-09-12","BirthPlaceCode":"67482","BirthCountryCode":"99100","HealthInsured":true,"CardKind":"WithPhoto","CardSerial":"80250000321234567890","Departments":["67","68"],"Address":{"Line":"1 RUE D'ALSACE","PostalCode":"67320","City":"MARLENHEIM"}}""",
            RegistryJson.Default.InsuredPerson)!;
        Assert.Equal(("LAMY", CardKind.WithPhoto, "MARLENHEIM"), (person.BirthName, person.CardKind, person.Address.City));
        var payment = System.Text.Json.JsonSerializer.Deserialize("""{"Date":"2026-06-03","Kind":"Santé","Amount":22.50}""", RegistryJson.Default.Payment);
        Assert.Equal(new Payment(new(2026, 6, 3), "Santé", 22.50m), payment);
    }

    protected abstract ValueTask<StorageUnderTest> NewInstallation();

    private Task<ImportSummary> Adherents(params string[] lines) =>
        installation.Get<RegistryImporter>().ImportAdherents(new StringReader(AdherentsHeader + '\n' + string.Join('\n', lines)), rejected.Add);

    private Task<ImportSummary> Payments(params string[] lines) =>
        installation.Get<RegistryImporter>().ImportPayments(new StringReader(PaymentsHeader + '\n' + string.Join('\n', lines)), rejected.Add);

    private Guid Key(string nir) => installation.Get<AdherentKeys>().For(Nir.Parse(nir));

    private Task<InsuredPerson?> Find(string nir) => installation.Get<IInsuredPersonRegistry>().Find(Key(nir));

    private Task<IReadOnlyList<Payment>> Paid(string nir) => installation.Get<IInsuredPersonRegistry>().Payments(Key(nir));

    /// <summary>A disk that breaks where the text ends.</summary>
    private sealed class FailingReader(string text) : StringReader(text)
    {
        public override async ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is > 0 and var read ? read : throw new IOException("broken");
    }
}
