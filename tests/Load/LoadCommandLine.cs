using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;

namespace MsaOrleans.Load;

/// <summary>
/// The command line. Ends with 0 (all is as it should be), 1 (a requirement does not hold, or something that was promised is lost) or 2 (not run: one sentence says why).
/// </summary>
internal static class LoadCommandLine
{
    public const int Right = 0;
    public const int Wrong = 1;
    public const int NotRun = 2;

    private const int UsualSmtpPort = 2525;
    private const int UsualPreparation = 20;

    public static async Task<int> Run(string[] args, TextWriter output, TextWriter errors, CancellationToken stop = default)
    {
        var parsed = new RootCommand("Load tests of the site: whole journeys of visitors, over HTTP.") { SiteCommand(output, errors) }.Parse(args);
        if (parsed.Errors.Count > 0)
            return Refuse(errors, parsed.Errors[0].Message);
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = errors, EnableDefaultExceptionHandler = false }, stop);
        }
        catch (OperationCanceledException)
        {
            return Refuse(errors, "Stopped.");
        }
        catch (Exception failure) when (failure is IOException or InvalidOperationException or UnauthorizedAccessException or InvalidDataException)
        {
            return Refuse(errors, failure.Message);
        }
    }

    private static Command SiteCommand(TextWriter output, TextWriter errors)
    {
        var address = new Option<Uri?>("--base")
        {
            Description = "The site's address, as http://127.0.0.1:5080.",
            CustomParser = result => Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri : Fault<Uri>(result, "--base must be an address that begins with http:// or https://."),
        };
        var start = new Option<bool>("--start") { Description = "Instead: starts PostgreSQL, a silo, a web server and a registry of made-up people, and stops them at the end." };
        var people = new Option<int>("--people") { DefaultValueFactory = _ => 10_000, Description = "With --start: how many the registry knows." };
        var elsewhere = new Option<bool>("--i-may-load-this-host") { Description = "The address may be another machine's: you may do this to it." };
        var adherents = new Option<string?>("--adherents") { Description = "adherents.csv of `Silo -- generate`, which the site's registry has imported." };
        var payments = new Option<string?>("--payments") { Description = "Its payments.csv." };
        var skip = new Option<int>("--skip") { Description = "So many people of the file have come in earlier runs." };
        var smtp = new Option<IPEndPoint?>("--smtp")
        {
            Description = $"Where to listen for the site's letters (its Mail:Smtp:Host and Port). Default: 127.0.0.1:{UsualSmtpPort}.",
            CustomParser = result => IPEndPoint.TryParse(result.Tokens[0].Value, out var endpoint) ? endpoint : Fault<IPEndPoint>(result, "--smtp must be an address and a port, as 127.0.0.1:2525."),
        };
        var visitors = new Option<int>("--visitors") { DefaultValueFactory = _ => 16, Description = "Closed loop: so many at any time." };
        var arrivals = Parsed("--arrivals", Arrivals.Parse, "Open loop: how many come, whoever is there: 5/s, 300/m, or 2/s..20/s for a ramp.");
        var bursts = new Option<Burst[]>("--burst")
        {
            Description = "More of them for a while: 50/s@60s+30s, from the sixtieth second on for thirty. May be given again.",
            CustomParser = result => Each(result, Burst.Parse),
            AllowMultipleArgumentsPerToken = true,
        };
        var most = new Option<int>("--most-visitors") { DefaultValueFactory = _ => 2_000, Description = "Open loop: the most that this machine is to have at once; more are turned away, and counted as errors." };
        var duration = Parsed("--duration", text => (TimeSpan?)Spans.Parse(text), "How long they come: 250ms, 60s, 5m. Default: 60s.");
        var journeys = new Option<int?>("--journeys") { Description = "Nobody comes after so many." };
        var mix = Parsed("--mix", Mix.Parse, $"Who comes, by weights, of sign-up, sign-in, enrolment, gives-up, clumsy and bot. Default: {Mix.Usual}.");
        var think = Parsed("--think", ThinkTime.Parse, "How long they look at a page: 0, or a median and perhaps the sigma of its log-normal distribution: 4s, 4s~0.9. Default: 0.");
        var prepare = new Option<int?>("--prepare") { Description = $"Accounts to open before anything is measured. Default: {UsualPreparation} where the mix has somebody with an account, else none." };
        var letters = Parsed("--letters-within", text => (TimeSpan?)Spans.Parse(text), "How long a letter may take. Default: 60s.");
        var codes = new Option<bool>("--codes") { Description = "Codes of departments come within that time too (Departments:CodeDelay is short): visitors wait for them and enter them. So it is with --start." };
        var noAssets = new Option<bool>("--no-assets") { Description = "Style sheets, scripts and the icon are not fetched." };
        var forwarded = new Option<Forwarded?>("--forwarded")
        {
            Description = $"Each visitor has an address of his own, in X-Forwarded-For, of this range ({Forwarded.Usual}); the site must trust this machine as its proxy.",
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = result => One(result, Forwarded.Parse, Forwarded.Usual),
        };
        var seed = new Option<int>("--seed") { DefaultValueFactory = _ => 1, Description = "Of arrivals, errands and think times." };
        var pids = new Option<int[]>("--pid") { Description = "A server's process on this machine, whose CPU is measured. May be given again." };
        var programs = new Option<string[]>("--process") { Description = "The same by name: Web, Silo, postgres." };
        var jsonFile = new Option<string?>("--json") { Description = "Writes the figures into this file." };
        var html = new Option<string?>("--html") { Description = "Writes a report with charts into this file." };
        var require = new Option<Requirement[]>("--require")
        {
            Description = "What must be so, else the exit code is 1: p99<250ms, \"/connexion:p95<100ms\", \"POST /connexion:p50<50ms\", errors=0, journeys-per-second>=20. May be given again.",
            CustomParser = result => Each(result, Requirement.Parse),
            AllowMultipleArgumentsPerToken = true,
        };
        var compare = new Option<string?>("--compare") { Description = "Shows the change since the run whose --json this file is." };

        var command = new Command("site", "Sends visitors to a site.")
        {
            address, start, people, elsewhere, adherents, payments, skip, smtp, visitors, arrivals, bursts, most, duration, journeys, mix, think, prepare, letters, codes, noAssets, forwarded, seed, pids,
            programs, jsonFile, html, require, compare,
        };
        command.SetAction(async (parsed, stop) =>
        {
            if (Contradiction(parsed) is { } contradiction)
                return Refuse(errors, contradiction);
            var chosen = parsed.GetValue(mix) ?? Mix.Parse(Mix.Usual);
            var options = new LoadOptions
            {
                Site = parsed.GetValue(address)!,
                Adherents = parsed.GetValue(adherents)!,
                Payments = parsed.GetValue(payments)!,
                Skip = parsed.GetValue(skip),
                Smtp = parsed.GetValue(smtp) ?? new(IPAddress.Loopback, UsualSmtpPort),
                Visitors = parsed.GetValue(visitors),
                Arrivals = parsed.GetValue(arrivals) is { } plan ? plan with { Bursts = parsed.GetValue(bursts) ?? [] } : null,
                MostVisitors = parsed.GetValue(most),
                Duration = parsed.GetValue(duration) ?? TimeSpan.FromSeconds(60),
                Journeys = parsed.GetValue(journeys),
                Mix = chosen,
                Think = parsed.GetValue(think) ?? ThinkTime.Parse("0"),
                Prepare = parsed.GetValue(prepare) ?? (chosen.NeedsAccounts ? UsualPreparation : 0),
                LettersWithin = parsed.GetValue(letters) ?? TimeSpan.FromSeconds(60),
                Codes = parsed.GetValue(codes) || parsed.GetValue(start),
                Assets = !parsed.GetValue(noAssets),
                Forwarded = parsed.GetValue(forwarded),
                Seed = parsed.GetValue(seed),
                Requirements = parsed.GetValue(require) ?? [],
            };
            var old = parsed.GetValue(compare) is { } file ? LoadReport.FromJson(await File.ReadAllTextAsync(file, stop)) : null;
            var live = new LiveLine(errors, isTerminal: errors == Console.Error && !Console.IsErrorRedirected);
            LoadReport report;
            if (parsed.GetValue(start))
            {
                live.Say("Starting PostgreSQL, a silo and a web server ...");
                await using var stage = await Stage.Start(parsed.GetValue(people), stop);
                report = await new LoadRun(options with { Site = stage.Site, Adherents = stage.Adherents, Payments = stage.Payments, Smtp = stage.Smtp }, stage.Meter, live).Measure(stop);
            }
            else
                report = await new LoadRun(options, ServerMeter.Of(parsed.GetValue(pids) ?? [], parsed.GetValue(programs) ?? []), live).Measure(stop);

            await output.WriteLineAsync(TextReport.Of(report));
            if (old is not null)
                await output.WriteLineAsync($"{Environment.NewLine}{Comparison.Of(old, report).ToMarkdown()}");
            if (parsed.GetValue(jsonFile) is { } figures)
                await File.WriteAllTextAsync(figures, report.ToJson(), stop);
            if (parsed.GetValue(html) is { } page)
                await File.WriteAllTextAsync(page, HtmlReport.Of(report), stop);
            return report.IsRight ? Right : Wrong;
        });
        return command;

        string? Contradiction(ParseResult parsed)
        {
            var (site, isStarted) = (parsed.GetValue(address), parsed.GetValue(start));
            return isStarted == site is not null ? "Either --base, the address of a site, or --start, which starts one, must be given."
                : site is not null && (parsed.GetValue(adherents) is null || parsed.GetValue(payments) is null) ? "--adherents and --payments must be given: the files that the site's registry has imported."
                : site is { IsLoopback: false } && !parsed.GetValue(elsewhere) ? $"{site.Host} is not this machine. Say --i-may-load-this-host if you may do this to it."
                : parsed.GetValue(bursts) is { Length: > 0 } && parsed.GetValue(arrivals) is null ? "--burst adds to --arrivals, which must be given."
                : null;
        }
    }

    private static Option<T?> Parsed<T>(string name, Func<string, T> parse, string description) => new(name) { Description = description, CustomParser = result => One(result, parse) };

    private static T? One<T>(ArgumentResult result, Func<string, T> parse, string? withoutValue = null)
    {
        try
        {
            return parse(result.Tokens.Count == 0 ? withoutValue! : result.Tokens[0].Value);
        }
        catch (FormatException wrong)
        {
            return Fault<T>(result, wrong.Message);
        }
    }

    private static T[] Each<T>(ArgumentResult result, Func<string, T> parse)
    {
        try
        {
            return [.. result.Tokens.Select(token => parse(token.Value))];
        }
        catch (FormatException wrong)
        {
            return Fault<T[]>(result, wrong.Message) ?? [];
        }
    }

    private static T? Fault<T>(ArgumentResult result, string message)
    {
        result.AddError(message);
        return default;
    }

    private static int Refuse(TextWriter errors, string sentence)
    {
        errors.WriteLine(sentence.ReplaceLineEndings(" "));
        return NotRun;
    }
}
