using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Silo.Search;
using MsaOrleans.Testing;

namespace MsaOrleans.Benchmarks;

/// <summary>The hotline's searches on PostgreSQL, among many whom the caisses know and who all have an account, one at a time, through the port that the grain asks.</summary>
internal static class Search
{
    private const int Most = 20;

    public static async Task<SearchReport> Measure(int adherents, int searches, TextWriter progress, CancellationToken stop)
    {
        await progress.WriteLineAsync($"Importing {adherents} people ...");
        await using var installation = await Installation.Create(adherents, stop, payments: false);
        using var silo = await installation.SiloHere(stop);
        await progress.WriteLineAsync("Storing their accounts ...");
        var keys = installation.Keys();
        await new StoredAdherents(silo.Services).Fill(People().Select(person => person.Adherent), new PasswordHash("argon2id", 19456, 2, "", ""), stop);
        await progress.WriteLineAsync("Indexing ...");
        var clock = Stopwatch.StartNew();
        var indexed = await silo.Services.GetRequiredService<SearchIndexing>().Run(stop: stop);
        var indexing = clock.Elapsed;
        // As PostgreSQL does by itself some minutes later: not while we look.
        await installation.Server.Client("psql", installation.ConnectionString, "-q", "-c", "VACUUM ANALYZE", "-c", "CHECKPOINT");

        var random = new Random(1);
        var few = People().Where((_, i) => i % Math.Max(1, adherents / searches) == 0).ToArray();
        random.Shuffle(few);
        var search = silo.Services.GetRequiredService<IAdherentSearch>();
        var kinds = new List<SearchKindReport>();
        foreach (var (kind, query) in new (string, Func<Listed, SearchQuery>)[]
        {
            ("NIR", person => new SearchQuery.ByNir(person.Nir)),
            ("e-mail", person => new SearchQuery.ByEmail(EmailAddress.Parse(StoredAdherents.EmailOf(person.Adherent)))),
            ("names and birth date", person => new SearchQuery.ByName(person.FamilyName, person.GivenName, person.BirthDate)),
            ("names that nobody has", person => new SearchQuery.ByName(person.FamilyName + "x", person.GivenName, person.BirthDate)),
        })
        {
            await progress.WriteLineAsync($"Searching by {kind} ...");
            var (took, found) = (new List<TimeSpan>(), 0);
            foreach (var person in few)
            {
                var started = Stopwatch.GetTimestamp();
                var answer = await search.Find(query(person), Most);
                took.Add(Stopwatch.GetElapsedTime(started));
                found += answer.Adherents.Any(one => one.Adherent == person.Adherent) ? 1 : 0;
            }
            kinds.Add(new(kind, few.Length, found, [.. took.Order()]));
        }
        var mib = await installation.Ask<long>("SELECT (pg_total_relation_size('SearchIndex') + pg_relation_size('IX_InsuredPersons_Name') + pg_relation_size('IX_InsuredPersons_UsedName'))", stop) / (1024.0 * 1024);
        await silo.StopAsync(stop);
        return new(Machine.Describe(), Machine.Load, indexed, indexing, mib, kinds);

        // From the file each time: what was read to its end is not read again.
        IEnumerable<Listed> People() => File.ReadLines(installation.AdherentsFile).Skip(1).Select(line => Listed.Read(line, keys));
    }

    /// <summary>Somebody in the caisses' file.</summary>
    private sealed record Listed(Guid Adherent, Nir Nir, string FamilyName, string GivenName, DateOnly BirthDate)
    {
        public static Listed Read(string line, AdherentKeys keys)
        {
            var cells = line.Split(';');
            var nir = InstallationHere.Read(cells[0]);
            return new(keys.For(nir), nir, cells[2] is { Length: > 0 } used ? used : cells[1], cells[3].Split(' ')[0], DateOnly.ParseExact(cells[5], "yyyy-MM-dd"));
        }
    }
}

/// <summary>Searches of one kind.</summary>
/// <param name="Kind">By what.</param>
/// <param name="Count">How many.</param>
/// <param name="Found">Of these, those that led to the person searched.</param>
/// <param name="Took">Shortest first.</param>
internal sealed record SearchKindReport(string Kind, int Count, int Found, IReadOnlyList<TimeSpan> Took)
{
    public double Milliseconds(double share) => Took[(int)((Took.Count - 1) * share)].TotalMilliseconds;
}

/// <summary>What was measured in one run.</summary>
/// <param name="Machine">Processor, processors, memory, system, runtime.</param>
/// <param name="Load">How busy it was.</param>
/// <param name="Indexed">Whom the index was filled with.</param>
/// <param name="Indexing">How long that took, by the command.</param>
/// <param name="Mib">The index, in MiB.</param>
/// <param name="Kinds">The searches.</param>
internal sealed record SearchReport(string Machine, string Load, SearchIndexReport Indexed, TimeSpan Indexing, double Mib, IReadOnlyList<SearchKindReport> Kinds)
{
    private const double Aim = 100;

    public bool IsRight => Kinds.All(kind => kind.Milliseconds(0.95) < Aim && kind.Found is var found && (found == kind.Count || (found == 0 && kind.Kind.Contains("nobody", StringComparison.Ordinal))));

    public string ToMarkdown(IFormatProvider format)
    {
        var text = new StringBuilder()
            .AppendLine(format, $"Machine: {Machine}; load {Load}")
            .AppendLine()
            .AppendLine(format, $"| among {Indexed.Persons:N0} insured persons and {Indexed.Adherents:N0} accounts | searches | found | median, ms | p95, ms | longest, ms |")
            .AppendLine("| --- | --- | --- | --- | --- | --- |");
        foreach (var kind in Kinds)
            text.AppendLine(format, $"| {kind.Kind} | {kind.Count:N0} | {kind.Found:N0} | {kind.Milliseconds(0.5):0.0} | {kind.Milliseconds(0.95):0.0} | {kind.Milliseconds(1):0.0} |");
        return text
            .AppendLine()
            .Append(format, $"All of it indexed anew in {Indexing.TotalSeconds:0} s; the index takes {Mib:N0} MiB. Each p95 under {Aim:0} ms, and everybody found: {(IsRight ? "yes" : "NO")}.")
            .ToString();
    }
}
