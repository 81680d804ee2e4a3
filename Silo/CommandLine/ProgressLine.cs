using System.Diagnostics;

namespace MsaOrleans.Silo.CommandLine;

/// <summary>Shows how far a command is: one line written over and over on a terminal, a line now and then anywhere else.</summary>
internal sealed class ProgressLine(TextWriter output)
{
    private readonly bool terminal = output == Console.Out && !Console.IsOutputRedirected;
    private readonly TimeSpan pause = output == Console.Out && !Console.IsOutputRedirected ? TimeSpan.FromMilliseconds(200) : TimeSpan.FromSeconds(15);
    private long shown = Stopwatch.GetTimestamp();
    private int width;

    public void Show(string text)
    {
        if (Stopwatch.GetElapsedTime(shown) < pause)
            return;
        shown = Stopwatch.GetTimestamp();
        if (!terminal)
        {
            output.WriteLine(text);
            return;
        }
        output.Write('\r' + text.PadRight(width));
        width = text.Length;
    }

    public void End(string text)
    {
        if (width > 0)
            output.Write('\r' + new string(' ', width) + '\r');
        width = 0;
        output.WriteLine(text);
    }
}
