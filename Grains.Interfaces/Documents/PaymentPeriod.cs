namespace MsaOrleans.Grains.Interfaces.Documents;

/// <summary>The days over which a certificate tells of payments, the first and the last included.</summary>
[GenerateSerializer, Immutable, Alias("msa.payment-period")]
public sealed record PaymentPeriod(DateOnly From, DateOnly To)
{
    /// <summary>How far back it may begin: what is older, the caisse's archives tell.</summary>
    public const int MaxYears = 10;

    /// <summary>What is wrong with it on a day.</summary>
    public PeriodFault FaultOn(DateOnly today) =>
        From < Earliest(today) ? PeriodFault.TooOld
        : From > today ? PeriodFault.BeginsInFuture
        : To > today ? PeriodFault.EndsInFuture
        : To < From ? PeriodFault.Reversed
        : PeriodFault.None;

    /// <summary>The first day of all that it may begin with.</summary>
    public static DateOnly Earliest(DateOnly today) => today.AddYears(-MaxYears);

    public bool Includes(DateOnly day) => day >= From && day <= To;
}

/// <summary>What can be wrong with a period. Every fault has its own sentence on the page.</summary>
public enum PeriodFault
{
    None,

    /// <summary>It begins more than <see cref="PaymentPeriod.MaxYears"/> ago.</summary>
    TooOld,

    BeginsInFuture,

    EndsInFuture,

    /// <summary>It ends before it begins.</summary>
    Reversed,
}
