using System.Text;
using MsaOrleans.Testing;

namespace MsaOrleans.Benchmarks;

/// <summary>So many journeys on one site, and what they cost its servers and the database.</summary>
internal sealed record SiteLoad(int Count, TimeSpan Elapsed, ServersCpu Cpu)
{
    public double PerSecond => Count / Elapsed.TotalSeconds;

    /// <summary>One of them, in milliseconds: servers and database.</summary>
    public double Each => Milliseconds(Cpu.All);

    public double Servers => Milliseconds(Cpu.Web + Cpu.Silo);

    public double Database => Milliseconds(Cpu.Database);

    private double Milliseconds(TimeSpan cpu) => cpu.TotalMilliseconds / Count;
}

/// <summary>One site.</summary>
/// <param name="Journeys">From nothing to an account with a password of one's own.</param>
/// <param name="SignIns">Page, form, home.</param>
/// <param name="Hash">Its password hash and nothing else.</param>
/// <param name="Requests">Of a journey.</param>
/// <param name="Hashes">Of a journey.</param>
internal sealed record SiteFigures(SiteLoad Journeys, SiteLoad SignIns, Load Hash, int Requests, int Hashes)
{
    /// <summary>CPU of a request of a journey, its share of the hashes left out, in milliseconds.</summary>
    public double RequestWithoutHashes => (Journeys.Each - Hashes * Hash.CpuMilliseconds) / Requests;

    /// <summary>Sign-ins that the CPU allows, by the bare hashes that it allows.</summary>
    public double SignInsByHashes => Hash.CpuMilliseconds / SignIns.Each;
}

/// <summary>What was measured in one run.</summary>
/// <param name="Machine">Processor, processors, memory, system, runtime.</param>
/// <param name="Load">How busy it was.</param>
/// <param name="Visitors">Visitors at once.</param>
/// <param name="Ours">A silo and a web server.</param>
/// <param name="Theirs">The plain ASP.NET Core Identity site.</param>
/// <param name="Failures">Journeys that did not reach their end.</param>
internal sealed record IdentityReport(string Machine, string Load, int Visitors, SiteFigures Ours, SiteFigures Theirs, int Failures)
{
    public string ToMarkdown(IFormatProvider format)
    {
        var text = new StringBuilder()
            .AppendLine(format, $"Machine: {Machine}; load {Load}")
            .AppendLine()
            .AppendLine(format, $"| {Visitors} visitors at once | ours | Identity | ours by Identity |")
            .AppendLine("| --- | --- | --- | --- |")
            .AppendLine(format, $"| whole journeys | {Ours.Journeys.Count}: {Ours.Requests} requests, {Ours.Hashes} hashes each | {Theirs.Journeys.Count}: {Theirs.Requests} requests, {Theirs.Hashes} hashes each | |");
        Row("CPU a journey, servers and database, ms", site => site.Journeys.Each);
        Row("of the servers, ms", site => site.Journeys.Servers);
        Row("of the database, ms", site => site.Journeys.Database);
        Row("a bare hash, ms of CPU", site => site.Hash.CpuMilliseconds);
        Row("CPU a request, hashes left out, ms", site => site.RequestWithoutHashes);
        Row("journeys per second, visitors on the same processors", site => site.Journeys.PerSecond);
        Row("CPU a sign-in (page, form, home), ms", site => site.SignIns.Each);
        Row("sign-ins per second, visitors on the same processors", site => site.SignIns.PerSecond);
        Row("bare hashes per second", site => site.Hash.PerSecond);
        Row("sign-ins that the CPU allows, by bare hashes", site => site.SignInsByHashes);
        return text.AppendLine()
            .AppendLine(format, $"Aims: a journey at most 0.4 of Identity's CPU: {Ours.Journeys.Each / Theirs.Journeys.Each:0.00}; a request without hashes no dearer: {Ours.RequestWithoutHashes / Theirs.RequestWithoutHashes:0.00}; sign-ins at least 0.85 of bare hashes: {Ours.SignInsByHashes:0.00}.")
            .AppendLine("Hashes are left out by counting them, and taking as many times what one costs alone in the same run: inside a server it costs more, which is left in.")
            .Append(format, $"Journeys that failed: {Failures}.")
            .ToString();

        void Row(string what, Func<SiteFigures, double> value) => text.AppendLine(format, $"| {what} | {value(Ours):0.00} | {value(Theirs):0.00} | {value(Ours) / value(Theirs):0.00} |");
    }
}
