using System.Globalization;
using System.Text;
using MsaOrleans.Grains.Interfaces.Caisses;
using MsaOrleans.Grains.Interfaces.Identity;

namespace MsaOrleans.Silo.Registry;

/// <summary>
/// Makes up insured persons and their payments, in the format of the caisses' files: byte for byte the same for the same count and seed,
/// on any machine and any day. No two share a NIR or a card, and each was paid something in the last six months, so that all can prove
/// who they are.
/// </summary>
public sealed class RegistryGenerator(int count, int seed)
{
    public const int MostPersons = 100_000_000;

    /// <summary>First part of the serial of every carte Vitale.</summary>
    private const string CardPrefix = IdentityProof.VitaleCard.StandardPrefix;

    private const int FirstBirthYear = 1930;
    private const int LastBirthYear = 2007;
    private const int YearOfReference = 2026;
    private const int LastOrder = 999;
    private const long Cards = 10_000_000_000;

    /// <summary>How many numbers sex, year, month and order make before the place of birth has to tell two of them apart.</summary>
    internal const long Numbers = 2L * (LastBirthYear - FirstBirthYear + 1) * 12 * LastOrder;

    /// <summary>A payment this near is in the last six months, whatever the day of the import.</summary>
    private const int RecentDays = 150;

    private readonly Shuffle numbers = new(Numbers, new DeterministicRandom((ulong)seed));
    private readonly Shuffle cards = new(Cards, new DeterministicRandom((ulong)seed + 1));

    /// <summary>The number of the first person: another one for tests, since only the two millionth is told from the first by his place of birth.</summary>
    internal long First { get; init; }

    public void Write(TextWriter adherents, TextWriter payments, Action<int>? progress = null, CancellationToken stop = default)
    {
        var random = new DeterministicRandom((ulong)seed ^ 0x6D73612D6F726C65);
        adherents.Write(AdherentReader.Columns + "\n");
        payments.Write(PaymentReader.Columns + "\n");
        for (var i = 0; i < count; i++)
        {
            var nir = WriteAdherent(adherents, random, First + i, out var birthYear, out var insured);
            WritePayments(payments, random, nir, birthYear, insured);
            if (i % 10_000 == 0)
            {
                stop.ThrowIfCancellationRequested();
                progress?.Invoke(i);
            }
        }
    }

    /// <summary>Writes the two files into a directory, UTF-8 without byte order mark.</summary>
    public void WriteTo(string directory, Action<int>? progress = null, CancellationToken stop = default)
    {
        Directory.CreateDirectory(directory);
        using var adherents = File(directory, "adherents.csv");
        using var payments = File(directory, "payments.csv");
        Write(adherents, payments, progress, stop);
    }

    private string WriteAdherent(TextWriter file, DeterministicRandom random, long index, out int birthYear, out bool insured)
    {
        var number = numbers[index % Numbers];
        var (female, rest) = (number % 2 == 1, number / 2);
        birthYear = FirstBirthYear + (int)(rest % (LastBirthYear - FirstBirthYear + 1));
        rest /= LastBirthYear - FirstBirthYear + 1;
        var (month, order) = ((int)(rest % 12) + 1, (int)(rest / 12) + 1);
        var birthDate = new DateOnly(birthYear, month, random.Between(1, DateTime.DaysInMonth(birthYear, month)));

        var birth = Birthplace(random, (int)(index / Numbers));
        // Some of those born abroad came with a month that nobody was sure of.
        var writtenMonth = birth.Abroad && random.Chance(15) ? month + 20 : month;
        var nir = string.Create(CultureInfo.InvariantCulture, $"{(female ? 2 : 1)}{birthYear % 100:00}{writtenMonth:00}{birth.InNir}{order:000}");

        var name = FamilyName(random);
        var usedName = female && random.Chance(35) ? FamilyName(random) : "";
        var names = female ? SyntheticFrance.FemaleNames : SyntheticFrance.MaleNames;
        var givenNames = string.Join(' ', Enumerable.Range(0, random.Between(1, 3)).Select(_ => random.Among(names)).Distinct());
        insured = random.Chance(85);
        var card = random.Below(100) switch { _ when !insured => "none", < 60 => "with-photo", < 85 => "without-photo", _ => "none" };
        var serial = card == "none" ? "" : CardPrefix + cards[index].ToString("0000000000", CultureInfo.InvariantCulture);
        var town = random.Among(SyntheticFrance.Towns);
        file.Write(string.Create(CultureInfo.InvariantCulture,
            $"{nir};{name};{usedName};{givenNames};{(female ? 'F' : 'M')};{birthDate:yyyy-MM-dd};{birth.Code};{birth.Country};{(insured ? "yes" : "no")};{card};{serial};{Departments(random, town.Department)};{random.Between(1, 140)} {random.Among(SyntheticFrance.Streets)};{town.PostalCode};{town.City}\n"));
        return nir;
    }

