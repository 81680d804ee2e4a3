using System.Security.Cryptography;
using System.Text;
using MsaOrleans.Grains.Interfaces.Space;

namespace MsaOrleans.Grains.Domain;

/// <summary>All payments of an adherent as the registry told them at one moment, and what the private space shows of them.</summary>
internal sealed class PaymentLedger
{
    /// <summary>For how long it is shown before the registry is asked again: it changes by imports, once a night.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private const int MonthsShown = 12;
    private const int KeyLength = 8;

    private readonly IReadOnlyList<Payment> payments;
    private readonly DateTimeOffset readAt;
    private readonly List<int> years;
    private readonly List<PaymentKind> kinds;
    private readonly HashSet<string> named;
    private readonly Dictionary<string, string> kindOfKey;

    /// <param name="payments">Latest first.</param>
    /// <param name="readAt">When the registry told them.</param>
    public PaymentLedger(IReadOnlyList<Payment> payments, DateTimeOffset readAt)
    {
        (this.payments, this.readAt) = (payments, readAt);
        years = [.. payments.Select(p => p.Date.Year).Distinct().OrderDescending()];
        var byKind = payments.CountBy(p => p.Kind).OrderByDescending(kind => kind.Value).ThenBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => kind.Key).ToList();
        kinds = [.. byKind.Take(PaymentLimits.MostKinds).Order(StringComparer.InvariantCulture).Select(name => new PaymentKind(KeyOf(name), name))];
        named = [.. kinds.Select(kind => kind.Name)];
        kindOfKey = kinds.ToDictionary(kind => kind.Key, kind => kind.Name);
    }

    /// <summary>The first of them.</summary>
    public IReadOnlyList<Payment> Latest(int count) => [.. payments.Take(count)];

    public bool IsFreshAt(DateTimeOffset now) => readAt <= now && now < readAt + Lifetime; // a clock that was moved back does not keep it for ever

    /// <summary>One page of what a filter lets through.</summary>
    /// <param name="asked">What is asked for; what there is not is left out of it.</param>
    /// <param name="page">From 1; one that there is not is the nearest that there is.</param>
    /// <param name="lines">Payments on a page, from 1 to <see cref="PaymentLimits.MostLines"/>; other numbers are the nearest of these.</param>
    public PaymentsPage Page(PaymentFilter asked, int page, int lines)
    {
        var filter = new PaymentFilter(asked.Year is { } year && years.Contains(year) ? year : null, asked.Kind is { } key && kindOfKey.ContainsKey(key) ? key : null);
        var kind = filter.Kind is null ? null : kindOfKey[filter.Kind];
        var shown = payments.Where(p => (filter.Year is null || p.Date.Year == filter.Year) && (kind is null || p.Kind == kind)).ToList();
        var size = Math.Clamp(lines, 1, PaymentLimits.MostLines);
        var pages = Math.Max(1, (shown.Count + size - 1) / size);
        var number = Math.Clamp(page, 1, pages);
        return new()
        {
            ReadAt = readAt,
            Filter = filter,
            Years = years,
            Kinds = kinds,
            Total = TotalOf(shown),
            ByYear = [.. shown.GroupBy(p => p.Date.Year).OrderByDescending(of => of.Key).Select(of => new PaymentsOfYear(of.Key, TotalOf(of)))],
            ByKind =
            [
                .. shown.GroupBy(p => named.Contains(p.Kind) ? p.Kind : null)
                    .OrderBy(of => of.Key is null).ThenBy(of => of.Key, StringComparer.InvariantCulture).Select(of => new PaymentsOfKind(of.Key, TotalOf(of))),
            ],
            ByMonth = [.. MonthsOf(shown, filter.Year)],
            Page = number,
            Pages = pages,
            Lines = shown.GetRange((number - 1) * size, Math.Min(size, shown.Count - ((number - 1) * size))),
        };
    }

    private static IEnumerable<PaymentsOfMonth> MonthsOf(List<Payment> shown, int? year)
    {
        if (shown.Count == 0)
            return [];
        var first = year is { } whole ? new DateOnly(whole, 1, 1) : FirstOf(shown[0].Date).AddMonths(1 - MonthsShown);
        var paid = shown.TakeWhile(p => p.Date >= first).ToLookup(p => FirstOf(p.Date));
        return Enumerable.Range(0, MonthsShown).Select(first.AddMonths).Select(month => new PaymentsOfMonth(month, TotalOf(paid[month])));
    }

    private static DateOnly FirstOf(DateOnly day) => new(day.Year, day.Month, 1);

    private static PaymentTotal TotalOf(IEnumerable<Payment> some)
    {
        var (count, paid, takenBack) = (0, 0m, 0m);
        foreach (var payment in some)
        {
            count++;
            if (payment.Amount < 0)
                takenBack += payment.Amount;
            else
                paid += payment.Amount;
        }
        return new(count, paid, takenBack);
    }

    // The same from one import to the next, so that an address means the same when it is opened again.
    private static string KeyOf(string kind) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(kind)))[..KeyLength];
}
