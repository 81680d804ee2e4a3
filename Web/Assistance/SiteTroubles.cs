using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Web.Charts;
using MsaOrleans.Web.Forms;

namespace MsaOrleans.Web.Assistance;

/// <summary>What is wrong with the site, in sentences; nothing where all is well.</summary>
public static class SiteTroubles
{
    // The sweep comes every minute, and gives a lost letter back to the workers: whatever it leaves behind for so long, something else is wrong with.
    private static readonly TimeSpan tooLate = TimeSpan.FromMinutes(10);

    // Below it chance decides.
    private const long Enough = 20;

    private const int Recent = 2;

    public static IEnumerable<string> Of(ActivityReport report, FrenchClock clock)
    {
        foreach (var silo in report.Silos)
        {
            if (silo.Condition is SiloCondition.Silent)
                yield return $"Le serveur {silo.Name} ne répond pas.";
            if (silo.Condition is SiloCondition.Missing)
                yield return $"Le serveur {silo.Name} s’est arrêté {clock.Ago(silo.Since)} et n’a pas été remplacé.";
        }
        if (report.Figures is not { } figures)
        {
            yield return "La base de données ne répond pas : les chiffres ne peuvent pas être lus.";
            yield break;
        }
        if (figures.Letters is { OverdueSince: { } since } letters && report.At - since >= tooLate)
            yield return $"Du courrier est en retard {clock.Since(since)} : {Several(letters.Overdue, "adhérent attend", "adhérents attendent")} un courriel qui aurait dû partir.";
        var (tried, failed) = (Lately(Activity.Tried("sent")) + Lately(Activity.Tried("deferred")) + Lately(Activity.Tried("refused")), Lately(Activity.Tried("deferred")) + Lately(Activity.Tried("refused")));
        if (failed >= Enough && failed * 2 > tried)
            yield return $"Les courriels ne partent plus : {Svg.Count(failed)} essais sur {Svg.Count(tried)} ont échoué depuis une heure.";
        if (Rises(Activity.Only("msa.verifications outcome=not_matched")))
            yield return "Les vérifications d’identité échouent bien plus que d’habitude depuis une heure.";
        if (Rises(Activity.SignIn("refused")))
            yield return "Les connexions refusées sont bien plus nombreuses que d’habitude depuis une heure.";

        long Lately(Func<ActivitySlice, long> count) => figures.Hours.TakeLast(Recent).Sum(count);

        // The present hour and the one before, against three times what the hours of the last day had in two.
        bool Rises(Func<ActivitySlice, long> count)
        {
            var before = figures.Hours.SkipLast(Recent).ToList();
            return Lately(count) >= Enough && Lately(count) > 3.0 * Recent * before.Sum(count) / before.Count;
        }
    }

    /// <summary><c>3 adhérents attendent</c>, and <c>plus de 10 000</c> where the count ended.</summary>
    public static string Several(int count, string one, string several) =>
        count > LettersOwed.CountedUpTo ? $"plus de {Svg.Count(LettersOwed.CountedUpTo)} {several}" : $"{Svg.Count(count)} {(count < 2 ? one : several)}";
}