    private static string FamilyName(DeterministicRandom random)
    {
        var name = random.Among(SyntheticFrance.FamilyNames);
        return random.Chance(4) ? $"{name}-{random.Among(SyntheticFrance.FamilyNames)}" : name;
    }

    /// <summary>A place of birth. Persons of another <paramref name="round"/> of the same numbers are born in other communes.</summary>
    private static (string InNir, string Code, string Country, bool Abroad) Birthplace(DeterministicRandom random, int round)
    {
        switch (random.Below(100))
        {
            case < 6:
                // A country has no communes to tell rounds apart by: those of later rounds are born in France.
                if (round > 0)
                    goto default;
                var country = random.Among(SyntheticFrance.Countries);
                return (country, "", country, true);
            case < 9 when round == 0:
                var island = $"{random.Among(SyntheticFrance.Overseas)}{random.Between(1, 30):00}";
                return (island, island, "99100", false);
            default:
                var commune = $"{random.Among(SyntheticFrance.Towns).Department}{round * 8 + random.Between(1, 8):000}";
                return (commune, commune, "99100", false);
        }
    }

    private static string Departments(DeterministicRandom random, string home)
    {
        if (!random.Chance(12))
            return home;
        var others = random.Chance(70) ? CaisseDirectory.CaisseOf(home)!.Departments : [.. SyntheticFrance.Towns.Select(town => town.Department)];
        var other = random.Among(others);
        return other == home ? home : $"{home}|{other}";
    }

    private static void WritePayments(TextWriter file, DeterministicRandom random, string nir, int birthYear, bool insured)
    {
        var payments = random.Between(1, 12);
        var day = random.Between(1, RecentDays);
        var retired = YearOfReference - birthYear >= 63;
        for (var i = 0; i < payments; i++)
        {
            var (kind, least, most) = retired && random.Chance(60)
                ? SyntheticFrance.Pension
                : SyntheticFrance.Benefits[insured && random.Chance(65) ? 0 : random.Between(1, SyntheticFrance.Benefits.Length - 1)];
            var cents = random.Between(least, most);
            file.Write(string.Create(CultureInfo.InvariantCulture, $"{nir};J-{day};{kind};{cents / 100}.{cents % 100:00}\n"));
            day += random.Between(0, 60);
        }
    }

    /// <summary>Numbers from 0 to an end in an order that looks like none, without keeping them: index times a step that shares no factor with the end.</summary>
    private sealed class Shuffle
    {
        private readonly long end;
        private readonly long start;
        private readonly long step;

        public Shuffle(long end, DeterministicRandom random)
        {
            this.end = end;
            start = (long)(random.Next() % (ulong)end);
            step = (long)(random.Next() % (ulong)end) | 1;
            while (System.Numerics.BigInteger.GreatestCommonDivisor(step, end) != 1)
                step += 2;
        }

        public long this[long index] => (long)((start + (Int128)index * step) % end);
    }

    private static StreamWriter File(string directory, string name) => new(Path.Combine(directory, name), false, new UTF8Encoding(false), 1 << 16);
}
