using Microsoft.AspNetCore.Mvc;
using MsaOrleans.Grains.Interfaces;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.FranceConnect;
using MsaOrleans.Grains.Interfaces.Identity;
using MsaOrleans.Grains.Interfaces.Registration;

namespace MsaOrleans.Web.Journey;

/// <summary>
/// The sign-up of the browser that asks: where it stands, which pages are open to it, and where it goes next. What was answered is in the
/// adherent's grain; this only asks for it, once a request.
/// </summary>
public sealed class RegistrationJourney(
    IHttpContextAccessor accessor, ProtectedCookie<SignUpVisit> cookie, KnownIdentifier knownIdentifier, IGrainFactory grains, AdherentKeys keys)
{
    /// <summary>Steps that the visitor counts; the others belong to one of them.</summary>
    public const int CountedSteps = 6;

    private HttpContext Context => accessor.HttpContext!;

    /// <summary>What this browser keeps; nothing before the profile is chosen.</summary>
    public SignUpVisit? Visit { get; private set; }

    /// <summary>Where the draft stands; nothing when there is none.</summary>
    public RegistrationProgress? Progress { get; private set; }

    /// <summary>The step that is due.</summary>
    public RegistrationStep Due => (Visit, Progress) switch
    {
        (null, _) => RegistrationStep.Profile,
        (_, null) => RegistrationStep.Identifier,
        (_, { Completed: true }) => RegistrationStep.Finished,
        (_, { Details: null }) => RegistrationStep.ContactDetails,
        (_, { Proved: true }) => RegistrationStep.Password,
        (_, { Lock: not null }) => RegistrationStep.Blocked,
        (_, { HealthInsured: null }) => RegistrationStep.HealthInsurance,
        (_, { HealthInsured: true }) => RegistrationStep.VitaleCard,
        _ => RegistrationStep.Payment,
    };

    public async Task Load()
    {
        Visit = cookie.Read(Context);
        Progress = Visit is { Adherent: { } adherent, Ticket: { } ticket } ? await Draft<IAdherentRegistration>(adherent).Progress(ticket) : null;
    }

    /// <summary>Whether a step may be shown: every one that was answered, and the one that is due.</summary>
    public bool Allows(RegistrationStep step) => step switch
    {
        RegistrationStep.Profile => true,
        RegistrationStep.Identifier => Visit is not null,
        RegistrationStep.Preparation or RegistrationStep.ContactDetails => Progress is { Completed: false },
        RegistrationStep.HealthInsurance => CanProve,
        RegistrationStep.VitaleCard => CanProve && Progress!.HealthInsured == true,
        RegistrationStep.Payment => CanProve && Progress!.HealthInsured is not null,
        RegistrationStep.Blocked => Due == RegistrationStep.Blocked,
        RegistrationStep.Password or RegistrationStep.Terms => Due == RegistrationStep.Password,
        RegistrationStep.Finished => Due == RegistrationStep.Finished,
    };

    private bool CanProve => Due is RegistrationStep.HealthInsurance or RegistrationStep.VitaleCard or RegistrationStep.Payment;

    /// <summary>The sign-up of this browser's adherent.</summary>
    public IAdherentRegistration Registration => Draft<IAdherentRegistration>(Visit!.Adherent!.Value);

    /// <summary>The proof of identity of this browser's adherent.</summary>
    public IAdherentIdentity Identity => Draft<IAdherentIdentity>(Visit!.Adherent!.Value);

    public SignUpTicket Ticket => Visit!.Ticket!;

    /// <summary>The profile Particulier was chosen: the sign-up may begin. A draft that is under way stays.</summary>
    public void ChooseIndividual()
    {
        if (Progress is null or { Completed: true })
            cookie.Write(Context, new SignUpVisit());
    }

    /// <summary>A NIR was typed: finds its draft or opens one. A draft for another NIR, a slip of the pen, is erased.</summary>
    public async Task<BeginOutcome> Begin(Nir nir)
    {
        var adherent = keys.For(nir);
        var isSame = Visit?.Adherent == adherent && Progress is { Completed: false };
        var ticket = isSame ? Ticket : SignUpTicket.New();
        var outcome = await Draft<IAdherentRegistration>(adherent).Begin(ticket, nir);
        if (outcome == BeginOutcome.AccountExists)
        {
            knownIdentifier.Remember(Context, nir);
            return outcome;
        }
        await Take(adherent, ticket);
        return outcome;
    }

    /// <summary>FranceConnect has told who somebody without an account is: opens a draft in which that is proved. A draft of somebody else is erased.</summary>
    /// <returns>Whether it was opened.</returns>
    public async Task<bool> BeginByFranceConnect(Guid adherent, FranceConnectUser user)
    {
        await Load();
        var ticket = Visit?.Adherent == adherent && Progress is { Completed: false } ? Ticket : SignUpTicket.New();
        if (!await Draft<IAdherentFranceConnect>(adherent).BeginSignUp(ticket, user))
            return false;
        await Take(adherent, ticket);
        return true;
    }

    /// <summary>Gives the sign-up up: nothing of it is left, here or there.</summary>
    public async Task Abandon()
    {
        if (Progress is { Completed: false })
            await Registration.Abandon(Ticket);
        cookie.Delete(Context);
    }

    /// <summary>Keeps the cookie alive as long as the draft, which lives on from its last answer.</summary>
    public void Prolong()
    {
        if (Visit is { } visit)
            cookie.Write(Context, visit);
    }

    /// <summary>To the page of a step.</summary>
    public IActionResult GoTo(RegistrationStep step)
    {
        Prolong();
        return new RedirectToPageResult(PageOf(step));
    }

    /// <summary>To the step that is due, after the state has moved under the visitor's feet.</summary>
    public async Task<IActionResult> Resume()
    {
        await Load();
        return new RedirectToPageResult(PageOf(Due));
    }

    /// <summary>The page of a step, as Razor Pages name it.</summary>
    public static string PageOf(RegistrationStep step) => step switch
    {
        RegistrationStep.Profile => "/Registration/Profile",
        RegistrationStep.Identifier => "/Registration/Identifier",
        RegistrationStep.Preparation => "/Registration/Preparation",
        RegistrationStep.ContactDetails => "/Registration/ContactDetails",
        RegistrationStep.HealthInsurance => "/Registration/HealthInsurance",
        RegistrationStep.VitaleCard => "/Registration/VitaleCard",
        RegistrationStep.Payment => "/Registration/Payment",
        RegistrationStep.Blocked => "/Registration/Blocked",
        RegistrationStep.Password => "/Registration/Password",
        RegistrationStep.Terms => "/Registration/Terms",
        RegistrationStep.Finished => "/Registration/Finished",
    };

    /// <summary>The step before, for the way back; nothing where there is none.</summary>
    public RegistrationStep? Before(RegistrationStep step) => step switch
    {
        RegistrationStep.Identifier => RegistrationStep.Profile,
        RegistrationStep.Preparation => RegistrationStep.Identifier,
        // Whom FranceConnect has proved was asked nothing before.
        RegistrationStep.ContactDetails => Progress?.Known is null ? RegistrationStep.Preparation : null,
        RegistrationStep.HealthInsurance => RegistrationStep.ContactDetails,
        RegistrationStep.VitaleCard => RegistrationStep.HealthInsurance,
        RegistrationStep.Payment => Progress?.HealthInsured == true ? RegistrationStep.VitaleCard : RegistrationStep.HealthInsurance,
        RegistrationStep.Password => RegistrationStep.ContactDetails,
        RegistrationStep.Terms => RegistrationStep.Password,
        RegistrationStep.Profile or RegistrationStep.Blocked or RegistrationStep.Finished => null,
    };

    /// <summary>The number under which the visitor counts a step, or nothing when it is not one of his.</summary>
    public static int? NumberOf(RegistrationStep step) => step switch
    {
        RegistrationStep.Profile => 1,
        RegistrationStep.Identifier => 2,
        RegistrationStep.Preparation or RegistrationStep.ContactDetails => 3,
        RegistrationStep.HealthInsurance or RegistrationStep.VitaleCard or RegistrationStep.Payment => 4,
        RegistrationStep.Password => 5,
        RegistrationStep.Terms => 6,
        RegistrationStep.Blocked or RegistrationStep.Finished => null,
    };

    // The draft that this browser had, if it is another, is given up for the one it has now.
    private async Task Take(Guid adherent, SignUpTicket ticket)
    {
        if (Progress is { Completed: false } && Ticket != ticket)
            await Registration.Abandon(Ticket);
        cookie.Write(Context, new SignUpVisit(adherent, ticket));
    }

    private T Draft<T>(Guid adherent)
        where T : IAdherentFacet => grains.GetGrain<T>(adherent);
}
