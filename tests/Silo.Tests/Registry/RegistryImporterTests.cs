using System.Diagnostics;
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
public abstract class RegistryImporterContract : ImportContract
{
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

    [Fact]
    public async Task Payments_come_latest_first_with_days_counted_from_the_import_in_france()
    {
        await Adherents(Lamy);
        Installation.Clock.SetUtcNow(new DateTimeOffset(2026, 6, 15, 22, 30, 0, TimeSpan.Zero)); // already the 16th in Paris
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
        var before = (Installation.Scalar<byte[]>("SELECT Content FROM InsuredPersons LIMIT 1"), await Paid("1630967482229"));

        Assert.Equal(new ImportSummary(Read: 2, Unchanged: 2), await Adherents(Lamy, DaSilva));
        Assert.Equal(new ImportSummary(Read: 3, Unchanged: 3), await Payments(payments));
        Assert.Equal(before.Item1, Installation.Scalar<byte[]>("SELECT Content FROM InsuredPersons LIMIT 1"));
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
        Installation.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal(new ImportSummary(Read: 2, Changed: 1, Unchanged: 1), await Payments("1630967482229;J-30;Santé;22.50", "1630967482229;2026-05-01;Santé;10.00"));
        Assert.Equal([new DateOnly(2026, 5, 19), new DateOnly(2026, 5, 1)], (await Paid("1630967482229")).Select(payment => payment.Date));
    }

    [Fact]
    public async Task Payments_in_the_same_words_are_told_apart_however_far_from_each_other_they_are()
    {
        using var made = new StringWriter();
        using var paid = new StringWriter();
        new RegistryGenerator(1_000, 2).Write(made, paid, stop: TestContext.Current.CancellationToken);
        await Installation.Get<RegistryImporter>().ImportAdherents(new StringReader(made.ToString()), stop: TestContext.Current.CancellationToken);
        await Adherents(Lamy);
        string[] others = paid.ToString().TrimEnd().Split('\n')[1..];
        string[] lines = ["1630967482229;J-12;Santé;22.50", .. others, "1630967482229;J-12;\"Santé\";22.50", "1630967482229;J-13;Santé;22.50"];
        Assert.True(lines.Length > 2 * Installation.Database.RegistryBatch);
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
            Installation.Get<RegistryImporter>().ImportPayments(new StringReader(PaymentsHeader + '\n' + string.Join('\n', lines)), progress: _ => stop.Cancel(), stop: stop.Token));
        var kept = Installation.Scalar<long>("SELECT count(*) FROM Payments");
        Assert.InRange(kept, 1, 39_999);
        Assert.Equal(new ImportSummary(Read: 40_000, Added: 40_000 - kept, Unchanged: kept), await Payments(lines));
    }

    [Fact]
    public async Task A_database_that_fails_ends_the_import_with_its_own_error()
    {
        Installation.FailInsertsInto("InsuredPersons", "disk full");
        using var made = new StringWriter();
        new RegistryGenerator(30_000, 1).Write(made, TextWriter.Null, stop: TestContext.Current.CancellationToken);
        var failure = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() =>
            Installation.Get<RegistryImporter>().ImportAdherents(new StringReader(made.ToString()), stop: TestContext.Current.CancellationToken));
        Assert.Contains("disk full", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_fails_half_way_ends_the_import_with_its_own_error()
    {
        await Adherents(Lamy);
        using var file = new FailingReader(PaymentsHeader + "\n" + string.Concat(Enumerable.Range(1, 10_000).Select(i => $"1630967482229;J-1;Santé;{i}.50\n")));
        await Assert.ThrowsAsync<IOException>(() => Installation.Get<RegistryImporter>().ImportPayments(file, stop: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_demonstration_files_are_sound()
    {
        foreach (var (name, import) in new (string, Func<TextReader, Task<ImportSummary>>)[]
        {
            ("adherents.csv", file => Installation.Get<RegistryImporter>().ImportAdherents(file, Rejected.Add)),
            ("payments.csv", file => Installation.Get<RegistryImporter>().ImportPayments(file, Rejected.Add)),
        })
        {
            using var file = new StreamReader(typeof(RegistryImporter).Assembly.GetManifestResourceStream($"MsaOrleans.Silo.Demo.{name}")!);
            var summary = await import(file);
            Assert.True(summary.Added > 0);
        }
        Assert.Empty(Rejected);
    }

    /// <summary>A disk that breaks where the text ends.</summary>
    private sealed class FailingReader(string text) : StringReader(text)
    {
        public override async ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is > 0 and var read ? read : throw new IOException("broken");
    }
}
