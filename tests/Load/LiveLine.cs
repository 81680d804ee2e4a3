using System.Globalization;

namespace MsaOrleans.Load;

/// <summary>Tells how a run goes while it goes: one line written over and over on a terminal, a line now and then anywhere else.</summary>
internal sealed class LiveLine(TextWriter output, bool isTerminal)
{
    private const int SecondsBetweenLines = 10;

    private int told;
    private int width;

    public void Say(string text) => output.WriteLine(text);

    public void Show(LoadSecond second)
    {
        if (!isTerminal && told++ % SecondsBetweenLines != 0)
            return;
        var text = string.Create(CultureInfo.InvariantCulture,
            $"{second.At,5:0} s: {second.Visitors} visitors, {second.Journeys} journeys and {second.Requests} requests a second, p50 {second.P50:0} ms, p95 {second.P95:0} ms, errors {second.Errors}");
        if (!isTerminal)
        {
            output.WriteLine(text);
            return;
        }
        output.Write('\r' + text.PadRight(width));
        width = text.Length;
    }

    public void End(LoadMeter meter)
    {
        if (width > 0)
            output.Write('\r' + new string(' ', width) + '\r');
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{meter.Now.TotalSeconds:0} s: {meter.Finished} journeys, {meter.Requests} requests, {meter.Failures} errors."));
    }
}
