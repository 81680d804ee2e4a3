using MsaOrleans.Silo.Registry;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.Tests.Registry;

public sealed class RegistryLinesTests : RegistryLinesContract
{
    protected override ValueTask<StorageUnderTest> NewInstallation() => new(new Installation());
}

/// <summary>Lines of the files: how they are read, and which are refused, each by its number and with its reason, while the others are kept.</summary>
public abstract class RegistryLinesContract : ImportContract
{
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
        Assert.StartsWith("birth_date: ", Assert.Single(Rejected).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_a_birth_date_may_be_known_in_part()
    {
        await Adherents(Lamy);
        Assert.Equal(new ImportSummary(Read: 1, Rejected: 1), await Payments("1630967482229;2026-05-00;Santé;10.00"));
    }

    [Fact]
    public async Task A_payment_of_an_unknown_nir_is_rejected_with_its_reason()
    {
        await Adherents(Lamy);
        Assert.Equal(
            new ImportSummary(Read: 2, Added: 1, Rejected: 1),
            await Payments("2410399351012;J-12;Santé;22.50", "1630967482229;J-12;Santé;22.50"));
        Assert.Equal([new RejectedLine(2, "nir: not known to the registry", "2410399351012;J-12;Santé;22.50")], Rejected);
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
        Assert.Equal([new RejectedLine(2, reason, bad)], Rejected);
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
        Assert.Equal([new RejectedLine(3, reason, bad)], Rejected);
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
        Assert.Equal(2, Assert.Single(Rejected).Line);
        Assert.NotNull(await Find("2410399351012"));
    }

    [Fact]
    public async Task A_person_told_of_twice_is_taken_once_and_the_second_time_rejected()
    {
        Assert.Equal(new ImportSummary(Read: 2, Added: 1, Rejected: 1), await Adherents(Lamy, Lamy.Replace("LAMY", "LAMI", StringComparison.Ordinal)));
        Assert.Equal("nir: already on a line before", Assert.Single(Rejected).Reason);
        Assert.Equal("LAMY", (await Find("1630967482229"))!.BirthName);
    }

    [Fact]
    public async Task A_line_longer_than_any_record_is_rejected_without_filling_the_memory()
    {
        await Adherents(Lamy + new string('X', 1_000_000), DaSilva);
        var line = Assert.Single(Rejected);
        Assert.Equal((2, "line too long"), (line.Line, line.Reason));
        Assert.InRange(line.Record.Length, 1, 10_000);
        Assert.NotNull(await Find("2410399351012"));
    }

    [Fact]
    public async Task Lines_are_numbered_as_an_editor_numbers_them()
    {
        var text = $"{AdherentsHeader}\r\n\r\n{Lamy}\r\nnonsense\r\n\r\n{DaSilva}";
        var summary = await Installation.Get<RegistryImporter>().ImportAdherents(new StringReader(text), Rejected.Add, stop: TestContext.Current.CancellationToken);
        Assert.Equal(new ImportSummary(Read: 3, Added: 2, Rejected: 1), summary);
        Assert.Equal([new RejectedLine(4, "1 columns instead of 15", "nonsense")], Rejected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nir;birth_name")]
    [InlineData("NIR;date;kind;amount")]
    public async Task A_file_with_another_header_is_refused_whole(string header)
    {
        using var file = new StringReader($"{header}\n{Lamy}\n");
        await Assert.ThrowsAsync<SetupException>(() => Installation.Get<RegistryImporter>().ImportAdherents(file, stop: TestContext.Current.CancellationToken));
        Assert.Equal(0L, Installation.Scalar<long>("SELECT count(*) FROM InsuredPersons"));
    }

    [Fact]
    public async Task Line_numbers_stay_right_over_many_batches()
    {
        await Adherents(Lamy);
        var lines = Enumerable.Range(0, 9_000).Select(i => i % 1_000 == 0 ? $"bad {i}" : $"1630967482229;J-1;Santé;{i}.50").ToArray();
        Assert.Equal(new ImportSummary(Read: 9_000, Added: 8_991, Rejected: 9), await Payments(lines));
        Assert.Equal(Enumerable.Range(0, 9).Select(i => ((i * 1_000) + 2, $"bad {i * 1_000}")), Rejected.Select(line => (line.Line, line.Record)));
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
        Assert.Equal(summary.Rejected, Rejected.Count);
        Assert.Equal(Rejected.Select(line => line.Line).Order(), Rejected.Select(line => line.Line));
        Assert.All(Rejected, line => Assert.Equal(lines[line.Line - 2], line.Record));
        Assert.Equal(
            ["city: empty", "nir: already on a line before", "nir: not a certified number of 13 characters"],
            Rejected.Select(line => line.Reason).Distinct().Order(StringComparer.Ordinal));
        Assert.All(Rejected.Where(line => line.Reason.Contains("already", StringComparison.Ordinal)), line => Assert.True(line.Line > 5_001));
    }
}
