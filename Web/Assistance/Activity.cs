using MsaOrleans.Grains.Interfaces;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Web.Charts;
using MsaOrleans.Web.Forms;

namespace MsaOrleans.Web.Assistance;

/// <summary>The figures of the site's activity as the hotline reads them: charts, totals, and what stands out.</summary>
/// <param name="period">What the slices are.</param>
/// <param name="figures">What was counted.</param>
internal sealed class Activity(ActivityPeriod period, ActivityFigures figures)
{
    /// <summary>What stands for a step of the sign-up: its name, how it is counted, and how those are that are erased after it.</summary>
    private static readonly (string Name, string Reached, string? Abandoned)[] steps =
    [
        ("Numéro saisi", "msa.registrations.started", "number_typed"),
        ("Coordonnées données", "msa.registrations.steps step=details_given", "details_given"),
        ("Identité prouvée", "msa.registrations.steps step=identity_proved", "identity_proved"),
        ("Conditions acceptées", "msa.registrations.finished", "terms_accepted"),
        ("Mot de passe provisoire envoyé", "msa.registrations.steps step=password_sent", "password_sent"),
        ("Mot de passe personnel choisi", "msa.registrations.steps step=password_chosen", null),
        ("Coordonnées confirmées", "msa.registrations.steps step=contact_confirmed", null),
    ];

    private static readonly (string Name, string Event)[] requests =
    [
        ("Demandes", "requested"), ("Codes envoyés", "code_sent"), ("Départements activés par le code", "activated"), ("Départements ouverts entre-temps par les caisses", "known_meanwhile"),
        ("Codes expirés", "expired"), ("Demandes fermées après trop de codes faux", "locked"), ("Demandes annulées", "cancelled"), ("Codes impossibles à remettre", "undeliverable"),
    ];

    public BarChart SignUps => Bars("inscriptions", "Inscriptions commencées et terminées", ("commencées", Only("msa.registrations.started")), ("terminées", Only("msa.registrations.finished")));

    public StepChart Steps => new("etapes", "Inscriptions par étape", [.. steps.Select(step => new ChartStep(
        step.Name, Total(Only(step.Reached)), step.Abandoned is { } abandoned ? Total(Only($"msa.registrations.abandoned step={abandoned}")) : 0))]);

    /// <summary>Sign-ups of somebody who has an account.</summary>
    public long AlreadyThere => Total(Only("msa.registrations.refused"));

    public BarChart Verifications => Bars(
        "verifications", "Vérifications d’identité", ("prouvées", Only("msa.verifications outcome=proved")), ("non concordantes", Only("msa.verifications outcome=not_matched")),
        ("refusées, vérification suspendue", Only("msa.verifications outcome=locked")));

    public BarChart SignIns => Bars("connexions", "Connexions", ("réussies", SignIn("signed_in")), ("refusées", SignIn("refused")), ("mot de passe provisoire expiré", SignIn("expired")));

    public BarChart Locks => Bars("blocages", "Suspensions commencées", ("de la vérification", Only("msa.locks kind=verification")), ("de la connexion", Only("msa.locks kind=sign_in")));

    public BarChart Mail => Bars("courriels", "Essais d’envoi de courriels", ("partis", Tried("sent")), ("remis à plus tard", Tried("deferred")), ("refusés", Tried("refused")));

    /// <summary>The letters that will not be tried again, of the last 24 hours, by what they are.</summary>
    public IReadOnlyList<(string Kind, long Count)> GivenUp =>
    [
        .. figures.Hours.SelectMany(hour => hour.Counts).Where(count => count.Key.StartsWith(GivenUpName, StringComparison.Ordinal))
            .GroupBy(count => LetterTexts.Of(count.Key[GivenUpName.Length..]), count => count.Value)
            .Select(kind => (kind.Key, kind.Sum())).OrderByDescending(kind => kind.Item2).ThenBy(kind => kind.Key, StringComparer.Ordinal),
    ];

    public IReadOnlyList<(string Name, long Count)> Requests => [.. requests.Select(request => (request.Name, Total(Only($"msa.departments event={request.Event}"))))];

    internal const string GivenUpName = "msa.dispatches.given_up kind=";

    /// <summary>The tries to deliver a letter, whatever it is, that had this outcome.</summary>
    internal static Func<ActivitySlice, long> Tried(string outcome) =>
        slice => slice.Counts.Where(count => count.Key.StartsWith("msa.dispatches kind=", StringComparison.Ordinal) && count.Key.EndsWith($" outcome={outcome}", StringComparison.Ordinal)).Sum(count => count.Value);

    internal static Func<ActivitySlice, long> SignIn(string outcome) => Only($"msa.sign_ins outcome={outcome}");

    internal static Func<ActivitySlice, long> Only(string counter) => slice => slice[counter];

    private long Total(Func<ActivitySlice, long> counted) => figures.Slices.Sum(counted);

    private BarChart Bars(string id, string title, params (string Name, Func<ActivitySlice, long> Count)[] series) => new(
        id, title, period is ActivityPeriod.Day ? "Heure" : "Jour", [.. series.Select(s => s.Name)],
        [.. figures.Slices.Select((slice, index) => new BarGroup(NameOf(slice.Start), TickOf(slice.Start, index), [.. series.Select(s => s.Count(slice))]))]);

    private string NameOf(DateTimeOffset start) => period is ActivityPeriod.Day
        ? $"{FrenchCalendar.Weekday(start)} {FrenchCalendar.HourOf(start)} h"
        : $"{FrenchCalendar.Weekday(start)} {FrenchCalendar.Day(FrenchCalendar.DayOf(start))}";

    // Hours at the quarters of the day, a week in days, a month once a week: what fits below the bars of a telephone.
    private string? TickOf(DateTimeOffset start, int index) => period switch
    {
        ActivityPeriod.Day => FrenchCalendar.HourOf(start) % 6 == 0 ? $"{FrenchCalendar.HourOf(start)} h" : null,
        ActivityPeriod.Week => $"{FrenchCalendar.Weekday(start)[..3]}. {FrenchCalendar.DayOf(start).Day}",
        _ => (figures.Slices.Count - 1 - index) % 7 == 0 ? $"{FrenchCalendar.DayOf(start):dd/MM}" : null,
    };
}
