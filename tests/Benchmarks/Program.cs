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
return await command.Parse(args).InvokeAsync();
