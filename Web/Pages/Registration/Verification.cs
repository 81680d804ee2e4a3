using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Identity;
using MsaOrleans.Web.Forms;
using MsaOrleans.Web.Journey;

namespace MsaOrleans.Web.Pages.Registration;

/// <summary>What the two proofs of identity have in common: one attempt, and what to tell the visitor.</summary>
internal static class Verification
{
    public static async Task<IActionResult> Prove(PageModel page, RegistrationJourney journey, IdentityProof proof, string field) =>
        await journey.Identity.Prove(journey.Ticket, proof) switch
        {
            VerificationOutcome.Proved => journey.GoTo(RegistrationStep.Password),
            VerificationOutcome.NotMatched refused => page.Refuse(field, $"{Messages.NotMatched} {Messages.AttemptsLeft(refused.AttemptsLeft)}"),
            VerificationOutcome.Locked => journey.GoTo(RegistrationStep.Blocked),
            VerificationOutcome.NoDraft => await journey.Resume(),
            var other => throw new InvalidOperationException($"Unknown outcome {other.GetType().Name}."),
        };
}
