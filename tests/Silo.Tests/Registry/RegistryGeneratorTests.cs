using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Silo.Registry;

namespace MsaOrleans.Silo.Tests.Registry;

public sealed class RegistryGeneratorTests
{
    private const int Count = 5_000;

    private static readonly (string Adherents, string Payments) files = Generate(Count, 42);

    private static readonly string[][] adherents = Records(files.Adherents);
    private static readonly string[][] payments = Records(files.Payments);

    [Fact]
    public void The_same_seed_gives_the_same_files_today_and_for_ever()
    {
        Assert.Equal(files, Generate(Count, 42));
        Assert.NotEqual(files, Generate(Count, 43));
        Assert.Equal("99d8fbd8b77078fec361de80f4ff62d1b8e53225d1c852889aeeecb54318b5af", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(files.Adherents + files.Payments))));
    }

    [Fact]
    public async Task Every_person_and_every_payment_is_taken_by_the_import()
    {
        using var installation = new Installation();
        var rejected = new List<RejectedLine>();
        var importer = installation.Get<RegistryImporter>();
        Assert.Equal(new ImportSummary(Read: Count, Added: Count), await importer.ImportAdherents(new StringReader(files.Adherents), rejected.Add, stop: TestContext.Current.CancellationToken));
        Assert.Equal(new ImportSummary(Read: payments.Length, Added: payments.Length), await importer.ImportPayments(new StringReader(files.Payments), rejected.Add, stop: TestContext.Current.CancellationToken));
        Assert.Empty(rejected);
    }

    [Fact]
    public void Nobody_shares_a_nir_or_a_card()
    {
        Assert.Equal(Count, adherents.Select(cells => cells[0]).Distinct().Count());
        var cards = adherents.Select(cells => cells[10]).Where(serial => serial.Length > 0).ToList();
        Assert.Equal(cards.Count, cards.Distinct().Count());
        Assert.All(cards, serial => Assert.Matches(@"\A8025000032\d{10}\z", serial));
    }

    [Fact]
    public void Birth_dates_agree_with_the_nir() =>
        Assert.All(adherents, cells => Assert.False(Nir.Parse(cells[0]).Contradicts(DateOnly.Parse(cells[5], CultureInfo.InvariantCulture))));

    [Fact]
    public void Everybody_was_paid_one_to_twelve_times_and_once_in_the_last_six_months()
    {
        var byPerson = payments.ToLookup(cells => cells[0], cells => int.Parse(cells[1].AsSpan(2), CultureInfo.InvariantCulture));
        Assert.All(adherents, cells =>
        {
            var days = byPerson[cells[0]].ToList();
            Assert.InRange(days.Count, 1, 12);
            Assert.InRange(days.Min(), 0, 180);
        });
    }

    [Fact]
    public void All_kinds_of_people_are_there()
    {
        var nirs = adherents.Select(cells => cells[0]).ToList();
        Assert.Equal(["none", "with-photo", "without-photo"], adherents.Select(cells => cells[9]).Distinct().Order());
        Assert.Contains(nirs, nir => nir[5..7] == "2A");
        Assert.Contains(nirs, nir => nir[5..7] == "2B");
        Assert.Contains(nirs, nir => nir[5..8] == "974");
        Assert.Contains(nirs, nir => nir[5..7] == "99" && nir[3] >= '2');
        Assert.Contains(adherents, cells => cells[2].Length > 0);
        Assert.Contains(adherents, cells => cells[11].Contains('|', StringComparison.Ordinal));
        Assert.All("É-' Ç".ToCharArray(), letter => Assert.Contains(adherents, cells => (cells[1] + cells[3]).Contains(letter, StringComparison.Ordinal)));
    }

    [Fact]
    public void Millions_of_people_share_no_nir_either()
    {
        // Sex, year, month and order repeat after so many: the place of birth tells the persons of one round from those of the next.
        var rounds = Enumerable.Range(0, 4).SelectMany(round => Records(Generate(Count, 42, round * RegistryGenerator.Numbers).Adherents)).Select(cells => cells[0]).ToList();
        Assert.Equal(Count, rounds.Select(nir => nir[..5] + nir[10..]).Select(Month).Distinct().Count());
        Assert.Equal(4 * Count, rounds.Distinct().Count());

        static string Month(string number) => number[3] >= '2' ? $"{number[..3]}{int.Parse(number.AsSpan(3, 2), CultureInfo.InvariantCulture) - 20:00}{number[5..]}" : number;
    }

    private static (string Adherents, string Payments) Generate(int count, int seed, long first = 0)
    {
        using var adherents = new StringWriter();
        using var payments = new StringWriter();
        new RegistryGenerator(count, seed) { First = first }.Write(adherents, payments);
        return (adherents.ToString(), payments.ToString());
    }

    private static string[][] Records(string file) => [.. file.TrimEnd('\n').Split('\n').Skip(1).Select(line => line.Split(';'))];
}
