namespace MsaOrleans.Grains.Interfaces.Space;

/// <summary>One payment that the MSA made to an adherent, or a sum that it took back from him.</summary>
/// <param name="Date">The day of the payment.</param>
/// <param name="Kind">What it was for, in French, as the caisse calls it: <c>Santé</c>.</param>
/// <param name="Amount">In euros; below zero when it was taken back.</param>
[GenerateSerializer, Immutable, Alias("msa.payment")]
public sealed record Payment(DateOnly Date, string Kind, decimal Amount)
{
    public override string ToString() => "payment";
}

/// <summary>Which of his payments he wants to see.</summary>
/// <param name="Year">Those of this year only.</param>
/// <param name="Kind">Those of the kind with this <see cref="PaymentKind.Key"/> only.</param>
[GenerateSerializer, Immutable, Alias("msa.payment-filter")]
public sealed record PaymentFilter(int? Year = null, string? Kind = null)
{
    public override string ToString() => "payment filter";
}

/// <summary>A kind of payment.</summary>
/// <param name="Key">What stands for it in the address of a page, where what somebody is paid for is nobody's to read.</param>
/// <param name="Name">As the caisse calls it.</param>
[GenerateSerializer, Immutable, Alias("msa.payment-kind")]
public sealed record PaymentKind(string Key, string Name)
{
    public override string ToString() => "payment kind";
}

/// <summary>Some payments together, in euros.</summary>
/// <param name="Count">How many, those of nothing and those taken back included.</param>
/// <param name="Paid">What was paid.</param>
/// <param name="TakenBack">What was taken back: zero, or below.</param>
[GenerateSerializer, Immutable, Alias("msa.payment-total")]
public sealed record PaymentTotal(int Count, decimal Paid, decimal TakenBack)
{
    /// <summary>What is left of both.</summary>
    public decimal Balance => Paid + TakenBack;

    public override string ToString() => "payment total";
}

/// <summary>The payments of one year.</summary>
[GenerateSerializer, Immutable, Alias("msa.payments-of-year")]
public sealed record PaymentsOfYear(int Year, PaymentTotal Total);

/// <summary>The payments of one month.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="Total">What was paid in it.</param>
[GenerateSerializer, Immutable, Alias("msa.payments-of-month")]
public sealed record PaymentsOfMonth(DateOnly Month, PaymentTotal Total);

/// <summary>The payments of one kind.</summary>
/// <param name="Kind">As the caisse calls it; nothing: all kinds that are too many to be named.</param>
/// <param name="Total">What was paid of it.</param>
[GenerateSerializer, Immutable, Alias("msa.payments-of-kind")]
public sealed record PaymentsOfKind(string? Kind, PaymentTotal Total)
{
    public override string ToString() => "payments of a kind";
}

/// <summary>A page of his payments, with what is said of all that the filter lets through.</summary>
[GenerateSerializer, Immutable, Alias("msa.payments-page")]
public sealed record PaymentsPage
{
    /// <summary>When the registry was read: pages with the same moment fit together.</summary>
    [Id(0)] public required DateTimeOffset ReadAt { get; init; }

    /// <summary>What was let through: a year in which nothing was paid and a kind that there is not are left out of what was asked.</summary>
    [Id(1)] public required PaymentFilter Filter { get; init; }

    /// <summary>The years of all his payments, latest first.</summary>
    [Id(2)] public required IReadOnlyList<int> Years { get; init; }

    /// <summary>The kinds of all his payments, in the order of their names.</summary>
    [Id(3)] public required IReadOnlyList<PaymentKind> Kinds { get; init; }

    /// <summary>Of what the filter lets through, as are those that follow.</summary>
    [Id(4)] public required PaymentTotal Total { get; init; }

    /// <summary>Latest first.</summary>
    [Id(5)] public required IReadOnlyList<PaymentsOfYear> ByYear { get; init; }

    /// <summary>In the order of their names.</summary>
    [Id(6)] public required IReadOnlyList<PaymentsOfKind> ByKind { get; init; }

    /// <summary>Twelve, oldest first: those of the year, or those up to the last payment. None without a payment.</summary>
    [Id(7)] public required IReadOnlyList<PaymentsOfMonth> ByMonth { get; init; }

    /// <summary>The number of this page, from 1.</summary>
    [Id(8)] public required int Page { get; init; }

    /// <summary>How many there are, at least 1.</summary>
    [Id(9)] public required int Pages { get; init; }

    /// <summary>Latest first.</summary>
    [Id(10)] public required IReadOnlyList<Payment> Lines { get; init; }

    public override string ToString() => "page of payments";
}

/// <summary>What came of asking for payments.</summary>
[GenerateSerializer, Immutable, Alias("msa.payments-outcome")]
public abstract record PaymentsOutcome
{
    private PaymentsOutcome() { }

    [GenerateSerializer, Immutable, Alias("msa.payments-outcome.shown")]
    public sealed record Shown(PaymentsPage Page) : PaymentsOutcome;

    /// <summary>The registry does not answer.</summary>
    [GenerateSerializer, Immutable, Alias("msa.payments-outcome.registry-silent")]
    public sealed record RegistrySilent : PaymentsOutcome;

    /// <summary>The session is over, or something else is due first.</summary>
    [GenerateSerializer, Immutable, Alias("msa.payments-outcome.not-allowed")]
    public sealed record NotAllowed : PaymentsOutcome;
}

/// <summary>Limits of what is shown of payments.</summary>
public static class PaymentLimits
{
    /// <summary>Payments that one page may have: some 60 KB between a silo and a web server.</summary>
    public const int MostLines = 2_000;

    /// <summary>Kinds that are told apart, the most frequent ones; the others are one.</summary>
    public const int MostKinds = 40;
}
