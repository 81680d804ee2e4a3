using System.CommandLine;
using System.Globalization;
using MsaOrleans.Benchmarks;

var signUps = new Option<int>("--sign-ups") { DefaultValueFactory = _ => 1_000, Description = "Whole sign-ups to measure." };
var visitors = new Option<int>("--visitors") { DefaultValueFactory = _ => 16, Description = "Visitors at once." };
var starts = new Option<int>("--starts") { DefaultValueFactory = _ => 5, Description = "Starts of the program to measure." };
var command = new RootCommand("Measures the embedded default on this machine: start, memory at rest, whole sign-ups, first connections.") { signUps, visitors, starts };
command.SetAction(async (parsed, stop) =>
{
    var report = await EmbeddedDefault.Measure(parsed.GetValue(signUps), parsed.GetValue(visitors), parsed.GetValue(starts), Console.Error, stop);
    Console.WriteLine(report.ToMarkdown(CultureInfo.InvariantCulture));
    return report.Failures == 0 ? 0 : 1;
});

var adherents = new Option<int>("--adherents") { DefaultValueFactory = _ => 100_000, Description = "Rows in the database." };
var owed = new Option<int>("--owed") { DefaultValueFactory = _ => 100, Description = "How many of them are owed a letter." };
var redispatch = new Command("redispatch", "Measures how those who are owed a letter are found among many, and woken, and nobody else.") { adherents, owed };
redispatch.SetAction(async (parsed, stop) =>
{
    var report = await Redispatch.Measure(parsed.GetValue(adherents), parsed.GetValue(owed), Console.Error, stop);
    Console.WriteLine(report.ToMarkdown(CultureInfo.InvariantCulture));
    return report.IsRight ? 0 : 1;
});
command.Add(redispatch);

var people = new Option<int>("--people") { DefaultValueFactory = _ => 200, Description = "People with an account, who sign in again and again." };
var signIns = new Option<int>("--sign-ins") { DefaultValueFactory = _ => 4_000, Description = "Sign-ins to measure." };
var atOnce = new Option<int>("--visitors") { DefaultValueFactory = _ => 64, Description = "Visitors at once." };
var registry = new Option<int>("--registry")
{
    Description = "Instead: the same people one at a time, on PostgreSQL, among 1,000 adherents and among so many (1,000,000: some minutes to make them).",
};
var signIn = new Command("sign-ins", "Measures what a sign-in costs the server, beside what its password hash alone costs in the same run.") { people, signIns, atOnce, registry };
signIn.SetAction(async (parsed, stop) =>
{
    if (parsed.GetValue(registry) is var many and > 0)
    {
        var sized = await RegistrySize.Measure(many, parsed.GetValue(people), parsed.GetValue(signIns), Console.Error, stop);
        Console.WriteLine(sized.ToMarkdown(CultureInfo.InvariantCulture));
        return sized.Failures == 0 ? 0 : 1;
    }
    var report = await SignIns.Measure(parsed.GetValue(people), parsed.GetValue(signIns), parsed.GetValue(atOnce), Console.Error, stop);
    Console.WriteLine(report.ToMarkdown(CultureInfo.InvariantCulture));
    return report.Failures == 0 ? 0 : 1;
});
command.Add(signIn);

var awake = new Option<int>("--adherents") { DefaultValueFactory = _ => 50_000, Description = "How many." };
var naps = new Option<int>("--turns") { DefaultValueFactory = _ => 4, Description = "How often they wake and go to rest." };
var memory = new Command("memory", "Measures what adherents cost a silo in memory: active, and gone to rest.") { awake, naps };
memory.SetAction(async (parsed, stop) =>
    Console.WriteLine((await MemoryPerAdherent.Measure(parsed.GetValue(awake), parsed.GetValue(naps), Console.Error, stop)).ToMarkdown(CultureInfo.InvariantCulture)));
command.Add(memory);

