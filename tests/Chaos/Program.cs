using System.CommandLine;
using MsaOrleans.Chaos;

const int Right = 0, LostOrWrong = 1, NotAllowed = 3;

var minutes = new Option<double>("--minutes") { DefaultValueFactory = _ => 0, Description = "Goes through the disasters again until so many minutes are over; by default once, some five minutes." };
var visitors = new Option<int>("--visitors") { DefaultValueFactory = _ => 8, Description = "Visitors busy at once.", Recursive = true };
var logs = new Option<string?>("--logs") { Description = "A folder in which to leave what the servers said.", Recursive = true };
var isBrief = new Option<bool>("--brief") { Description = "The disasters of tests/run only, in the time of a test." };
var command = new RootCommand("Kills one machine after the other under a load of whole sign-ups, and then looks for what was promised.") { minutes, visitors, logs, isBrief };
command.SetAction((parsed, stop) => Report(parsed.GetValue(isBrief) ? ChaosRun.Brief(Options(parsed), Console.Error, stop) : ChaosRun.Full(Options(parsed), Console.Error, stop)));

var partition = new Command("partition", "Puts each silo into a network of its own and cuts the link between the two for a minute. Needs root, CAP_NET_ADMIN and iproute2.");
partition.SetAction((parsed, stop) => Report(ChaosRun.Partition(Options(parsed), Console.Error, stop)));
command.Add(partition);
return await command.Parse(args).InvokeAsync();

ChaosOptions Options(ParseResult parsed) => new(parsed.GetValue(visitors), TimeSpan.FromMinutes(parsed.GetValue(minutes)), parsed.GetValue(logs));

static async Task<int> Report(Task<ChaosReport> run)
{
    try
    {
        var report = await run;
        Console.WriteLine(report.ToMarkdown());
        return report.IsRight ? Right : LostOrWrong;
    }
    catch (NotAllowedException refused)
    {
        await Console.Error.WriteLineAsync(refused.Message);
        return NotAllowed;
    }
}
