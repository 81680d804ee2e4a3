using MsaOrleans.Grains.Interfaces.Adherents;

namespace MsaOrleans.Grains.Interfaces.Space;

/// <summary>What the private space shows.</summary>
[Alias("msa.adherent.space")]
public interface IAdherentSpace : IAdherentFacet
{
    /// <summary>The home of the private space; nothing when the session is over or something else is due first.</summary>
    [Alias("home"), Retriable]
    Task<SpaceHome?> Home(SessionToken session);

    /// <summary>A page of his payments, latest first. What the registry said is remembered for some minutes.</summary>
    /// <param name="session">His session.</param>
    /// <param name="filter">Which of them.</param>
    /// <param name="page">From 1; one that there is not is the nearest that there is.</param>
    /// <param name="lines">Payments on a page, <see cref="PaymentLimits.MostLines"/> at most.</param>
    [Alias("payments"), Retriable]
    Task<PaymentsOutcome> Payments(SessionToken session, PaymentFilter filter, int page, int lines);

    /// <summary>What he asked of the MSA and where it stands, the latest asked first; nothing when the session is over or something else is due first.</summary>
    [Alias("requests"), Retriable]
    Task<IReadOnlyList<SpaceRequest>?> Requests(SessionToken session);
}

/// <summary>The home of the private space.</summary>
/// <param name="ServiceBundle">The services he has: <c>particulier</c>.</param>
/// <param name="LastPayments">Latest first, three at most; nothing when the registry does not answer.</param>
/// <param name="Departments">Department codes, in order: <c>67</c>, <c>2A</c>.</param>
/// <param name="PreviousSignIn">The sign-in before this one.</param>
/// <param name="PendingEmail">A new e-mail address whose link has not been opened yet.</param>
/// <param name="HasNewAnswer">The MSA has answered a message, and he has not read it yet.</param>
[GenerateSerializer, Immutable, Alias("msa.space-home")]
public sealed record SpaceHome(
    string ServiceBundle,
    IReadOnlyList<Payment>? LastPayments,
    IReadOnlyList<string> Departments,
    DateTimeOffset? PreviousSignIn,
    EmailAddress? PendingEmail,
    bool HasNewAnswer = false)
{
    public override string ToString() => "home of the private space";
}