var whole = new Option<int>("--sign-ups") { DefaultValueFactory = _ => 1_500, Description = "Whole sign-ups to measure, on one silo and one web server, and again on two of each." };
var warmUps = new Option<int>("--warm-ups") { DefaultValueFactory = _ => 500, Description = "Sign-ups before each." };
var writers = new Option<int>("--writers") { DefaultValueFactory = _ => 64, Description = "Clients that write at once." };
var seconds = new Option<int>("--seconds") { DefaultValueFactory = _ => 8, Description = "How long they write, with grains and without, in turn." };
var turns = new Option<int>("--turns") { DefaultValueFactory = _ => 3, Description = "How often each." };
var cluster = new Command("cluster", "Measures silos and web servers as processes of their own on PostgreSQL: whole sign-ups, and writes of grains beside bare commits.")
{
    whole, warmUps, visitors, writers, seconds, turns,
};
cluster.SetAction(async (parsed, stop) =>
{
    var report = await Cluster.Measure(
        parsed.GetValue(whole), parsed.GetValue(warmUps), parsed.GetValue(visitors), parsed.GetValue(writers), TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(turns), Console.Error, stop);
    Console.WriteLine(report.ToMarkdown(CultureInfo.InvariantCulture));
    return report.Failures == 0 ? 0 : 1;
});
command.Add(cluster);

var persons = new Option<int>("--adherents") { DefaultValueFactory = _ => 100_000, Description = "Lines of adherents.csv." };
var payments = new Option<int>("--payments") { DefaultValueFactory = _ => 500_000, Description = "Lines of payments.csv, where there are that many: some six and a half a person." };
var import = new Command("import", "Measures the import of the caisses' files into PostgreSQL: its time, and that its memory does not grow with them.") { persons, payments };
import.SetAction(async (parsed, stop) =>
{
    var report = await RegistryImport.Measure(parsed.GetValue(persons), parsed.GetValue(payments), Console.Error, stop);
    Console.WriteLine(report.ToMarkdown(CultureInfo.InvariantCulture));
    return report.IsRight ? 0 : 1;
});
command.Add(import);

var among = new Option<int>("--adherents") { DefaultValueFactory = _ => 1_000_000, Description = "People in the registry, all of whom have an account." };
var searches = new Option<int>("--searches") { DefaultValueFactory = _ => 2_000, Description = "Searches of each kind." };
var search = new Command("search", "Measures the hotline's searches on PostgreSQL among many adherents (1,000,000: some minutes to make them).") { among, searches };
search.SetAction(async (parsed, stop) =>
{
    var report = await Search.Measure(parsed.GetValue(among), parsed.GetValue(searches), Console.Error, stop);
    Console.WriteLine(report.ToMarkdown(CultureInfo.InvariantCulture));
    return report.IsRight ? 0 : 1;
});
command.Add(search);

var each = new Option<int>("--journeys") { DefaultValueFactory = _ => 300, Description = "Whole journeys on each site in each turn." };
var before = new Option<int>("--warm-ups") { DefaultValueFactory = _ => 300, Description = "On each site before." };
var rounds = new Option<int>("--turns") { DefaultValueFactory = _ => 3, Description = "How often each." };
var again = new Option<int>("--sign-ins") { DefaultValueFactory = _ => 2_000, Description = "Sign-ins on each site afterwards." };
var identity = new Command("identity", "Measures our whole journeys and sign-ins beside those of a plain ASP.NET Core Identity site, in turns, and beside bare password hashes.") { each, before, rounds, again, visitors };
identity.SetAction(async (parsed, stop) =>
{
    var report = await IdentityComparison.Measure(
        parsed.GetValue(each), parsed.GetValue(before), parsed.GetValue(rounds), parsed.GetValue(again), parsed.GetValue(visitors), Console.Error, stop);
    Console.WriteLine(report.ToMarkdown(CultureInfo.InvariantCulture));
    return report.Failures == 0 ? 0 : 1;
});
command.Add(identity);

var paid = new Option<int>("--rows") { DefaultValueFactory = _ => 20_000, Description = "Payments of the one who has many." };
var reads = new Option<int>("--turns") { DefaultValueFactory = _ => 50, Description = "How often each." };
var space = new Command("payments", "Measures the payments of somebody who has very many: the registry's answer and the pages of the private space, on SQLite and on PostgreSQL.") { paid, reads };
space.SetAction(async (parsed, stop) =>
    Console.WriteLine((await Payments.Measure(parsed.GetValue(paid), parsed.GetValue(reads), Console.Error, stop)).ToMarkdown(CultureInfo.InvariantCulture)));
command.Add(space);
return await command.Parse(args).InvokeAsync();
