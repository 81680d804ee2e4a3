using System.Text;

namespace MsaOrleans.Silo.Registry;

/// <summary>One line of an imported file, as it stands there.</summary>
/// <param name="Number">1 is the header.</param>
/// <param name="Text">Without its end of line.</param>
/// <param name="TooLong">Longer than any record can be: only its beginning was kept.</param>
internal readonly record struct SourceLine(int Number, string Text, bool TooLong)
{
    public override string ToString() => $"line {Number}";
}

/// <summary>
/// Cuts a file into lines before anything is parsed: a stray quote then costs one line and not the rest of the file, and a file that is
/// no text at all does not fill the memory.
/// </summary>
internal sealed class SourceLines(TextReader file)
{
    private const int Longest = 8_192;

    private readonly char[] buffer = new char[32_768];
    private int position;
    private int length;
    private int number;

    public async ValueTask<SourceLine?> Next(CancellationToken stop)
    {
        StringBuilder? begun = null;
        var tooLong = false;
        while (true)
        {
            if (position == length)
            {
                length = await file.ReadAsync(buffer, stop);
                position = 0;
                if (length == 0)
                    return begun is null ? null : new SourceLine(++number, begun.ToString(), tooLong);
            }
            var rest = buffer.AsMemory(position, length - position);
            var end = rest.Span.IndexOf('\n');
            var piece = end < 0 ? rest : rest[..end];
            position += end < 0 ? rest.Length : end + 1;
            if (begun is null && end >= 0 && piece.Length <= Longest)
                return new SourceLine(++number, piece.Span.TrimEnd('\r').ToString(), false);
            begun ??= new StringBuilder();
            tooLong |= begun.Length + piece.Length > Longest;
            begun.Append(piece.Span[..Math.Min(piece.Length, Longest - begun.Length)]);
            if (end >= 0)
                return new SourceLine(++number, begun.ToString().TrimEnd('\r'), tooLong);
        }
    }
}
