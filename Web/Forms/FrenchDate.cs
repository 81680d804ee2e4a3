using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using MsaOrleans.Grains.Interfaces;

namespace MsaOrleans.Web.Forms;

/// <summary>A date typed in three fields: day, month as a number or a name, year with four digits.</summary>
public static class FrenchDate
{
    private const int OldestAge = 130;

    private static readonly DateWords ofBirth = new(
        "Saisissez votre date de naissance, par exemple 12 9 1963.",
        "Saisissez le jour de votre naissance, de 1 à 31.",
        "Saisissez le mois de votre naissance, de 1 à 12.",
        "Saisissez l’année de votre naissance avec quatre chiffres, par exemple 1963.",
        "Cette date n’existe pas. Vérifiez le jour et le mois de votre naissance.");

    /// <summary>Reads a birth date, or says what is wrong with it, once, at the field that is to blame.</summary>
    public static DateOnly? Read(ModelStateDictionary faults, string dayField, string? day, string monthField, string? month, string yearField, string? year, DateOnly today)
    {
        if (Read(faults, dayField, day, monthField, month, yearField, year, ofBirth) is not { } date)
            return null;
        if (date > today)
            faults.AddModelError(yearField, "Cette date est dans l’avenir. Saisissez votre date de naissance.");
        else if (date < today.AddYears(-OldestAge))
            faults.AddModelError(yearField, "Cette date est trop ancienne. Vérifiez l’année de votre naissance.");
        else
            return date;
        return null;
    }

    /// <summary>Reads a date of any kind, or says in these words what is wrong with it, once, at the field that is to blame.</summary>
    public static DateOnly? Read(ModelStateDictionary faults, string dayField, string? day, string monthField, string? month, string yearField, string? year, DateWords words)
    {
        if (string.IsNullOrWhiteSpace(day) && string.IsNullOrWhiteSpace(month) && string.IsNullOrWhiteSpace(year))
            return Fault(dayField, words.Missing);
        if (Number(day, 2) is not (>= 1 and <= 31 and var d))
            return Fault(dayField, words.Day);
        if ((Number(month, 2) ?? NamedMonth(month)) is not (>= 1 and <= 12 and var m))
            return Fault(monthField, words.Month);
        if (Number(year, 4) is not { } y || year!.Trim().Length != 4)
            return Fault(yearField, words.Year);
        if (y < 1 || d > DateTime.DaysInMonth(y, m))
            return Fault(dayField, words.Impossible);
        return new(y, m, d);

        DateOnly? Fault(string field, string message)
        {
            faults.AddModelError(field, message);
            return null;
        }
    }

    private static int? Number(string? text, int maxDigits) =>
        text?.Trim() is { Length: > 0 } digits && digits.Length <= maxDigits && digits.All(char.IsAsciiDigit)
            ? int.Parse(digits, CultureInfo.InvariantCulture)
            : null;

    private static int? NamedMonth(string? text)
    {
        var name = text?.Trim().TrimEnd('.');
        if (name is null || name.Length is < 3 or > 10)
            return null;
        var matches = Enumerable.Range(0, 12)
            .Where(i => CultureInfo.InvariantCulture.CompareInfo.IsPrefix(FrenchCalendar.Months[i], name, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace))
            .ToList();
        return matches is [var only] ? only + 1 : null;
    }
}

/// <summary>What is said of a date that cannot be read.</summary>
/// <param name="Missing">Nothing was typed.</param>
/// <param name="Day">The day is none.</param>
/// <param name="Month">The month is none.</param>
/// <param name="Year">The year is none.</param>
/// <param name="Impossible">There is no such day.</param>
public sealed record DateWords(string Missing, string Day, string Month, string Year, string Impossible);
