using System.Text.RegularExpressions;
using MsaOrleans.Grains.Interfaces.FranceConnect;

namespace MsaOrleans.Silo.Registry;

/// <summary>The cells of one record by the name of their column. Remembers the first thing found wrong; what is read after that is of no use.</summary>
internal sealed class RecordCells(string[] columns, string[] cells, DateOnly today)
{
    public string? Fault { get; private set; }

    public DateOnly Today => today;

    public string this[string column] => cells[Array.IndexOf(columns, column)];

    public string Refuse(string column, string why)
    {
        Fault ??= $"{column}: {why}";
        return "";
    }

    public T OneOf<T>(string column, params ReadOnlySpan<(string Word, T Meaning)> words)
    {
        foreach (var (word, meaning) in words)
        {
            if (word == this[column])
                return meaning;
        }
        Refuse(column, "not one of the words expected");
        return words[0].Meaning;
    }

    public string Text(string column, int longest) => this[column].Trim() switch
    {
        "" => Refuse(column, "empty"),
        { } text when text.Length > longest => Refuse(column, $"longer than {longest} characters"),
        { } text => text,
    };

    public string? OptionalText(string column, int longest) => string.IsNullOrWhiteSpace(this[column]) ? null : Text(column, longest);

    public string Shaped(string column, Regex shape) => shape.IsMatch(this[column]) ? this[column] : Refuse(column, "malformed");

    public string? OptionalShaped(string column, Regex shape) => this[column] is "" ? null : Shaped(column, shape);

    /// <summary>A day that exists and is not to come.</summary>
    public DateOnly Date(string column)
    {
        var date = PresumedDate(column);
        if (!date.IsComplete)
            Refuse(column, "not a date");
        return date.FirstDay;
    }

    /// <summary>A day that exists, or a month or a year of which the day is not known, and that is not to come.</summary>
    public CivilDate PresumedDate(string column)
    {
        if (!CivilDate.TryParse(this[column], out var date) || date.Year < 1850)
            Refuse(column, "not a date");
        else if (date.FirstDay > today)
            Refuse(column, "in the future");
        else
            return date;
        return CivilDate.Of(today); // of no use
    }
}
