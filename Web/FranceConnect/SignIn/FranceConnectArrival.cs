using Microsoft.AspNetCore.Authentication;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.FranceConnect;
using MsaOrleans.Web.Journey;
using MsaOrleans.Web.Sessions;

namespace MsaOrleans.Web.FranceConnect.SignIn;

/// <summary>Looks for the adherent whom FranceConnect has identified, and lets him in: to his private space, or to the sign-up, where his identity is proved already.</summary>
public sealed class FranceConnectArrival(
    IGrainFactory grains, AdherentSession session, RegistrationJourney journey, KnownIdentifier knownIdentifier, WantedPage wanted, LinkGenerator links)
{
    /// <summary>The page that says why nobody was let in.</summary>
    public static string PathOf(FranceConnectFailure failure) => $"{FranceConnectSignIn.StartPath}/{failure switch
    {
        FranceConnectFailure.Unavailable => "indisponible",
        FranceConnectFailure.Interrupted => "interrompue",
        FranceConnectFailure.NotRecognised => "non-reconnu",
    }}";

    /// <param name="context">The request that came back from FranceConnect.</param>
    /// <param name="user">Whom it has identified.</param>
    /// <param name="idToken">By which FranceConnect knows its session again, at the sign-out.</param>
    /// <returns>Where the browser goes on.</returns>
    public async Task<string> Receive(HttpContext context, FranceConnectUser user, string idToken)
    {
        // The answer is spent: who is told that our own machines are away sets out again, and does not come back here.
        (context.Request.Path, context.Request.QueryString) = (FranceConnectSignIn.StartPath, default);
        if (await grains.GetGrain<IFranceConnectDirectory>(0).Find(user) is not { } adherent)
            return PathOf(FranceConnectFailure.NotRecognised);
        return await grains.GetGrain<IAdherentFranceConnect>(adherent).SignIn(user, Origins.Of(context)) switch
        {
            FranceConnectSignInOutcome.SignedIn signedIn => await LetIn(context, adherent, signedIn, idToken),
            FranceConnectSignInOutcome.NoAccount when await journey.BeginByFranceConnect(adherent, user) => PageOf(context, RegistrationJourney.PageOf(RegistrationStep.ContactDetails)),
            _ => PathOf(FranceConnectFailure.NotRecognised),
        };
    }

    private async Task<string> LetIn(HttpContext context, Guid adherent, FranceConnectSignInOutcome.SignedIn signedIn, string idToken)
    {
        // Nobody was asked yet whose session this browser had: it ends.
        if ((await context.AuthenticateAsync(AdherentSession.Scheme)).Principal is { } before)
            context.User = before;
        knownIdentifier.Forget(context);
        await session.Start(adherent, signedIn.Session, idToken);
        return (signedIn.Due == FirstConnectionStep.None ? wanted.Take(context) : null) ?? PageOf(context, AdherentSession.PageOf(signedIn.Due));
    }

    private string PageOf(HttpContext context, string page) => links.GetPathByPage(context, page)!;
}

/// <summary>Why somebody who came back from FranceConnect was not let in.</summary>
public enum FranceConnectFailure
{
    /// <summary>FranceConnect did not answer, or not as it must.</summary>
    Unavailable,

    /// <summary>It is not this browser that asked, or too long ago.</summary>
    Interrupted,

    /// <summary>Nobody whom the caisses know, or several, or somebody whose identity is not told in full: one answer for all.</summary>
    NotRecognised,
}
